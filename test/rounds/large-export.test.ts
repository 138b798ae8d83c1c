import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/bot/talk.ts';
import { createProgress } from '../../jobs/rounds/export-progress.ts';
import { createSheets } from '../../src/library/sheets/service.ts';
import { sheets as writing } from '../support/threads.ts';
import { world } from '../support/world.ts';

type World = Awaited<ReturnType<typeof world>>;

/** Check-ins of March that ask this many people each, half of whom have answered in words of their own. */
async function askMany({ db, lin }: World, rounds: number, people: number) {
  await db.sql(
    `insert into person (open_id, name) select 'ou_many_' || n, '成员' || n from generate_series(1, $1::int) n`,
    people,
  );
  await db.sql(
    `insert into round (branch_id, number, kind, title, chat_id, opened_by, opened_at, closes_at)
     select b.id, 100 + n, 'checkin', '第' || n || '周学习', c.id, $2::int, $3::timestamptz, $3::timestamptz + interval '3 days'
     from branch b join chat c on c.branch_id = b.id, generate_series(1, $1::int) n`,
    ...[rounds, lin.id, new Date('2026-03-01T10:00:00+08:00')],
  );
  await db.sql(
    `insert into round_person (round_id, person_id) select r.id, p.id from round r, person p
     where r.number > 100 and p.open_id like 'ou_many_%'`,
  );
  await db.sql(
    `insert into answer (round_id, person_id, at, content)
     select round_id, person_id, $1::timestamptz, jsonb_build_object('text', '学了第' || round_id || '课，' || person_id)
     from round_person where person_id % 2 = 0`,
    new Date('2026-03-01T11:00:00+08:00'),
  );
}

/** The one file this person got, as its sheets' rows of text. */
async function sheetsOf({ messenger }: World): Promise<Map<string, string[][]>> {
  const sent = messenger.messages.flatMap(({ content }) => ('file' in content ? [content] : []));
  expect(sent).toHaveLength(1);
  const book = new exceljs.Workbook();
  await book.xlsx.load(Uint8Array.from(sent[0]?.file.bytes ?? []).buffer);
  const rowsOf = (sheet: exceljs.Worksheet) => {
    const rows: string[][] = [];
    sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(String)));
    return rows;
  };
  return new Map(book.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]));
}

it('30,000 rows are made beside the event loop, and all of them arrive', async () => {
  const there = await world('2026-03-02T10:00:00+08:00');
  const [rounds, people] = [10, 3_000];
  await askMany(there, rounds, people);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const began = performance.now();
  delay.enable();
  await there.lin.whispers('导出 3月');
  delay.disable();
  // In one stretch it took most of the time that the whole export needs.
  expect(delay.max / 1e6).toBeLessThan((performance.now() - began) / 4);
  const sheets = await sheetsOf(there);
  expect(sheets.get('汇总')).toHaveLength(1 + rounds);
  const rows = sheets.get('明细') ?? [];
  expect(rows).toHaveLength(1 + rounds * people);
  expect(new Set(rows.slice(1).map((row) => `${row[0]} ${row[5]}`)).size).toBe(rounds * people);
});

it('tells how far it is on one card, once it takes longer than two seconds', async () => {
  const { lin, db, clock, settle, replica } = await world();
  const { outbox } = await replica();
  const reader = (): Reader => ({ locale: 'zh-CN', zone: 'Asia/Shanghai', now: clock.now() });
  const making = { id: randomUUID(), person: lin.id, name: '导出 2026年', total: 1_000 };
  const progress = createProgress({ db, clock, outbox, reader }, making);
  const told = () => lin.private().filter((text) => text.includes(making.name));
  await progress.reached(100);
  await settle();
  expect(told()).toEqual([]);
  await progress.reached(300);
  await settle();
  expect(told()).toEqual([expect.stringContaining('30%')]);
  await progress.reached(650);
  await settle();
  expect(told()).toEqual([expect.stringContaining('65%')]);
  await progress.ended('made');
  await settle();
  expect(told()).toEqual([expect.stringContaining('整理好了')]);
});

describe('the thread that writes sheets', () => {
  it('refuses what is larger than it may be, and writes the next', async () => {
    const rows = Array.from({ length: 3_000 }, () => [randomUUID()]);
    const large = writing.write([{ name: '明细', pages: [rows] }], 10_000);
    await expect(large).rejects.toMatchObject({ code: 'EXPORT_TOO_BIG' });
    const small = await writing.write([{ name: '明细', pages: [[['姓名']]] }], 10_000);
    expect(small.length).toBeGreaterThan(1_000);
  });

  it('writes several files at once, and forgets one whose rows cannot be read', async () => {
    async function* broken(): AsyncGenerator<string[][]> {
      yield [['姓名']];
      await Promise.reject(new Error('the database is gone'));
    }
    const names = ['甲', '乙', '丙'];
    const [failed, ...written] = await Promise.allSettled([
      writing.write([{ name: '坏', pages: broken() }]),
      ...names.map((name) => writing.write([{ name, pages: [[['姓名']], [[name]]] }])),
    ]);
    expect(failed).toMatchObject({
      status: 'rejected',
      reason: { message: 'the database is gone' },
    });
    for (const [i, each] of written.entries()) {
      const book = new exceljs.Workbook();
      const bytes = each.status === 'fulfilled' ? each.value : new Uint8Array();
      await book.xlsx.load(Uint8Array.from(bytes).buffer);
      expect(book.getWorksheet(names[i])?.getCell('A2').value).toBe(names[i]);
    }
  });

  it('fails with the thread that was stopped, and writes the next file in a new one', async () => {
    const own = createSheets({ ms: 60_000, memoryMb: 64, idleMs: 60_000 });
    const endless = function* () {
      for (;;) yield Array.from({ length: 500 }, () => [randomUUID().repeat(200)]);
    };
    const heavy = own.write([{ name: '明细', pages: endless() }], Number.MAX_SAFE_INTEGER);
    await expect(heavy).rejects.toMatchObject({ code: 'EXPORT_TOO_BIG' });
    await expect(own.write([{ name: '明细', pages: [[['姓名']]] }])).resolves.toBeDefined();
    await own.close();
  });
});
