import type { About, Sentences, Told } from '../../src/bot/refusals.ts';
import type { RefusalShown } from '../../src/bot/bot.ts';
import type { Card, Locale, Reader } from '../../src/bot/talk.ts';
import type { HouseRefusals } from '../../src/base/errors.ts';
import { usageButton } from './help.ts';
import { plain, slip } from './kit.ts';
import { inBoth } from './words.ts';

/** What a form or a card asks for where no command is being read, which has names of its own. */
const parts = inBoth<Record<string, string>>(
  { title: '标题', name: '名称', reason: '原因', question: '问题', answer: '答案', source: '出处' },
  {
    title: 'a title',
    name: 'a name',
    reason: 'a reason',
    question: 'the question',
    answer: 'the answer',
    source: 'the source',
  },
);

/** Numbers by which people are known, as `confidential.ts` tells them apart. */
const numbers = inBoth<Record<'identity' | 'phones' | 'card', string>>(
  { identity: '身份证号', phones: '多个手机号码', card: '银行卡号' },
  {
    identity: 'identity card numbers',
    phones: 'several mobile numbers',
    card: 'bank card numbers',
  },
);

const words = inBoth(
  {
    later: (what: string) => `${what ? `「${what}」` : '这个功能'}要等以后的版本，现在还没有开放。`,
    example: (example: string) => `例如：${example}`,
    help: '发「帮助」看看能做什么。',
  },
  {
    later: (what) =>
      `${what ? `"${what}"` : 'This'} comes in a later version, it is not there yet.`,
    example: (example) => `Example: ${example}`,
    help: 'Send "help" to see what I can do.',
  },
);

/** The words of what any topic may refuse. */
export const houseRefusals = inBoth<Sentences<HouseRefusals>>(
  {
    PART_MISSING: (_, { part, usage, tip }) =>
      usage ? `还差一点，要写成：${usage}。${tip}` : `还缺${part || '内容'}。${tip}`,
    PART_UNREADABLE: ({ said }, { part, usage, tip }) =>
      `没看懂${part || '后面的内容'}${said ? `「${said}」` : ''}，要写成：${usage}。${tip}`,
    TEXT_TOO_LONG: ({ limit }, { example, tip }) =>
      `太长了，最多 ${limit} 个字，请缩短后再发。${example && tip}`,
    TIME_PAST: ({ said }, { tip }) =>
      `时间${said ? `「${said}」` : ''}已经过去了，请写一个以后的时间。${tip}`,
    TIME_UNREADABLE: ({ said }, { tip }) =>
      `没看懂时间「${said}」，可以写 18:00、明天 9:30、周五 15:00。${tip}`,
    CLOCK_TIME_MISSING: ({ said }, { tip }) => `「${said}」是几点？请写上钟点。${tip}`,
    PERSON_UNKNOWN: (_, { tip }) => `没认出这位成员，请用 @ 从列表里选人。${tip}`,
    COMMAND_UNKNOWN: ({ said }, { word, example, tip }) =>
      `没有「/${said}」这个命令。${example ? `是想用「${word}」吗？${tip}` : tip}`,
    NOT_YET: (_, { word }) =>
      `${words['zh-CN'].later(word)}发「帮助」看现在能做什么，也可以直接提问。`,
    BUTTON_UNKNOWN: () => '这个按钮已经失效，没有改动。请发「帮助」重新开始。',
    FILE_MARKED: ({ mark }) =>
      `这份文件带有「${mark}」标记，没有保存，也没有发给任何模型。带密级或内部标记的资料请按保密规定保管，不要发到聊天里；可以公开学习的资料随时发给我。`,
    FILE_PERSONAL: ({ what }) =>
      `这份文件里有${numbers['zh-CN'][what]}，没有保存，也没有发给任何模型。请把这些号码删掉再发一次。`,
    TEXT_MARKED: ({ mark }) =>
      `这段话带有「${mark}」标记，没有保存，也没有发给任何模型。涉密和内部内容请不要发到聊天里，建议撤回刚才那条消息；请换成可以公开的说法再问，例如：国家秘密分为哪几级`,
    TEXT_PERSONAL: ({ what }) =>
      `这段话里有${numbers['zh-CN'][what]}，没有保存，也没有发给任何模型。建议撤回刚才那条消息，去掉号码再问，例如：入党要提交哪些材料`,
    MESSAGE_KIND: () => '我只看得懂文字和文件，例如发一句：党员的义务有哪些',
  },
  {
    PART_MISSING: (_, { part, usage, tip }) =>
      usage
        ? `Almost: it is written ${usage}. ${tip}`
        : `${part || 'Something'} is missing. ${tip}`,
    PART_UNREADABLE: ({ said }, { part, usage, tip }) =>
      `I could not read ${part || 'what follows'}${said ? ` "${said}"` : ''}. It is written ${usage}. ${tip}`,
    TEXT_TOO_LONG: ({ limit }, { example, tip }) =>
      `That is too long: at most ${limit} characters. ${example && tip}`,
    TIME_PAST: ({ said }, { tip }) =>
      `The time${said ? ` "${said}"` : ''} has passed. Please give one that is ahead. ${tip}`,
    TIME_UNREADABLE: ({ said }, { tip }) =>
      `I could not read the time "${said}"; 18:00, tomorrow 9:30 or Fri 15:00 work. ${tip}`,
    CLOCK_TIME_MISSING: ({ said }, { tip }) => `At what time, ${said}? Please add the hour. ${tip}`,
    PERSON_UNKNOWN: (_, { tip }) =>
      `I did not recognise that person. Type @ and choose from the list. ${tip}`,
    COMMAND_UNKNOWN: ({ said }, { word, example, tip }) =>
      `There is no command "/${said}". ${example ? `Did you mean ${word}? ` : ''}${tip}`,
    NOT_YET: (_, { word }) =>
      `${words['en-US'].later(word)} Send "help" to see what works now, or just ask a question.`,
    BUTTON_UNKNOWN: () =>
      'This button no longer works and nothing was changed. Send "help" to start again.',
    FILE_MARKED: ({ mark }) =>
      `This file is marked "${mark}"; it was not stored and not sent to any model. Please keep what is secret or internal by its rules and out of the chat. What is open for study is always welcome.`,
    FILE_PERSONAL: ({ what }) =>
      `This file holds ${numbers['en-US'][what]}; it was not stored and not sent to any model. Please take the numbers out and send it again.`,
    TEXT_MARKED: ({ mark }) =>
      `This text is marked "${mark}"; it was not stored and not sent to any model. Please keep what is secret or internal out of the chat, take your message back, and ask in words that are open. Example: Which levels of state secrets are there?`,
    TEXT_PERSONAL: ({ what }) =>
      `This text holds ${numbers['en-US'][what]}; it was not stored and not sent to any model. Please take your message back and ask without the numbers. Example: What does an application for membership need?`,
    MESSAGE_KIND: () => "I read text and files only. Try, for example: What are a member's duties?",
  },
);

/** The "no" in one line, with an example where one helps. */
export function refusalLine({ locale }: Reader, told: Told): string {
  const { code, sentence, command } = told;
  const line = sentence(about(locale, told)).trim();
  // If the command does not exist yet, say so now: else people would correct the time first and hear it only then.
  const isMoot = command?.isThere === false && code !== 'NOT_YET';
  return isMoot ? `${line} ${words[locale].later(command.word[locale])}` : line;
}

function about(locale: Locale, { command, part }: Told): About {
  const say = words[locale];
  const asked = { part: part?.asked?.[locale] ?? parts[locale][part?.key ?? ''] ?? '' };
  if (!command) return { ...asked, word: '', usage: '', example: '', tip: say.help };
  const { word, usage, example } = command;
  const tip = say.example(example[locale]);
  return { ...asked, word: word[locale], usage: usage[locale], example: example[locale], tip };
}

/** The "no" as it stands in a chat: a line, and for an unknown command a button to the nearest one. */
export function refusalCard(reader: Reader, told: Told): Card {
  const line = refusalLine(reader, told);
  const { near } = told;
  return slip(line, [plain(line), ...(near ? [usageButton(reader, near)] : [])]);
}

/** Both forms of a "no", for the router: under a message, and on a press. */
export function refusalWords(reader: Reader, told: Told): RefusalShown {
  return { said: { card: refusalCard(reader, told) }, toast: refusalLine(reader, told) };
}
