import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { PageEvent } from './contract.ts';
import { chatView, messageView } from './view.ts';
import type { Change } from './changes.ts';
import type { World } from './world.ts';

const remembered = 2000;
const heartbeat = 20_000;

interface Entry {
  id: number;
  to: string[];
  event: PageEvent;
}

/** What people come to see, as streams of events; whoever was away for a while is told what they missed. */
export function createStreams(world: World) {
  const run = randomBytes(4).toString('hex');
  const listeners = new Set<{ person: string; response: ServerResponse }>();
  let entries: Entry[] = [];
  let last = 0;

  function tell(to: string[], event: PageEvent) {
    const entry = { id: ++last, to, event };
    entries.push(entry);
    if (entries.length > 2 * remembered) entries = entries.slice(-remembered);
    for (const { person, response } of listeners)
      if (to.includes(person)) write(response, entry.event, entry.id);
  }

  function follow(change: Change) {
    if (change.kind === 'traffic') return;
    if (change.kind === 'time')
      return tell(
        world.state.people.map(({ id }) => id),
        { kind: 'clock', offsetMs: change.offsetMs },
      );
    if (change.kind === 'chat-gone')
      return tell([change.person], { kind: 'chat-gone', chat: change.chat.id });
    if (change.kind === 'chat')
      return tell(change.chat.members, { kind: 'chat', chat: chatView(world, change.chat) });
    const members = world.chat(change.message.chat)?.members ?? [];
    tell(members, { kind: 'message', message: messageView(world, change.message) });
  }

  function write(response: ServerResponse, event: PageEvent, id: number) {
    response.write(`id: ${run}-${id}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  function catchUp(person: string, response: ServerResponse, seen: string | undefined) {
    if (!seen) return;
    const [theirRun, text] = seen.split('-');
    const after = Number(text);
    const oldest = entries[0]?.id ?? last + 1;
    if (theirRun !== run || !(after >= oldest - 1)) return write(response, { kind: 'reset' }, last);
    for (const { id, to, event } of entries)
      if (id > after && to.includes(person)) write(response, event, id);
  }

  const unwatch = world.watch(follow);
  return {
    open(person: string, response: ServerResponse, seen: string | undefined): void {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      // An id from the start: a browser that loses the stream before the first event can come back with it.
      response.write(`retry: 1000\nid: ${run}-${last}\n\n`);
      catchUp(person, response, seen);
      const listener = { person, response };
      const beat = setInterval(() => response.write(':\n\n'), heartbeat).unref();
      listeners.add(listener);
      response.on('close', () => {
        clearInterval(beat);
        listeners.delete(listener);
      });
    },
    close() {
      unwatch();
      for (const { response } of listeners) response.end();
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
