import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../src/bot/talk.ts';
import type { Facts, Refused, RefusalCode } from '../../src/base/errors.ts';
import { commands } from '../support/commands.ts';
import { textOf } from '../support/card-text.ts';
import { chinese, sourcesIn, withoutFixed } from '../support/pairs.ts';
import { knowing, speakingBot } from '../support/refusals.ts';
import { typicalFacts } from '../support/typical-refusals.ts';
import { world } from '../support/world.ts';

const codes = Object.keys(typicalFacts) as RefusalCode[];
const bot = knowing(speakingBot());
const shown = (refused: Refused, locale: Locale = 'zh-CN') =>
  bot.refusal({ locale, zone: 'Asia/Shanghai', now: new Date(0) }, refused);
const line = (refused: Refused, locale?: Locale) => shown(refused, locale).toast;

describe('the refusals of all topics', () => {
  it('have words that some feature registers, and none has words that is no refusal', async () => {
    const here = await world({ bound: false });
    expect(here.bot.refusalCodes().sort()).toEqual([...codes].sort());
  });

  it('are each thrown somewhere', () => {
    const files = sourcesIn('src', 'handlers', 'jobs').filter(
      (file) => !/(errors|refusals)\.ts$/.test(file),
    );
    const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  it('take one pair of sentences each', () => {
    const words = { 'zh-CN': { NOT_ADMIN: () => '不行' }, 'en-US': { NOT_ADMIN: () => 'No' } };
    expect(() => bot.says(words)).toThrow('NOT_ADMIN');
    expect(() => bot.says({ ...words, 'zh-CN': { NEW: () => '不行' } })).toThrow('NEW');
  });
});

describe('the words of a no', () => {
  /** As it is thrown at its worst and best, and whichever command it is about. */
  const told = (code: RefusalCode): Facts[] =>
    typicalFacts[code].flatMap((facts) =>
      [undefined, ...commands.all()].map((command) => ({ ...facts, command: command?.name })),
    );

  it.each(codes)('%s is one line in both languages', (code) => {
    for (const facts of told(code))
      for (const locale of ['zh-CN', 'en-US'] as const) {
        const said = line({ code, facts }, locale);
        expect(said).toMatch(/^\S[^\n]{5,360}\S$/);
        expect(said).not.toMatch(/undefined|NaN|「」|""|  /);
      }
  });

  it.each(codes)('%s is English in English', (code) => {
    const own = (facts: Facts) =>
      Object.values(facts)
        .flatMap((each) => `${each}`.split(/\s/))
        .sort((one, other) => other.length - one.length);
    for (const facts of told(code)) {
      const said = line({ code, facts }, 'en-US');
      const ours = own(facts).reduce((left, each) => left.replaceAll(each, ''), said);
      expect(chinese.test(withoutFixed(ours)) ? said : '').toBe('');
    }
  });

  const ofWhoMayNot: RefusalCode[] = [
    'NOT_SECRETARY',
    'NOT_ADMIN',
    'NOT_OWNER_OR_ADMIN',
    'NOT_MEMBER',
    'GROUP_BOUND_ELSEWHERE',
    'ROUND_UNKNOWN',
  ];
  it.each(ofWhoMayNot)('%s shows how the command is written', (code) => {
    const facts = { ...typicalFacts[code][0], command: 'close' };
    expect(line({ code, facts })).toContain('例如：结束 12');
    expect(line({ code, facts }, 'en-US')).toMatch(/[Ee]xample: close 12/);
  });

  it('shows what people wrote as text only', () => {
    const { said } = shown({ code: 'TIME_UNREADABLE', facts: { said: '<at id=all></at>' } });
    expect(JSON.stringify(said)).not.toContain('"tag":"markdown"');
    expect(textOf(said)).toContain('<at id=all></at>');
  });
});
