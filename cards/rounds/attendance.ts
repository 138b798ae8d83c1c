import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type { Attendee } from '../../src/rounds/meetings/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { exportButton } from './export.ts';
import { card, note, plain } from '../bot/kit.ts';
import { arrivalCounts, meetingFacts, meetingFoot } from './meetings-facts.ts';
import { leaveNames, namesLine } from './rounds.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    begun: (title: string) => `会议开始 · ${title}`,
    over: (title: string) => `会议结束 · ${title}`,
    here: '实到',
    late: '其中迟到',
    walkIn: '其中没有报名就来的',
    absent: '未到',
    goesOn: '签到一直开到会议结束，结束后再发一份名单。只有书记看得到。',
    only: '只有书记看得到。',
  },
  {
    begun: (title) => `Meeting begins · ${title}`,
    over: (title) => `Meeting over · ${title}`,
    here: 'Here',
    late: 'Of these late',
    walkIn: 'Of these without having answered',
    absent: 'Not here',
    goesOn:
      'Signing in stays open until the end; then comes a final list. Only secretaries see this.',
    only: 'Only secretaries see this.',
  },
);

/** Who is there, late, on leave and not there, by name: for a secretary's private chat only. */
export function attendanceCard(reader: Reader, meeting: Round, people: Attendee[]): Card {
  const say = words[reader.locale];
  const isOver = meeting.state === 'closed';
  const here = people.filter(({ state }) => state === 'here' || state === 'late');
  const of = (state: Attendee['state']) => people.filter((each) => each.state === state);
  const list = (label: string, some: Attendee[]): CardElement[] =>
    some.length > 0 ? [namesLine(reader, label, some)] : [];
  return card((isOver ? say.over : say.begun)(meeting.title), isOver ? 'over' : 'plain', [
    ...meetingFacts(reader, meeting),
    plain(arrivalCounts(reader, meeting).join(' · ')),
    ...list(say.here, here),
    ...list(say.late, of('late')),
    ...list(
      say.walkIn,
      here.filter(({ reply }) => reply !== 'coming'),
    ),
    ...leaveNames(reader, of('leave')),
    ...list(say.absent, of('absent')),
    note(isOver ? say.only : say.goesOn),
    meetingFoot(reader, meeting),
    ...(isOver ? [exportButton(reader, meeting)] : []),
  ]);
}
