import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { Card, CardElement, Locale, Reader, Toast } from '../../src/bot/talk.ts';
import { BranchId } from '../../src/base/ids.ts';
import type { Branch } from '../../src/people/roster/types.ts';
import type { SettingRefusals } from '../../src/people/settings/refusals.ts';
import type { Setting, SettingValue } from '../../src/people/settings/types.ts';
import {
  button,
  buttonRow,
  card,
  checker,
  field,
  form,
  note,
  plain,
  submit,
  timePicker,
} from '../bot/kit.ts';
import { inBoth, listed, shorten } from '../bot/words.ts';

const ofBranch = z.object({ branch: BranchId });

/** Shows the settings of one of several branches. */
export const showSettings = defineAction('settings.show', ofBranch);
/** The settings come back beside it, each under its `fieldName`. */
export const saveSettings = defineAction('settings.save', ofBranch);

/** A setting as a branch sees it. `name` is also its word in a message: `设置 自动催办 关`. */
export interface OfferedSetting {
  setting: Setting;
  words: Record<Locale, { name: string; explains: string }>;
}
/** The settings that the features offer to every branch. */
export function createOffers() {
  const all: OfferedSetting[] = [];
  return {
    all: all as readonly OfferedSetting[],
    /** Puts a setting of a feature on the card. */
    add(offer: OfferedSetting) {
      const isTaken = all.some(({ setting }) => setting.name === offer.setting.name);
      if (isTaken) throw new Error(`Two settings are called ${offer.setting.name}`);
      all.push(offer);
    },
  };
}
export type Offers = ReturnType<typeof createOffers>;

/** How a branch has it now. */
export interface DecidedSetting extends OfferedSetting {
  value: SettingValue;
}

const words = inBoth(
  {
    title: (branch: string) => `设置 · ${branch}`,
    intro: '改好后按「保存」，马上生效，随时可以再改。',
    save: '保存',
    savedFor: (branch: string) => `「${branch}」的设置已保存`,
    others: '看别的支部：',
    on: '开',
    off: '关',
    changed: (branch: string, name: string, value: string) =>
      `已改好：「${branch}」${name} ${value}`,
    byWord: (name: string, value: string) => `也可以发：设置 ${name} ${value}`,
    sent: '设置已私聊发给你',
    range: (explains: string, least: number, most: number) => `${explains}（${least} 到 ${most}）`,
  },
  {
    title: (branch) => `Settings · ${branch}`,
    intro: 'Press “Save” when you are done. It holds at once and can be changed any time.',
    save: 'Save',
    savedFor: (branch) => `The settings of “${branch}” are saved`,
    others: 'Another branch:',
    on: 'on',
    off: 'off',
    changed: (branch, name, value) => `Changed for “${branch}”: ${name} ${value}`,
    byWord: (name, value) => `Or send: settings ${name} ${value}`,
    sent: 'I sent you the settings in private',
    range: (explains, least, most) => `${explains} (${least} to ${most})`,
  },
);

export const settingRefusals = inBoth<Sentences<SettingRefusals>>(
  {
    SETTING_UNKNOWN: ({ said, names }) =>
      `没有叫「${said}」的设置，没有改动。现有：${listed['zh-CN'](names)}。发「设置」可以在卡片上改。`,
    SETTING_VALUE: ({ name, example }) =>
      `没看懂「${name}」要改成什么，没有改动。例如：设置 ${name} ${example}`,
    SETTING_RANGE: ({ name, least, most }) =>
      `「${name}」只能是 ${least} 到 ${most}，没有改动。例如：设置 ${name} ${least}`,
  },
  {
    SETTING_UNKNOWN: ({ said, names }) =>
      `There is no setting "${said}"; nothing was changed. There are: ${listed['en-US'](names)}. Send "settings" to change them on a card.`,
    SETTING_VALUE: ({ name, example }) =>
      `I could not read what "${name}" should be; nothing was changed. Example: settings ${name} ${example}`,
    SETTING_RANGE: ({ name, least, most }) =>
      `"${name}" can be ${least} to ${most} only; nothing was changed. Example: settings ${name} ${least}`,
  },
);

/** Under this name a setting's value comes back from the form. */
export const fieldName = ({ name }: Setting) => name.replaceAll('.', '_');

/** A value as it is written in a message and read again. */
export function settingText({ locale }: Reader, { kind }: Setting, value: SettingValue): string {
  if (kind === 'switch') return value ? words[locale].on : words[locale].off;
  return kind === 'time' ? clockText(Number(value)) : String(value);
}

/** Every setting of a branch on one form, for its secretary alone; `others` are the branches beside it. */
export function settingsCard(
  reader: Reader,
  branch: Branch,
  decided: DecidedSetting[],
  others: Branch[] = [],
): Card {
  const say = words[reader.locale];
  const fields = decided.flatMap((each) => fieldOf(reader, each));
  const [first] = decided;
  const example = first && say.byWord(...wordsOf(reader, first));
  return card(say.title(shorten(branch.name, 30)), 'plain', [
    note(say.intro),
    form('settings', [
      ...fields,
      submit(say.save, 'save', saveSettings.with({ branch: branch.id })),
    ]),
    ...(example === undefined ? [] : [note(example)]),
    ...otherBranches(reader, others),
  ]);
}

const wordsOf = (reader: Reader, { setting, words: named, value }: DecidedSetting) =>
  [named[reader.locale].name, settingText(reader, setting, value)] as const;

function fieldOf(reader: Reader, { setting, words: named, value }: DecidedSetting): CardElement[] {
  const { name: label, explains } = named[reader.locale];
  const name = fieldName(setting);
  if (setting.kind === 'switch') return [checker(name, label, value === true), note(explains)];
  if (setting.kind === 'time')
    return [
      plain(label),
      timePicker(name, label, clockText(Number(value)).padStart(5, '0')),
      note(explains),
    ];
  const [least, most] = setting.range ?? [0, 0];
  const shown = { hint: String(setting.usual), limit: 6, value: String(value) };
  const told = words[reader.locale].range(explains, least, most);
  return [plain(label), field(name, shown), note(told)];
}

function otherBranches({ locale }: Reader, others: Branch[]): CardElement[] {
  if (others.length === 0) return [];
  const buttons = others
    .slice(0, 10)
    .map(({ id, name }) => button(shorten(name, 20), showSettings.with({ branch: id }), 'default'));
  return [note(words[locale].others), buttonRow(buttons)];
}

export const settingsSent = ({ locale }: Reader): string => words[locale].sent;

export const savedToast = ({ locale }: Reader, branch: Branch): Toast => ({
  type: 'success',
  content: words[locale].savedFor(shorten(branch.name, 30)),
});

export const changedLine = (reader: Reader, branch: Branch, decided: DecidedSetting): string =>
  words[reader.locale].changed(branch.name, ...wordsOf(reader, decided));

const clockText = (minutes: number) =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
