import type { Card, Reader } from '../../src/bot/talk.ts';
import { startOf, subjectOfReminder, subjectOfSignIn } from '../../src/rounds/meetings/rules.ts';
import type { Round } from '../../src/rounds/types.ts';
import { card, note, plain } from '../bot/kit.ts';
import {
  arrivalCounts,
  isOff,
  meetingFacts,
  meetingFoot,
  replyButtons,
  signInButton,
} from './meetings-facts.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    reminder: (title: string) => `会议提醒 · ${title}`,
    undecided: (title: string) => `快开会了 · ${title}`,
    ask: '你还没有回复，请点一下：',
    signIn: (title: string) => `会议签到 · ${title}`,
    before: '到了请点一下。开始以后签到，记为迟到。',
    begun: '会议已经开始，现在签到记为迟到。',
    byWord: (number: number) => `也可以发：到 ${number}`,
    over: '签到已经结束。没赶上可以补。',
    off: '这次会议不开了，不用参加。',
    moved: (title: string) => `时间改了 · ${title}`,
    seeNew: '这次会议的时间改了，请看新的通知。到时会再发签到卡。',
  },
  {
    reminder: (title) => `Meeting reminder · ${title}`,
    undecided: (title) => `Meeting soon · ${title}`,
    ask: 'You have not answered yet. Please press one:',
    signIn: (title) => `Sign in · ${title}`,
    before: 'Please press when you are here. After the start it counts as late.',
    begun: 'The meeting has begun: signing in now counts as late.',
    byWord: (number) => `Or send: here ${number}`,
    over: 'Signing in has ended. Whoever missed it can make up for it.',
    off: 'This meeting does not take place. There is no need to come.',
    moved: (title) => `Moved · ${title}`,
    seeNew: 'This meeting was moved: please see the new message. A new sign-in card will come.',
  },
);

/** It does not take place, or is over, or goes on. */
function stageOf({ now }: Reader, meeting: Round): 'off' | 'over' | 'begun' | 'ahead' {
  if (isOff(meeting)) return 'off';
  if (meeting.state === 'closed') return 'over';
  return now < startOf(meeting) ? 'ahead' : 'begun';
}

/** Reminds the group a day and an hour before. No counts: it stays as it is until the start. */
export function reminderCard(reader: Reader, meeting: Round): Card {
  const say = words[reader.locale];
  const title = say.reminder(meeting.title);
  const foot = meetingFoot(reader, meeting);
  const stage = stageOf(reader, meeting);
  if (stage === 'off') return card(title, 'over', [plain(say.off), foot]);
  const facts = meetingFacts(reader, meeting);
  if (stage !== 'ahead') return card(title, 'over', [...facts, foot]);
  return card(title, 'warning', [...facts, replyButtons(reader, meeting), foot]);
}

/** Reminds somebody in private who has not said whether they come. */
export function undecidedCard(reader: Reader, meeting: Round): Card {
  const say = words[reader.locale];
  return card(say.undecided(meeting.title), 'warning', [
    ...meetingFacts(reader, meeting),
    plain(say.ask),
    replyButtons(reader, meeting),
    meetingFoot(reader, meeting),
  ]);
}

/** The card on which a group signs in; it shows counts and no names. */
export function signInCard(reader: Reader, meeting: Round): Card {
  const say = words[reader.locale];
  const title = say.signIn(meeting.title);
  const foot = meetingFoot(reader, meeting);
  const stage = stageOf(reader, meeting);
  if (stage === 'off') return card(title, 'over', [plain(say.off), foot]);
  const counts = plain(arrivalCounts(reader, meeting).join(' · '));
  if (stage === 'over') return card(title, 'over', [counts, plain(say.over), foot]);
  return card(title, 'plain', [
    ...meetingFacts(reader, meeting),
    counts,
    plain(stage === 'begun' ? say.begun : say.before),
    { ...signInButton(reader, meeting), width: 'fill', size: 'large' },
    note(say.byWord(meeting.number)),
    foot,
  ]);
}

/** What the cards of an earlier time become. */
export function movedCallCard(reader: Reader, meeting: Round): Card {
  const say = words[reader.locale];
  const foot = meetingFoot(reader, meeting);
  return card(say.moved(meeting.title), 'over', [plain(say.seeNew), foot]);
}

/**
 * A meeting's cards beside its announcement, as far as they follow every answer. The reminders, of which each
 * of the undecided has one, do not: they change when the meeting begins, and where it is called off.
 */
export function callCards(reader: Reader, meeting: Round): { subject: string; card: Card }[] {
  const which = [meeting.id, startOf(meeting)] as const;
  const signIn = { subject: subjectOfSignIn(...which), card: signInCard(reader, meeting) };
  if (stageOf(reader, meeting) !== 'off') return [signIn];
  return [signIn, { subject: subjectOfReminder(...which), card: reminderCard(reader, meeting) }];
}
