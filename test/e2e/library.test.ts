import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studyGroup } from '../../simulator/sample.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { bankRow, bankSheet } from '../support/sheet.ts';
import { fromBot, read, reads, runningApp, type RunningApp } from '../support/running-app.ts';

const identity = '110101199003074573';
const at = (text: string) => `@学伴 ${text}`;

let corpusDir: string;
let app: RunningApp;
let lin: SimulatedPerson;
let gao: SimulatedPerson;
const put = (name: string, text: string) => writeFileSync(path.join(corpusDir, name), text);
const privately = (person: SimulatedPerson, ...texts: string[]) =>
  reads(app.sim, person.private, ...texts);

beforeAll(async () => {
  corpusDir = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  put('学习条例.md', '# 学习条例\n\n（2020年1月5日公布）\n\n第一条 补学在两周内完成。');
  put('名单.md', `# 名单\n\n王某 ${identity}`);
  app = await runningApp({ corpusDir });
  [lin, gao] = ['lin', 'gao'].map((handle) => app.sim.person(handle)) as [
    SimulatedPerson,
    SimulatedPerson,
  ];
  await lin.says(studyGroup, at('绑定 向阳支部'));
  await reads(app.sim, studyGroup, '绑定好了');
});
afterAll(async () => {
  await app.stop();
  rmSync(corpusDir, { recursive: true, force: true });
});

describe('the folder of documents', () => {
  it('tells the administrator which file was not taken in, and nothing of what is in it', async () => {
    const told = await privately(gao, '有 1 份没有收进来', '名单.md：这份文件里有身份证号');
    expect(read(told)).not.toContain(identity);
    expect(app.lines.join('')).toContain('document refused');
    expect(app.lines.join('')).not.toContain(identity);
  });

  it('tells a secretary what rests on the old text, and answers from the new one', async () => {
    const question = bankRow('判断', '补学在两周内完成。', [], '对', '', '《学习条例》第一条');
    await lin.sendsFile(lin.private, '题库.xlsx', await bankSheet([question]));
    await lin.presses((await privately(lin, '[确认入库]', '题库')).id, '确认入库');
    await privately(lin, '题库《题库》已入库');
    put('学习条例.md', '# 学习条例\n\n（2026年2月1日公布）\n\n第一条 补学在三周内完成。');
    await privately(lin, '公共资料《学习条例》有了新版', '题库 1 题的出处是它', '2026年2月1日公布');
    await lin.says(lin.private, '补学在几周内完成？');
    await privately(lin, '三周', '—— 《学习条例》（2026年2月1日公布） 第一条');
  });
});

describe('the documents of a branch', () => {
  it('are listed, retired and brought back with cards that the platform takes', async () => {
    await lin.sendsFile(lin.private, '值班.md', '# 值班安排\n\n第一条 值班由组织委员安排。');
    await lin.presses((await privately(lin, '请确认 · 《值班安排》')).id, '确认入库');
    await privately(lin, '《值班安排》已入库');
    await lin.says(studyGroup, at('资料'));
    await reads(app.sim, studyGroup, '已私聊发给你');
    const list = await privately(lin, '支部资料 · 向阳支部', '《值班安排》', '另有 1 份大家共用');
    expect(await lin.presses(list.id, '停用')).toMatchObject({ toast: { type: 'success' } });
    const seen = lin.sees(lin.private).find(({ id }) => id === list.id);
    expect(seen && read(seen)).toContain('已停用，不用于回答');
    await lin.says(lin.private, '资料 恢复 值班安排');
    await privately(lin, '《值班安排》已恢复');
    expect(app.lines.filter((line) => /was not sent|could not be updated/.test(line))).toEqual([]);
  });
});

it('a question with an identity number reaches no log and no card', async () => {
  await lin.says(studyGroup, at(`身份证 ${identity} 能入党吗`));
  await reads(app.sim, studyGroup, '这段话里有身份证号，没有保存');
  expect(fromBot(app.sim, studyGroup).map(read).join('\n')).not.toContain(identity);
  expect(app.lines.join('')).not.toContain(identity);
});
