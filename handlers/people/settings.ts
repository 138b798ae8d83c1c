import {
  changedLine,
  fieldName,
  savedToast,
  saveSettings,
  settingRefusals,
  settingsCard,
  settingsSent,
  settingText,
  showSettings,
  type DecidedSetting,
  type OfferedSetting,
  type Offers,
} from '../../cards/people/settings.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { privately } from '../../src/bot/privately.ts';
import type { Place, Reader } from '../../src/bot/talk.ts';
import { halfWidth } from '../../src/bot/text.ts';
import { readTimeOfDay } from '../../src/bot/times/time-of-day.ts';
import { must, Refusal } from '../../src/base/errors.ts';
import type { BranchId, PersonId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Branch } from '../../src/people/roster/types.ts';
import type { Settings } from '../../src/people/settings/service.ts';
import type { SettingValue } from '../../src/people/settings/types.ts';

/** 设置 怎么用 is a question, and changes nothing. */
const asksHow = (said: string) => /怎么|如何|怎样|什么|哪|吗|[?？]/.test(said);

export const settingsCommand = defineCommand({
  name: 'settings',
  word: both('设置', 'settings'),
  who: 'secretary',
  does: both('支部自己定的几件事', 'what the branch decides for itself'),
  example: both('设置 自动催办 关', 'settings auto remind off'),
  isEveryday: true,
  // Without any it shows them all.
  parts: { change: maybe(text(both('名称 值', 'NAME VALUE'), { limit: 60, unless: asksHow })) },
});

interface SettingsParts {
  bot: Bot;
  settings: Settings;
  roster: Roster;
  offers: Offers;
}
interface SettingsViewer {
  from: PersonId;
  place: Place;
  reader: Reader;
}

/** 设置: what a branch decides for itself, on one form in private, or one thing in a line. */
export function registerSettings({ bot, settings, roster, offers }: SettingsParts) {
  bot.says(settingRefusals);

  async function decidedBy(branch: Branch): Promise<DecidedSetting[]> {
    const offered = offers.all.map(({ setting }) => setting);
    const values = await settings.readAll(branch.id, offered);
    return offers.all.map((offer, i) => ({ ...offer, value: must(values[i]) }));
  }

  async function shown({ from, reader }: SettingsViewer, branch: Branch) {
    const decided = await decidedBy(branch);
    const { branches } = await roster.asSecretaryNow(from);
    const others = branches.filter(({ id }) => id !== branch.id);
    return settingsCard(reader, branch, decided, others);
  }

  bot.onCommand(settingsCommand, async (command) => {
    const { from, place, reader, parts } = command;
    const { branch, scope } = await roster.acting(from, place);
    if (parts.change === undefined)
      return privately(command, { card: await shown(command, branch) }, settingsSent(reader));
    const { offer, said } = changeIn(offers, reader, parts.change);
    const value = valueWritten(reader, offer, said);
    await settings.change({ scope, branch: branch.id, setting: offer.setting, value });
    return { text: changedLine(reader, branch, { ...offer, value }) };
  });

  const branchOf = async (from: PersonId, id: BranchId) => {
    const scope = await roster.asSecretary(from, id);
    return { scope, branch: must(scope.branches[0]) };
  };

  bot.onPress(showSettings, async (press) => {
    const { branch } = await branchOf(press.from, press.value.branch);
    return { replace: await shown(press, branch) };
  });

  bot.onPress(saveSettings, async (press) => {
    const { from, value, form, reader } = press;
    const { branch, scope } = await branchOf(from, value.branch);
    for (const before of await decidedBy(branch)) {
      const filled = form[fieldName(before.setting)];
      // What is not on the form, such as a setting that came after the card, stays as it is.
      if (filled === undefined) continue;
      const decided = valueWritten(reader, before, writtenOf(filled));
      // A value that was not changed is not stored, so it follows the default also when a release changes that.
      if (decided === before.value) continue;
      await settings.change({ scope, branch: branch.id, setting: before.setting, value: decided });
    }
    return { replace: await shown(press, branch), toast: savedToast(reader, branch) };
  });
}

/** The setting that a message begins with, in either language, and what stands behind its name. */
function changeIn({ all }: Offers, { locale }: Reader, written: string) {
  for (const offer of all)
    for (const { name } of Object.values(offer.words)) {
      const like = `^${name.split(' ').join('\\s*')}(?:\\s*:\\s*|\\s+|$)`;
      const begun = new RegExp(like, 'i').exec(halfWidth(written))?.[0];
      if (begun !== undefined) return { offer, said: written.slice(begun.length) };
    }
  const names = all.map(({ words }) => words[locale].name).join('\n');
  throw new Refusal('SETTING_UNKNOWN', { said: written, names });
}

/** A box comes back ticked or not, everything else as text. */
const writtenOf = (filled: unknown) =>
  typeof filled === 'string' ? filled : typeof filled === 'boolean' ? String(filled) : '';

const yes = /^(?:开启?|打开|是|on|yes|true)$/i;
const no = /^(?:关闭?|关掉|否|off|no|false)$/i;

/** A value as somebody wrote or picked it; refuses what the setting cannot be. */
function valueWritten(reader: Reader, { setting, words }: OfferedSetting, said: string) {
  const { name } = words[reader.locale];
  const read = readValue(setting.kind, halfWidth(said).trim());
  const checked = setting.schema.safeParse(read);
  if (checked.success) return checked.data;
  if (setting.range && typeof read === 'number') {
    const [least, most] = setting.range;
    throw new Refusal('SETTING_RANGE', { name, least, most });
  }
  throw new Refusal('SETTING_VALUE', {
    name,
    example: settingText(reader, setting, setting.usual),
  });
}

function readValue(
  kind: OfferedSetting['setting']['kind'],
  said: string,
): SettingValue | undefined {
  switch (kind) {
    case 'switch':
      return yes.test(said) ? true : no.test(said) ? false : undefined;
    case 'number':
      return /^\d{1,6}$/.test(said) ? Number(said) : undefined;
    case 'time':
      // A picker says in which zone it was picked: the one that everybody reads here.
      return readTimeOfDay(said.replace(/\s*[+-]\d{4}$/, ''));
  }
}
