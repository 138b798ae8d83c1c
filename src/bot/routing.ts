import { Refusal } from '../base/errors.ts';
import type { Command } from './command.ts';
import type { Handlers, SaidWithParts, WithReader, Work } from './handler.ts';
import { orderIn } from './own-words/order.ts';
import { naming, parse, type Reading } from './parse.ts';
import type { Incoming, Pressed, Reader, Reply, Said } from './talk.ts';
import { namesWorkEnd } from './times/times.ts';

const nothing: Work = () => Promise.resolve({});

/** Finds the one handler for what came in, and has it fetch what takes long. */
export async function route(handlers: Handlers, incoming: Incoming, reader: Reader): Promise<Work> {
  switch (incoming.kind) {
    case 'said':
      return routeText(handlers, { ...incoming, reader });
    case 'pressed':
      return routePress(handlers, { ...incoming, reader });
    case 'happened':
      return handlers.happenings.find(incoming.what)?.({ ...incoming, reader }) ?? nothing;
    case 'file':
    case 'other':
      return handlers.kinds.get(incoming.kind)({ ...incoming, reader });
  }
}

/** When work ends for whoever says this, asked only where the text names it. */
const workEndOf = async ({ work }: Handlers, said: WithReader<Said>) =>
  namesWorkEnd(said.text) ? work.endsAt?.(said) : undefined;

const read = async (handlers: Handlers, said: WithReader<Said>): Promise<Reading> =>
  parse(said, { ...said.reader, workEnds: await workEndOf(handlers, said) }, handlers.known);

async function routeText(handlers: Handlers, said: WithReader<Said>): Promise<Work> {
  const reading = await read(handlers, said);
  if (reading.is !== 'command') {
    const press = await typedPress(handlers, said);
    if (press) return press;
  }
  if (reading.is === 'question') {
    const { zone, locale } = said.reader;
    const written = { at: said.at, zone, workEnds: await workEndOf(handlers, said), locale };
    const order = orderIn(reading.question, handlers.known, written);
    if (order) return handlers.kinds.get('order')({ ...said, order });
  }
  if (reading.is !== 'command') return handlers.kinds.get(reading.is)({ ...said, ...reading });
  return () => carryOut(handlers, reading.command, { ...said, parts: reading.parts });
}

/** No label is longer. */
const longestLabel = 16;

/** Whoever types the label of a button that was shown does what it does; what it shows is said instead. */
async function typedPress(handlers: Handlers, said: WithReader<Said>): Promise<Work | undefined> {
  const { kind: _, text, mentions: _mentions, thread: _thread, ...spoken } = said;
  if (text.length > longestLabel) return undefined;
  const meant = await handlers.work.pressOf?.(said);
  if (!meant || !handlers.presses.find(meant.action)) return undefined;
  const work = await routePress(handlers, { ...spoken, ...meant, kind: 'pressed', form: {} });
  return async () => {
    const { toast, replace, ...reply } = await work();
    const card = reply.card ?? (said.place.kind === 'private' ? replace : undefined);
    return { ...reply, card, text: card ? undefined : (reply.text ?? toast?.content) };
  };
}

async function routePress(
  { presses, schemas }: Handlers,
  pressed: WithReader<Pressed>,
): Promise<Work> {
  const handler = presses.find(pressed.action);
  const value = schemas.get(pressed.action)?.safeParse(pressed.value);
  if (!handler || !value?.success) throw new Refusal('BUTTON_UNKNOWN');
  return handler({ ...pressed, value: value.data });
}

/** Carries out what this line says, which must be a command: a button may carry anything. */
export async function carryOutLine(handlers: Handlers, said: WithReader<Said>): Promise<Reply> {
  const reading = await read(handlers, said);
  if (reading.is !== 'command') throw new Refusal('BUTTON_UNKNOWN');
  return carryOut(handlers, reading.command, { ...said, parts: reading.parts });
}

/** Both steps of a command's handler. */
export const carryOut = ({ commands }: Handlers, { name }: Command, said: SaidWithParts) =>
  naming(name, async () => (await commands.get(name)(said))());
