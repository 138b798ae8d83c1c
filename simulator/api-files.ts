import type { Call, Download, Route } from './api-call.ts';
import { readMultipart } from './multipart.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId } from './sample.ts';
import type { World } from './world.ts';

const megabyte = 1024 * 1024;
const fileTypes = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

/** Uploads, and what people sent with a message. */
export function fileRoutes(world: World): Route[] {
  return [
    { method: 'POST', path: '/im/v1/files', work: (call) => takeFile(world, call) },
    { method: 'POST', path: '/im/v1/images', work: (call) => takeImage(world, call) },
    {
      method: 'GET',
      path: '/im/v1/messages/:id/resources/:key',
      work: (call, id, key) => resource(world, call, id, key),
    },
  ];
}

function takeFile(world: World, call: Call) {
  const { bytes, text } = formOf(call, 'file');
  if (!fileTypes.includes(text('file_type'))) throw badParameter('file_type');
  const name = text('file_name');
  if (!name) throw badParameter('file_name');
  if (bytes.length === 0) throw new PlatformFault(234010, "File's size can't be 0.");
  if (bytes.length > 30 * megabyte) throw tooBig();
  return { file_key: world.keepFile('file', name, bytes, botId) };
}

function takeImage(world: World, call: Call) {
  const { bytes, fileName, text } = formOf(call, 'image');
  if (!['message', 'avatar'].includes(text('image_type'))) throw badParameter('image_type');
  if (bytes.length > 10 * megabyte) throw tooBig();
  return { image_key: world.keepFile('img', fileName ?? '', bytes, botId) };
}

const tooBig = () => new PlatformFault(234006, 'The file size exceed the max value.');

/** The uploaded file in the part called `name`, and the text of the other parts. */
function formOf(call: Call, name: string) {
  const parts = readMultipart(call.body, call.headers.get('content-type') ?? '');
  const file = parts?.get(name);
  if (!parts || !file) throw badParameter(name);
  return { ...file, text: (other: string) => parts.get(other)?.bytes.toString('utf8') ?? '' };
}

function resource(world: World, call: Call, id: string, key: string): Download {
  const message = world.message(id);
  const type = call.query.get('type');
  if (!message || !['file', 'image'].includes(type ?? '')) throw badParameter('message_id or type');
  if (message.type === 'interactive') throw new PlatformFault(234043, 'Unsupported message type.');
  if (!world.chat(message.chat)?.withBot)
    throw new PlatformFault(234040, 'The bot is not in the chat of the message.');
  const file = world.state.files.find((each) => each.key === key);
  const bytes = file && world.bytes(key);
  if (!bytes || !message.content.includes(key)) throw new PlatformFault(234003, 'File not in msg.');
  return { bytes, name: file.name };
}
