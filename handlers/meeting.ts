import { leaveRound } from '../cards/leave.ts';
import {
  comeToMeeting,
  comingLine,
  comingToast,
  meetingCard,
  meetingTitle,
  missingLine,
  missingToast,
  missMeeting,
} from '../cards/meeting.ts';
import { chooseRoundCard, openedCard } from '../cards/rounds.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { AnswerByWord } from '../src/bot/talk.ts';
import type { Meetings } from '../src/meetings/service.ts';
import type { Rounds } from '../src/rounds/service.ts';
import { subjectOf } from '../src/rounds/types.ts';

/** 会议: its card goes to the group; everybody says whether they come. */
export function registerMeeting(bot: Bot, meetings: Meetings, rounds: Rounds) {
  bot.onCommand('meeting', async ({ from, place, parts, reader }) => {
    const title = meetingTitle(reader, parts.type);
    const round = await meetings.announce({ person: from, place, title, ...parts });
    const content = { card: meetingCard(reader, round) };
    const send = [{ to: { chat: round.chat }, content, subject: subjectOf(round) }];
    return place.kind === 'group' ? { send } : { send, card: openedCard(reader, round) };
  });

  bot.onCommand('going', async ({ from, place, at, parts, reader }) => {
    const meant = await rounds.numbered(from, place, parts.round, 'member');
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => comeToMeeting.with({ round })) };
    const answered = await meetings.going({ round: meant[0].id, person: from, at });
    return { text: comingLine(reader, answered) };
  });

  bot.onCommand('notgoing', async ({ from, place, at, parts, reader }) => {
    const { round: number, why: text } = parts;
    const meant = await rounds.numbered(from, place, number, 'member');
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => leaveRound.with({ round, text })) };
    const leave = await meetings.notGoing({ round: meant[0].id, person: from, text, at });
    return { text: missingLine(reader, leave, { why: text, place: place.kind }) };
  });

  bot.onPress(comeToMeeting, async ({ from, value, at, reader }) => ({
    toast: comingToast(reader, await meetings.going({ ...value, person: from, at })),
  }));

  bot.onPress(missMeeting, async ({ from, place, value, at, reader }) => {
    const leave = await meetings.notGoing({ ...value, person: from, at });
    return { toast: missingToast(reader, leave, { place: place.kind }) };
  });
}

/** `答 编号` on a meeting means coming. */
export const answerMeetingByWord =
  (meetings: Meetings): AnswerByWord =>
  async ({ from: person, at, reader }, round) => ({
    text: comingLine(reader, await meetings.going({ round, person, at })),
  });
