import { readCard } from './card-rules.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId } from './sample.ts';
import type { World } from './world.ts';

const mostText = 150 * 1024;
const mostPost = 30 * 1024;

/** Refuses what the platform would not send: too long, of a wrong shape, another's file. */
export function checkContent(world: World, type: string, content: string): void {
  if (type === 'interactive') return void readCard(content, world.known);
  if (Buffer.byteLength(content) > (type === 'post' ? mostPost : mostText))
    throw new PlatformFault(230025, 'The length of the message content reaches its limit.');
  const fits = contentShapes[type];
  if (!fits?.(parsed(content), world)) throw badParameter('content');
}

const contentShapes: Record<string, (content: Record<string, unknown>, world: World) => boolean> = {
  text: ({ text }) => typeof text === 'string' && text !== '',
  post: (content) => ['zh_cn', 'en_us'].some((locale) => typeof content[locale] === 'object'),
  file: ({ file_key: key }, world) => ownFile(world, key),
  image: ({ image_key: key }, world) => ownFile(world, key),
};

function ownFile(world: World, key: unknown): boolean {
  const file = world.state.files.find((each) => each.key === key);
  if (file && file.owner !== botId)
    throw new PlatformFault(230017, 'The bot is not the owner of the resource.');
  return file !== undefined;
}

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw badParameter('content is not a JSON object');
}
