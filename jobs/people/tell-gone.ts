import { z } from 'zod';
import { groupGoneCard, personGoneCard } from '../../cards/people/roster.ts';
import type { Card, Reader } from '../../src/bot/talk.ts';
import { ChatId, PersonId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { Recipient } from '../queue/deliver.ts';
import { defineJob, type Queue, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface TellGoneNeeds {
  queue: WorkQueue;
  outbox: Outbox;
  roster: Roster;
  rounds: Rounds;
  reader: () => Reader;
}

export const tellGoneJob = defineJob({
  name: 'recipient.tell',
  payload: z.object({ chat: ChatId }).or(z.object({ person: PersonId })),
});

/** A private line, once, to who looks after a group or person that messages no longer reach. */
export const registerTellGone = (needs: TellGoneNeeds) =>
  needs.queue.on(tellGoneJob, (gone) =>
    'chat' in gone ? tellOfGroup(needs, gone.chat) : tellOfPerson(needs, gone.person),
  );

/** Has it told; joins the surrounding transaction. */
export const tellGone = (queue: Queue) => (gone: Recipient) => queue.add(tellGoneJob, gone);

async function tellOfGroup(needs: TellGoneNeeds, chat: ChatId) {
  const { roster, rounds, reader } = needs;
  const branch = await roster.branchOf(chat);
  if (!branch) return;
  const card = groupGoneCard(reader(), branch, await rounds.openIn(chat));
  await tell(needs, await roster.keepers(branch.id), card);
}

async function tellOfPerson(needs: TellGoneNeeds, person: PersonId) {
  const { roster, reader } = needs;
  const branches = await roster.branchesOf(person);
  const others = new Set<PersonId>();
  for (const branch of branches)
    for (const keeper of await roster.keepers(branch.id)) others.add(keeper);
  others.delete(person);
  if (others.size === 0) return;
  await tell(needs, [...others], personGoneCard(reader(), await roster.person(person)));
}

const tell = ({ outbox }: TellGoneNeeds, keepers: PersonId[], card: Card) =>
  outbox.put(keepers.map((person) => ({ to: { person }, content: { card } })));
