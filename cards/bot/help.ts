import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Command, Who } from '../../src/bot/command.ts';
import type { Card, CardElement, Place, Reader } from '../../src/bot/talk.ts';
import type { Standing } from '../../src/people/roster/types.ts';
import { button, buttonRow, card, markdown, note, plain, slip } from './kit.ts';
import { inBoth } from './words.ts';

/** Shows how one command is written. */
export const showUsage = defineAction('help.usage', z.object({ command: z.string() }));
/** Does what the command's word alone does, for the person who presses. */
export const runCommand = defineAction('help.run', z.object({ command: z.string() }));

const words = inBoth(
  {
    title: '学伴能帮你做什么',
    here: (branch: string) => `支部：${branch}`,
    mention: '在群里要先 @我，私聊直接发就行。',
    ask: '**直接提问**  我会引用学习资料的原文，并注明出处，例如：党员的义务有哪些',
    file: '**把 .docx .pdf .md .txt .html 文件私聊发给我**  加入支部的学习资料；.xlsx .gift 作为题库',
    unboundGroup: '这个群还没有绑定支部。群主或管理员 @我 发送「绑定 支部名」就能开始。',
    noBranch: '你还不在任何支部里。把我加进群，由群主 @我 发送「绑定 支部名」就能开始。',
    usage: (usage: string, example: string) => `写成：${usage}\n例如：${example}`,
    usageToast: (usage: string, example: string) => `${usage}，例如：${example}`,
    near: (word: string) => `是不是想用「${word}」？`,
    how: (word: string) => `怎么用「${word}」`,
    keepers: '**书记和管理员**',
  },
  {
    title: 'What I can do for you',
    here: (branch) => `Branch: ${branch}`,
    mention: 'In a group mention me first; in private just write.',
    ask: "**Ask a question**  I quote the study documents and name the source, for example: What are a member's duties?",
    file: '**Send me a .docx .pdf .md .txt .html file in private**  adds it to the study documents of the branch; .xlsx .gift as a question bank',
    unboundGroup:
      'This group is not tied to a branch yet. Its owner or an administrator mentions me with "bind NAME" to begin.',
    noBranch:
      'You are in no branch yet. Add me to a group and have its owner mention me with "bind NAME" to begin.',
    usage: (usage, example) => `Written: ${usage}\nExample: ${example}`,
    usageToast: (usage, example) => `${usage}, for example: ${example}`,
    near: (word) => `Did you mean "${word}"?`,
    how: (word) => `How to use ${word}`,
    keepers: '**Secretaries and administrators**',
  },
);

/** Who asks for help, where, and what there is. */
export interface HelpFor {
  standing: Standing;
  place: Place['kind'];
  commands: readonly Command[];
}

/** What this person can do here: only what works, the things one does most as buttons. */
export function helpCard(reader: Reader, { standing, place, commands }: HelpFor): Card {
  const say = words[reader.locale];
  const there = commands.filter(({ isThere }) => isThere !== false);
  const lines = there.filter((command) => isOffered(command, standing, place));
  const linesOf = (some: Command[]) => some.map((command) => commandLine(reader, command));
  const [forAll, forKeepers] = [lines.filter(isForAll), lines.filter((each) => !isForAll(each))];
  const here = standing.branch && note(say.here(standing.branch.name));
  const unbound = place === 'group' ? say.unboundGroup : say.noBranch;
  return card(say.title, 'plain', [
    ...(here ? [here] : []),
    ...(standing.bound ? [] : [plain(unbound)]),
    markdown([say.ask, ...linesOf(forAll)].join('\n')),
    ...(forKeepers.length > 0
      ? [markdown([say.keepers, ...linesOf(forKeepers.sort(setUpLast))].join('\n'))]
      : []),
    ...(standing.secretary && place === 'private' ? [markdown(say.file)] : []),
    ...buttons(reader, standing, there),
    note(say.mention),
  ]);
}

const isForAll = ({ who }: Command) => who === 'anyone' || who === 'member';

/** Commands that set a group or its secretaries up are needed once, so they come last. */
const isSetUp = ({ who }: Command) => who === 'binder' || who === 'keeper';
const setUpLast = (one: Command, other: Command) => Number(isSetUp(one)) - Number(isSetUp(other));

/** Whether the help lists a command. It leaves itself out, since the reader has found it. */
const isOffered = (command: Command, standing: Standing, place: Place['kind']) =>
  command.name !== 'help' &&
  mayUse[command.who](standing) &&
  (command.who !== 'binder' || place === 'group');

export const mayUse: Readonly<Record<Who, (standing: Standing) => boolean>> = {
  // What concerns only the person who asks needs no branch.
  anyone: () => true,
  member: ({ bound, member }) => bound && member,
  secretary: ({ bound, secretary }) => bound && secretary,
  keeper: ({ bound, secretary, admin }) => bound && (secretary || admin),
  binder: ({ bound, admin }) => admin || !bound,
};

function commandLine({ locale }: Reader, { usage, does }: Command): string {
  return `**${usage[locale]}**  ${does[locale]}`;
}

function buttons(
  { locale }: Reader,
  standing: Standing,
  commands: readonly Command[],
): CardElement[] {
  const shown = commands.flatMap(({ name, who, button: own }) => {
    if (!own || !mayUse[who](standing)) return [];
    const action = own.does === 'run' ? runCommand : showUsage;
    return [button(own.label[locale], action.with({ command: name }), own.look ?? 'default')];
  });
  return shown.length > 0 ? [buttonRow(shown)] : [];
}

/** How one command is written, with one that works. */
export const usageText = ({ locale }: Reader, { usage, example }: Command): string =>
  words[locale].usage(usage[locale], example[locale]);

export function usageCard(reader: Reader, command: Command): Card {
  const text = usageText(reader, command);
  return slip(text, [plain(text)]);
}

/** The same where everybody would see a card and only one person asked. */
export function usageToast({ locale }: Reader, { usage, example }: Command): string {
  return words[locale].usageToast(usage[locale], example[locale]);
}

export function usageButton({ locale }: Reader, { name, word }: Command): CardElement {
  const label = words[locale].how(word[locale]);
  return button(label, showUsage.with({ command: name }), 'default');
}

/** "Did you mean", to stand below the answer to a question that was nearly a command. */
export function nearButton(reader: Reader, near: Command): CardElement[] {
  const { locale } = reader;
  return [note(words[locale].near(near.word[locale])), usageButton(reader, near)];
}
