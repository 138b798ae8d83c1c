import type { Call, Download, Route } from './call.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId } from './sample.ts';
import { newId, type World } from './world.ts';

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

/** Keeps the bytes and gives their key. */
export function keepFile(
  world: World,
  kind: 'file' | 'img',
  name: string,
  bytes: Uint8Array,
  owner: string,
): string {
  const key = newId(`${kind}_v3`);
  world.storage.putBytes(key, bytes);
  world.state.files.push({ key, name, size: bytes.length, owner });
  return key;
}

async function takeFile(world: World, call: Call) {
  const form = await formOf(call);
  const { bytes } = await filePart(form, 'file');
  if (!fileTypes.includes(String(form.get('file_type')))) throw badParameter('file_type');
  const name = form.get('file_name');
  if (typeof name !== 'string' || !name) throw badParameter('file_name');
  if (bytes.length === 0) throw new PlatformFault(234010, "File's size can't be 0.");
  if (bytes.length > 30 * megabyte) throw tooBig();
  return { file_key: keepFile(world, 'file', name, bytes, botId) };
}

async function takeImage(world: World, call: Call) {
  const form = await formOf(call);
  const { bytes, name } = await filePart(form, 'image');
  if (!['message', 'avatar'].includes(String(form.get('image_type'))))
    throw badParameter('image_type');
  if (bytes.length > 10 * megabyte) throw tooBig();
  return { image_key: keepFile(world, 'img', name, bytes, botId) };
}

const tooBig = () => new PlatformFault(234006, 'The file size exceed the max value.');

async function formOf(call: Call): Promise<FormData> {
  const type = call.headers.get('content-type') ?? '';
  try {
    return await new Response(call.body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw badParameter('multipart body');
  }
}

async function filePart(form: FormData, name: string) {
  const part = form.get(name);
  if (!(part instanceof Blob)) throw badParameter(name);
  return { bytes: new Uint8Array(await part.arrayBuffer()), name: part.name };
}

function resource(world: World, call: Call, id: string, key: string): Download {
  const message = world.message(id);
  const type = call.query.get('type');
  if (!message || !['file', 'image'].includes(type ?? '')) throw badParameter('message_id or type');
  if (message.type === 'interactive') throw new PlatformFault(234043, 'Unsupported message type.');
  if (!world.chat(message.chat)?.withBot)
    throw new PlatformFault(234040, 'The bot is not in the chat of the message.');
  const file = world.state.files.find((each) => each.key === key);
  const bytes = file && world.storage.bytes(key);
  if (!bytes || !message.content.includes(key)) throw new PlatformFault(234003, 'File not in msg.');
  return { bytes, name: file.name };
}
