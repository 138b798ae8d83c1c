import type {
  BadDay,
  Chat,
  ClockRequest,
  Fault,
  GroupRequest,
  Message,
  PressAnswer,
  PressRequest,
  SampleFile,
  SayRequest,
  World,
} from '../contract.ts';
import { inLanguage, say } from './words.ts';

/** The server's refusal, in a sentence for the person at the page. */
export class Refused extends Error {}

async function call<Answer>(address: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`api/${address}`, init).catch(() => {
    throw new Refused(say.unreachable);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(sentenceOf(body as Fault | undefined));
  return body as Answer;
}

const sentenceOf = (refused: Fault | undefined): string =>
  refused ? inLanguage({ text: refused.fault, en: refused.en }) : say.unreachable;

function post<Answer>(address: string, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return call(address, { method: 'POST', headers, body: JSON.stringify(body) });
}

const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString();

export const api = {
  world: () => call<World>('world'),
  chats: (as: string) => call<Chat[]>(`chats?${query({ as })}`),
  messages: (as: string, chat: string, before?: string) =>
    call<Message[]>(`messages?${query({ as, chat, ...(before && { before }) })}`),
  say: (said: SayRequest) => post<Message>('say', said),
  press: (pressed: PressRequest) => post<PressAnswer>('press', pressed),
  badDay: (badDay: BadDay | undefined) => post<World>('bad-day', { badDay }),
  moveClock: (asked: ClockRequest) => post<World>('clock', asked),
  group: (asked: GroupRequest) => post<Chat>('group', asked),
  sendSample: (as: string, chat: string, sample: SampleFile) =>
    post<Message>('sample', { as, chat, sample }),
  sendFile: (as: string, chat: string, file: File) =>
    call<Message>(`file?${query({ as, chat, name: file.name })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
  fileAddress: (as: string, message: string) => `api/file?${query({ as, message })}`,
  eventsAddress: (as: string) => `api/events?${query({ as })}`,
};
/** So many messages come at once. */
export const pageOfMessages = 50;
