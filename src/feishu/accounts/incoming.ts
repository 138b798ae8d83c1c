import type { Incoming } from '../../bot/talk.ts';
import { must } from '../../base/errors.ts';
import { MessageId } from '../../base/ids.ts';
import type { Raw } from '../events/normalize.ts';
import type { Chats } from './chats.ts';
import type { People } from './people.ts';

/** Puts our ids in the place of the platform's, in what comes in. */
export function createIncomingReader({ persons }: People, chats: Chats) {
  async function happeningWithOurIds(
    raw: Raw & { kind: 'happened' },
    trace: string,
  ): Promise<Incoming> {
    const { what, external, at } = raw;
    const by = raw.by === undefined ? undefined : (await persons([{ openId: raw.by }]))[0];
    const ids = await persons(raw.people);
    const them = raw.people.map(({ name = '' }, i) => ({ person: must(ids[i]), name }));
    const where = await chats.placeOf(raw);
    return { kind: 'happened', what, place: where, people: them, by, external, at, trace };
  }

  async function messageWithOurIds(
    raw: Exclude<Raw, { kind: 'happened' }>,
    trace: string,
  ): Promise<Incoming> {
    const mentioned = raw.kind === 'said' ? raw.mentions : [];
    const [first, ...others] = await persons([{ openId: raw.from }, ...mentioned]);
    const from = must(first);
    const message = MessageId.parse(raw.message);
    const where =
      raw.kind === 'pressed' ? await chats.pressedPlace(raw, from) : await chats.placeOf(raw, from);
    await chats.markReachable(from, where, raw.at);
    const basis = { message, place: where, from, at: raw.at, trace };
    switch (raw.kind) {
      case 'said': {
        const mentions = mentioned.map(({ name }, i) => ({ person: must(others[i]), name }));
        const thread = raw.thread === undefined ? undefined : MessageId.parse(raw.thread);
        return { kind: 'said', ...basis, text: raw.text, mentions, ...(thread && { thread }) };
      }
      case 'file':
        return { kind: 'file', ...basis, file: { message, key: raw.key, name: raw.name } };
      case 'other':
        return { kind: 'other', ...basis, what: raw.what };
      case 'pressed':
        return { kind: 'pressed', ...basis, action: raw.action, value: raw.value, form: raw.form };
    }
  }

  /** What came in, with our ids. Joins the surrounding transaction. */
  return (raw: Raw, trace: string): Promise<Incoming> =>
    raw.kind === 'happened' ? happeningWithOurIds(raw, trace) : messageWithOurIds(raw, trace);
}
