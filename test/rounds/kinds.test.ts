import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { button, card, plain } from '../../cards/bot/kit.ts';
import { defineRoundEdit } from '../../cards/rounds/round-feature.ts';
import { answerRound } from '../../cards/rounds/rounds.ts';
import { defineAction } from '../../src/bot/action.ts';
import type { Card } from '../../src/bot/talk.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import type { Round } from '../../src/rounds/types.ts';
import type { House } from '../../src/program/topics.ts';
import exceljs from 'exceljs';
import { world } from '../support/world.ts';

const openPledge = defineAction('pledge.open', z.object({ title: z.string() }));

const pledgeCard = (round: Round): Card => {
  const { id, title, state, spec, tally, own } = round;
  return card(`Pledge ${title}`, 'plain', [
    plain(`${state} at ${spec['at'] ?? 'home'}: ${tally.done} of ${tally.asked}`),
    plain(`in drawer ${(own as { drawer: number }).drawer}`),
    button('I do', answerRound.with({ round: id, text: 'gladly' })),
  ]);
};

/** A kind of round that the product does not have, made of what every kind may say of itself. */
function registerPledges({ bot, kinds, rounds, roster }: House) {
  kinds.add({
    kind: {
      name: 'pledge',
      read: (input = '') => ({ words: input }),
      merge: (_earlier, next) => next,
      items: (_round, people) => ({
        columns: [{ word: 'manner' }],
        cells: (person) => [
          String(people.find((each) => each.person === person)?.content?.['words'] ?? ''),
        ],
      }),
      own: async (ids) => new Map(ids.map((id) => [id, { drawer: id }])),
      spared: async (ids) =>
        (await rounds.findAll(ids))
          .filter(({ title }) => title === 'Anytime')
          .map(({ id, openedBy }) => ({ round: id, person: openedBy })),
    },
    face: {
      name: () => 'Pledge',
      items: () => ({ manner: 'Manner' }),
      card: (_reader, round) => pledgeCard(round),
      movedCard: (_reader, round) => pledgeCard(round),
      answeredLine: (_reader, { content }) => `pledged ${content?.['words']}`,
      answeredToast: (_reader, { outcome }) => ({ type: 'success', content: outcome }),
      tally: (_reader, { tally }) => `${tally.done} pledged`,
      answerButton: (_reader, { id }) => button('I do', answerRound.with({ round: id })),
    },
    edit: defineRoundEdit({
      parts: z.strictObject({ at: z.string().optional() }),
      change: async (decision, { at, ...edit }) =>
        (await rounds.edit(decision, () => ({ ...edit, spec: at ? { at } : undefined }))).round,
      told: (_reader, round) => [plain(`now at ${round.spec['at']}`)],
    }),
    afterClosing: async (_reader, round) => [
      { to: { chat: round.chat }, content: { text: 'sealed in the drawer' } },
    ],
    reports: async (_ended, usual) => [
      await usual(),
      card('Pledges', 'over', [plain('to be framed')]),
    ],
  });

  bot.onPress(openPledge, async ({ from, place, value, reader }) => {
    const { scope, branch, group } = await roster.acting(from, place);
    const opening = { scope, kind: 'pledge', branch: branch.id, chat: group };
    const round = await rounds.open({ ...opening, title: value.title });
    const shown = { card: kinds.of(round.kind).face.card(reader, round) };
    return { send: [{ to: { chat: group }, content: shown, subject: subjectOf(round) }] };
  });
}

describe('a kind of round that only its own file knows', () => {
  const withPledge = async () => {
    const there = await world({ features: [registerPledges] });
    await there.lin.pressesForged('pledge.open', { title: 'Reading' });
    return there;
  };

  it('is opened, answered and counted', async () => {
    const { lin, wang, zhao, group } = await withPledge();
    expect(group.sees()).toContain('open at home: 0 of 4');
    expect((await wang.presses('I do'))?.content).toBe('recorded');
    await zhao.says('答 1 yes');
    expect(group.sees()).toBe('pledged yes');
    expect(group.card('Pledge')).toContain('2 of 4');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('2 pledged');
    await lin.says('催办 1');
    expect(wang.reads()).toBe('');
    await lin.whispers('我的');
    expect(lin.private().at(-1)).toContain('[I do]');
  });

  it('is changed by its own parts, and refuses those of others', async () => {
    const { lin, group } = await withPledge();
    await lin.says('改 1 地点 hall');
    expect(group.sees()).toContain('now at hall');
    expect(group.card('Pledge')).toContain('open at hall');
    await lin.says('改 1 议题 talk');
    expect(group.sees()).toContain('不能这样操作');
    await lin.says('改 1 标题 Writing');
    expect(group.card('Pledge')).toContain('Pledge Writing');
  });

  it('reads what it keeps of its own with the round, and spares whom it need not wait for', async () => {
    const { lin, group } = await withPledge();
    expect(group.sees()).toContain('in drawer 1');
    await lin.pressesForged('pledge.open', { title: 'Anytime' });
    await lin.whispers('进度');
    expect(lin.reads()).toContain('还差：林志远、王芳、赵敏、刘洋');
    expect(lin.reads()).toContain('还差：王芳、赵敏、刘洋');
    await lin.whispers('我的');
    expect(lin.private().at(-1)).toContain('等你完成的有 1 个');
  });

  it('is exported by its own name, with its items in its own words', async () => {
    const { lin, wang, messenger } = await withPledge();
    await wang.says('答 1 gladly');
    await lin.whispers('导出 1');
    const { content } = messenger.messages.at(-1) ?? {};
    if (!content || !('file' in content)) throw new Error('no file came');
    const book = new exceljs.Workbook();
    await book.xlsx.load(Uint8Array.from(content.file.bytes).buffer);
    const [facts, people] = book.worksheets.map((sheet) => JSON.stringify(sheet.getSheetValues()));
    expect(facts).toContain('"类型","Pledge"');
    expect(people).toContain('"Manner"');
    expect(people).toContain('"gladly"');
  });

  it('is settled and reported at its end, by word and by time', async () => {
    const byWord = await withPledge();
    await byWord.lin.says('结束 1');
    expect(byWord.group.all()).toContain('sealed in the drawer');
    expect(byWord.lin.reads()).toContain('还差：林志远、王芳、赵敏、刘洋');
    expect(byWord.lin.reads()).toContain('to be framed');
    const byTime = await withPledge();
    byTime.clock.set('2026-03-03T23:59:00+08:00');
    await byTime.settle();
    expect(byTime.group.sees()).toBe('sealed in the drawer');
    expect(byTime.lin.reads()).toContain('to be framed');
  });
});
