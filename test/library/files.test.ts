import { describe, expect, it } from 'vitest';
import { uploadDecisions } from '../../cards/library/files.ts';
import { card, plain, slip } from '../../cards/bot/kit.ts';
import type { FileKind, PendingUpload } from '../../src/library/files/types.ts';
import type { Branch } from '../../src/people/roster/types.ts';
import type { Feature } from '../../src/program/topics.ts';
import { bankRow, bankSheet, sheetOf } from '../support/sheet.ts';
import type { Toys } from '../support/toy-reader.ts';
import { world } from '../support/world.ts';

type World = Awaited<ReturnType<typeof world>>;
type Shown = Toys & { held: PendingUpload; branches: Branch[] };

/** Lists of toys, a feature of its own. */
const toys: Feature = ({ db, files }) => {
  const toyFile: FileKind<Toys, Shown, string[]> = {
    kind: 'toy',
    claims: { sheets: ['玩具'], endings: ['toy'] },
    reader: new URL('../support/toy-reader.ts', import.meta.url),
    form: 1,
    preview: (read, held, branches) => Promise.resolve({ ...read, held, branches }),
    async keep({ lines }, { branch }) {
      await db.sql('insert into toy select $1::int, unnest($2::text[])', branch.id, lines);
      return lines;
    },
    cards: {
      preview: (reader, { lines, held, branches: open }) =>
        card('请确认玩具', 'plain', [
          ...lines.map((toy, i) => plain(`第 ${i + 1} 行：${toy}`)),
          ...uploadDecisions(reader, { ...held, open, isOne: open.length === 1 }),
        ]),
      kept: (_reader, lines) => slip('已收', [plain(`收下 ${lines.length} 件玩具`)]),
    },
  };
  files.add(toyFile);
};
async function toyWorld() {
  const there = await world({ features: [toys] });
  await there.db.sql('create table toy (branch_id int, name text)');
  return there;
}
const toysIn = async ({ db }: World) =>
  (await db.sql<{ name: string }>('select name from toy')).map(({ name }) => name);

describe('a kind of file that a feature adds', () => {
  it.each([
    ['by how its name ends', '我的.toy', () => '积木\n陀螺'],
    ['by the name of a sheet', '我的.xlsx', () => sheetOf('玩具', [['积木'], ['陀螺']])],
  ])('is known %s, shown row by row, and stored once confirmed', async (_, name, content) => {
    const there = await toyWorld();
    const { lin, db } = there;
    await lin.sends(name, await content());
    expect(lin.private().at(-1)).toContain('第 1 行：积木\n第 2 行：陀螺');
    expect(await toysIn(there)).toEqual([]);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('收下 2 件玩具');
    expect(await toysIn(there)).toEqual(['积木', '陀螺']);
    expect(await db.client.upload.count()).toBe(0);
  });

  it('refuses in its own thread, and leaves the other kinds what is theirs', async () => {
    const { lin } = await toyWorld();
    await lin.sends('坏.toy', '积木\n\n陀螺');
    expect(lin.private().at(-1)).toContain('没有文字');
    await lin.sends('题.xlsx', await bankSheet([bankRow('判断', '题', [], '对')]));
    expect(lin.private().at(-1)).toContain('题库《题》');
    await lin.sends('别的.xlsx', await sheetOf('别的', [['积木']]));
    expect(lin.private().at(-1)).toContain('没有名为「题库、玩具」的工作表');
  });

  it('may not claim what another one claims', async () => {
    const claiming = (claims: object, kind = 'other') =>
      world({ features: [({ files }) => files.refuse({ kind, claims, refusal: 'FILE_KIND' })] });
    await expect(claiming({ sheets: ['题库'] })).rejects.toThrow('both claim the sheet 题库');
    await expect(claiming({ endings: ['docx'] })).rejects.toThrow('both claim .docx');
    await expect(claiming({}, 'bank')).rejects.toThrow('two kinds of file called bank');
  });
});

describe('a file that waits for its confirmation', () => {
  const text = '# 学习制度\n\n第一条 每周三下午集中学习。\n';
  const passages = ({ db }: World) => db.client.passage.findMany({ select: { text: true } });

  it('is read once: what was shown is what is stored', async () => {
    const there = await world();
    const { lin, db } = there;
    await lin.sends('制度.md', text);
    // Nothing can be read in these any more.
    await db.sql(`update upload set bytes = decode('000102', 'hex')`);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('《学习制度》已入库');
    expect(await passages(there)).toEqual([{ text: '第一条 每周三下午集中学习。' }]);
  });

  it.each([
    ['by the build before', 'kind = null, form = null, read = null'],
    ['in another form', 'form = form + 1'],
    ['in a way that this program does not know', `read = decode('00ff', 'hex')`],
    ['as a kind that is no more', `kind = 'gone'`],
  ])('is read anew where it was stored %s', async (_, change) => {
    const there = await world();
    const { lin, db } = there;
    await lin.sends('制度.md', text);
    await db.sql(`update upload set ${change}`);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('《学习制度》已入库');
    expect(await passages(there)).toHaveLength(1);
  });

  it('is known as a document of the platform, also where an older build had stored it', async () => {
    const there = await world();
    const { lin, db, messenger } = there;
    const blocks = [{ kind: 'text' as const, text: '缺席的同志两周内补学。' }];
    messenger.documents.set('DoxABC123', { title: '年度学习安排', blocks });
    await lin.whispers('https://branch.feishu.cn/docx/DoxABC123');
    await db.sql('update upload set kind = null, form = null, read = null');
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('《年度学习安排》已入库');
    await lin.sends('feishu:docx/DoxABC123', JSON.stringify({ title: '冒充', blocks }));
    expect(lin.private().at(-1)).toContain('这种文件还读不了');
  });

  it('goes with what was read in it: dropped, expired, stored, or deleted by its sender', async () => {
    const { lin, db, clock, settle } = await world();
    const waiting = () => db.client.upload.count();
    await lin.sends('制度.md', text);
    await lin.presses('放弃');
    expect(await waiting()).toBe(0);
    await lin.sends('制度.md', text);
    expect(await waiting()).toBe(1);
    clock.pass(25 * 3_600_000);
    await settle();
    expect(await waiting()).toBe(0);
    await lin.sends('制度.md', text);
    await lin.whispers('隐私 确认删除');
    expect(await waiting()).toBe(0);
  });
});
