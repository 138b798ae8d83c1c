import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAround } from '../../cards/answers/ask.ts';
import { writtenCard } from '../../cards/answers/written.ts';
import type { Quote, Sentence } from '../../src/answers/ask/types.ts';
import type { Said } from '../../src/bot/talk.ts';
import { must } from '../../src/base/errors.ts';
import type { MessageId, PassageId } from '../../src/base/ids.ts';
import { sizeOf, textOf } from '../support/card-text.ts';
import { html, openModelEndpoint, unauthorized } from '../support/model-endpoint.ts';
import { world } from '../support/world.ts';

const rules = `# 学习制度

## 第一章 请假

第一条 请假应当在活动开始前向主持人提出。

## 第二章 补学

第三条 请假的党员一般在两周之内补学。

第四条 补学的党员可以阅读学习材料，也可以与领学人交谈。
`;
const question = '请假的党员和补学的党员在多久之内补学、怎么补学';
const [true1, true2] = ['请假的党员一般在两周之内补学。', '补学的党员可以阅读学习材料。'];
const lie = '请假的党员应当在三天之内补学。';
const byModel = '由模型根据以下原文写成';
const quoted = '第三条 请假的党员一般在两周之内补学。';

const endpoint = await openModelEndpoint();
afterAll(() => endpoint.close());
beforeEach(() => {
  endpoint.asked.length = 0;
});

type Saying = [sentence: string, from: string];

/** The sentence with the number of the passage that has a word in it, as the model was given them. */
function cited([sentence, from]: Saying): string {
  const prompt = endpoint.asked.at(-1)?.body.messages?.at(-1)?.content ?? '';
  const given = prompt.split(/资料 \[\d\]/).slice(1);
  return `${sentence}[${given.findIndex((each) => each.includes(from)) + 1}]`;
}
const says = (...said: Saying[]) =>
  endpoint.behaves(() => ({ does: 'stream', pieces: said.map(cited) }));

async function library() {
  const scene = await world({ llm: endpoint.settings });
  await scene.lin.sends('制度.md', rules);
  await scene.lin.presses('确认入库');
  const { group, wang, messenger } = scene;
  const entity = () => must([...messenger.entities.values()].at(-1));
  /** Asks in the group, without what follows from it. */
  async function asks(text = question) {
    const other = await scene.replica();
    const at = scene.clock.now();
    const said = { kind: 'said' as const, text, mentions: [], from: wang.id, at, trace: 'a trace' };
    const place = { id: group.id, kind: 'group' as const };
    await other.hand({ ...said, place, message: 'om_question' as MessageId } satisfies Said);
    return other;
  }
  return { ...scene, entity, asks, before: group.all().length };
}

describe('an answer written by a model', () => {
  it('grows by checked sentences only, and ends with the words it rests on', async () => {
    const { wang, group, entity, before } = await library();
    endpoint.behaves({ does: 'by hand' });
    const asked = endpoint.nextAsked();
    const answered = wang.says(question);
    await asked;
    endpoint.say(cited([true1, '第三条']));
    endpoint.say(cited([lie, '第三条']));
    await vi.waitFor(() => expect(entity().streamed).toEqual([`${true1}[1]`]), 30_000);
    endpoint.say(cited([true2, '第四条']));
    endpoint.end();
    await answered;
    expect(entity().streamed.join()).not.toContain('三天');
    expect(entity().isGrowing).toBe(false);
    expect(group.all()).toHaveLength(before + 1);
    expect(group.sees()).toContain(`${true1}[1]${true2}[2]`);
    expect(group.sees()).not.toContain('三天');
    expect(group.sees()).toContain(byModel);
    expect(group.sees()).toContain(`${quoted}\n[1] —— 《学习制度》 第二章 补学 · 第三条`);
  });

  it('keeps the lines of a list apart, and what follows it', async () => {
    const { wang, group } = await library();
    const closing = '补学的党员也可以与领学人交谈。';
    says([`- ${true1}`, '第三条'], [`\n- ${true2}`, '第四条'], [`\n\n${closing}`, '第四条']);
    await wang.says(question);
    expect(group.sees()).toContain(`• ${true1}[1]\n• ${true2}[2]\n${closing}[2]`);
  });

  it('in a group answers under the question and shows one quote; the rest is to be had in private', async () => {
    const { wang, group, messenger } = await library();
    says([true1, '第三条'], [true2, '第四条']);
    await wang.says(question);
    expect(messenger.messages.at(-1)?.replyTo).toMatch(/^om_in_/);
    expect(group.sees()).not.toContain('也可以与领学人交谈');
    expect(group.sees()).toContain('[2] —— 《学习制度》 第二章 补学 · 第四条');
    await wang.presses('看更多');
    expect(wang.private().at(-1)).toContain(quoted);
  });

  it('in private shows every quote it rests on, with a button to read on around each', async () => {
    const { wang } = await library();
    says([true1, '第三条'], [true2, '第四条']);
    await wang.whispers(question);
    const card = wang.private().at(-1);
    expect(card).toContain(quoted);
    expect(card).toContain('第四条 补学的党员可以阅读学习材料，也可以与领学人交谈。');
    expect(card).toContain('[读前后文 [1]]');
    await wang.presses('读前后文 [2]');
    expect(wang.private().at(-1)).toContain('第三条');
  });

  it.each(['refused', 'hangs'] as const)(
    'stands on a plain card where growing cards are not to be had: %s',
    async (laying) => {
      const { wang, group, messenger, before } = await library();
      messenger.cardCreation = laying;
      says([true1, '第三条']);
      await wang.says(question);
      expect(messenger.entities.size).toBe(0);
      expect(group.all()).toHaveLength(before + 1);
      expect(group.sees()).toContain(`${true1}[1]`);
      expect(group.updates()).toBe(1);
    },
  );

  it('sends a plain card where the platform will not send the card entity that it created', async () => {
    const { wang, group, messenger, entity, before } = await library();
    says([true1, '第三条']);
    const { send } = messenger;
    messenger.send = async (to, content, options) => {
      if (!('entity' in content) || !content.entity) return send(to, content, options);
      const sent = await send(to, { card: (content as { card: never }).card }, options);
      return sent.outcome === 'sent' ? { ...sent, isPlain: true } : sent;
    };
    await wang.says(question);
    expect(entity().message).toBeUndefined();
    expect(group.all()).toHaveLength(before + 1);
    expect(group.sees()).toContain(`${true1}[1]`);
  });

  it('sends the model no name and no id', async () => {
    const { wang, liu } = await library();
    says([true1, '第三条']);
    await wang.says(`${question} @刘洋`, { mentions: [liu] });
    const [asked] = endpoint.asked;
    const sent = JSON.stringify(asked);
    expect(sent).toContain('多久之内补学、怎么补学');
    expect(sent).not.toMatch(/王芳|刘洋|林志远|第一党支部|支部群|ou_|oc_|om_/);
  });

  it('sends the model no part of a name with a space in it, and keeps none', async () => {
    const { wang, liu, db } = await library();
    says([true1, '第三条']);
    const named = { ...liu, name: 'Yang Liu' };
    const [before, after] = [question.slice(0, 2), question.slice(2)];
    await wang.says(`@Yang Liu ${before} @Yang Liu ${after}`, { mentions: [named] });
    expect(JSON.stringify(endpoint.asked)).not.toMatch(/Yang|Liu/);
    const kept = await db.client.askTurn.findMany();
    expect(kept).toMatchObject([{ question: `${before} ${after}` }]);
  });
});

describe('the words of the documents stand instead', () => {
  const isExtractive = (seen: string) => {
    expect(seen).toContain(quoted);
    expect(seen).toContain('—— 《学习制度》 第二章 补学 · 第三条');
    expect(seen).not.toContain(byModel);
    expect(seen).not.toContain('正在查阅');
  };

  it('where the model lies', async () => {
    const { wang, group, entity, before } = await library();
    says([lie, '第三条']);
    await wang.says(question);
    isExtractive(group.sees());
    expect(entity().streamed).toEqual([]);
    expect(group.all()).toHaveLength(before + 1);
  });

  it.each([
    ['has a wrong key', unauthorized],
    ['answers with a page', html],
    ['drops the connection', { does: 'reset' as const, pieces: ['请假的'] }],
  ])('where the endpoint %s', async (_, behaviour) => {
    const { wang, group } = await library();
    endpoint.behaves(behaviour);
    await wang.says(question);
    isExtractive(group.sees());
  });

  it('where the endpoint says nothing in time', async () => {
    const { group, clock, settle, asks } = await library();
    endpoint.behaves({ does: 'hang' });
    await asks();
    clock.pass(5_000);
    const began = performance.now();
    await settle();
    isExtractive(group.sees());
    // Six seconds had gone by when the work on it began.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(endpoint.asked).toHaveLength(1);
  });

  it('at once where the question has waited too long', async () => {
    const { group, clock, settle, asks, messenger, before } = await library();
    await asks();
    clock.pass(60_000);
    await settle();
    isExtractive(group.sees());
    expect(group.all()).toHaveLength(before + 1);
    expect(messenger.entities.size).toBe(0);
    expect(endpoint.asked).toEqual([]);
  });

  it('where nothing is found, without asking the model', async () => {
    const { wang, group } = await library();
    await wang.says('红烧肉要炖多长时间');
    expect(group.sees()).toContain('没有找到这个问题的依据');
    expect(endpoint.asked).toEqual([]);
  });
});

describe('an answer that is interrupted', () => {
  it('is ended by another process, on the same message', async () => {
    const { group, asks, settle, entity, db, before } = await library();
    endpoint.behaves({ does: 'by hand' });
    const dying = await asks();
    const asked = endpoint.nextAsked();
    const dies = dying.settle();
    await asked;
    endpoint.say(`${true1}[1]`);
    // Its process is gone: the queue gives the job to another.
    await db.sql(`update pgboss.job set state = 'retry', start_after = '2020-01-01'
      where state = 'active' and data->>'job' = 'ask.write'`);
    says([true1, '第三条'], [true2, '第四条']);
    await settle();
    expect(group.all()).toHaveLength(before + 1);
    expect(group.sees()).toContain(true2);
    expect(entity().isGrowing).toBe(false);
    endpoint.end();
    await dies;
    await settle();
    expect(group.all()).toHaveLength(before + 1);
    expect(group.sees()).toContain(byModel);
  });

  it('for good says so, and keeps nothing of what was asked', async () => {
    const { group, asks, settle, db, before } = await library();
    await asks();
    await db.sql('alter table passage rename to lost');
    for (let i = 0; i < 4; i += 1) await settle();
    expect(group.all()).toHaveLength(before + 1);
    expect(group.sees()).toContain('这一条没有处理成功');
    const [letter] = await db.sql<{ data: unknown }>(
      `select data from pgboss.job where name = 'dead-letter'`,
    );
    expect(letter?.data).toMatchObject({ job: 'ask.write' });
    expect(JSON.stringify(letter)).not.toContain('补学');
  });
});

describe('while it is written', () => {
  it('the card has nothing to press, and an old press brings a message of its own', async () => {
    const { wang, group, asks, entity, db } = await library();
    endpoint.behaves({ does: 'by hand' });
    const other = await asks();
    const asked = endpoint.nextAsked();
    const settling = other.settle();
    await asked;
    expect(textOf({ card: entity().card })).toContain('正在查阅资料…');
    expect(sizeOf({ card: entity().card }).elements).toBeLessThan(8);
    const { id } = await db.client.passage.findFirstOrThrow({ where: { text: quoted } });
    const { action, value } = readAround.with({ passage: id as PassageId });
    expect(await wang.forges(action, value)).toMatchObject({ content: '已私聊发给你' });
    endpoint.say(`${true1}[1]`);
    endpoint.end();
    await settling;
    expect(group.sees()).toContain(byModel);
  });
});

describe('the card of a written answer', () => {
  const reader = { locale: 'zh-CN' as const, zone: 'Asia/Shanghai', now: new Date() };
  const source = (n: number): Quote => ({
    passage: n as PassageId,
    title: `<at id=all></at>${n}`,
    heading: '**第一条**',
    text: `<at id=all></at> **${n}**`.padEnd(600, '字'),
    start: 0,
    isPart: true,
  });
  const rest = { id: 'the id', mayPin: true, near: [] };
  const sources = [0, 1, 2, 3, 4, 5].map(source);
  const shown = (place: 'group' | 'private', sentences: Sentence[], locale = reader.locale) =>
    writtenCard({ ...reader, locale }, { question, place, ...rest, sentences, sources });

  it('counts its sources in the order of their use, and shows those alone', () => {
    const sentences: Sentence[] = [
      { text: '甲。', cites: [4] },
      { text: '乙。', cites: [4, 1] },
    ];
    const card = textOf({ card: shown('private', sentences) });
    expect(card).toContain('甲。[1]乙。[1][2]');
    expect(card).toContain(`${source(4).text}\n[1] —— `);
    expect(card).toContain(`${source(1).text}\n[2] —— `);
    expect(card).not.toContain(source(0).text);
  });

  it('reads nothing in a sentence or a quote as markup', () => {
    const card = shown('private', [{ text: '<at id=all></at> **粗**', cites: [0] }]);
    expect(JSON.stringify(card)).not.toMatch(/markdown|lark_md/);
  });

  it('stays within what the platform takes, however much is said', () => {
    const cites = [0, 1, 2, 3, 4, 5] as [number, ...number[]];
    const sentences = Array.from({ length: 12 }, () => ({ text: '字'.repeat(166), cites }));
    const { bytes, elements } = sizeOf({ card: shown('private', sentences) });
    expect(bytes).toBeLessThan(30 * 1024);
    expect(elements).toBeLessThan(200);
  });

  it('speaks English as well', () => {
    const card = shown('group', [{ text: 'A.', cites: [0] }], 'en-US' as never);
    expect(textOf({ card })).toContain('Written by a model from the text below.');
  });
});
