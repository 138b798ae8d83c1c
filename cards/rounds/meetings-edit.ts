import { z } from 'zod';
import type { CardElement, Reader } from '../../src/bot/talk.ts';
import { startOf } from '../../src/rounds/meetings/rules.ts';
import type { MeetingEdit } from '../../src/rounds/meetings/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { note, plain } from '../bot/kit.ts';
import { newTitle } from './round-news.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';

/** What of a meeting can be changed beside its title and end, as `改` and its buttons name it. */
export const meetingParts = z
  .strictObject({
    time: z
      .int()
      .transform((at) => new Date(at))
      .optional(),
    at: z.string().optional(),
    agenda: z.string().optional(),
  })
  .transform(({ time, ...words }) => ({ ...words, startsAt: time }));

const words = inBoth(
  {
    newTime: (time: string) => `时间改为：${time}`,
    newPlace: (place: string) => `地点改为：${place}`,
    newAgenda: (lines: string[]) => `议题改为：${lines.length > 1 ? '\n' : ''}${lines.join('\n')}`,
    newClosing: (time: string) => `结束改为：${time}`,
    cannot: (number: number) => `来不了可以请假，例如：请假 ${number} 出差`,
  },
  {
    newTime: (time) => `New time: ${time}`,
    newPlace: (place) => `New place: ${place}`,
    newAgenda: (lines) => `New agenda:${lines.length > 1 ? '\n' : ' '}${lines.join('\n')}`,
    newClosing: (time) => `Ends: ${time}`,
    cannot: (number) =>
      `If you cannot come, ask for leave, for example: leave ${number} travelling`,
  },
);

/** What changed about a meeting. */
export function meetingChange(reader: Reader, round: Round, edit: MeetingEdit): CardElement[] {
  const say = words[reader.locale];
  const lines = [
    edit.startsAt && say.newTime(dayAndTime(reader, startOf(round))),
    edit.closesAt && say.newClosing(dayAndTime(reader, round.closesAt)),
    edit.at && say.newPlace(String(round.spec['place'])),
    edit.agenda && say.newAgenda(String(round.spec['agenda']).split('\n')),
  ];
  return [
    ...newTitle(reader, round, edit),
    ...lines.filter((each) => typeof each === 'string').map(plain),
    ...(edit.startsAt ? [note(say.cannot(round.number))] : []),
  ];
}
