import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import exceljs from 'exceljs';
import { harmless, widthsOf } from './rules.ts';
import type { Row } from './types.ts';

/** So many rows are looked at before the widths of the columns are settled, which stand before all rows. */
const sampled = 1_000;
/** After so many rows what was written is packed: else it would pile up in memory. */
const atOnce = 100;
/** No sheet of an office program holds more. */
const mostRows = 1_048_576;

/** An .xlsx that is written row by row. What people wrote is text in it and nothing else: no cell computes. */
export function createBook() {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      size += chunk.length;
      done();
    },
  });
  const options = { stream, useStyles: true, useSharedStrings: true };
  const book = new exceljs.stream.xlsx.WorkbookWriter(options);
  let sheet: exceljs.Worksheet | undefined;
  let held: Row[] | undefined;
  let written = 0;

  async function write(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      const added = sheet?.addRow(row.map(harmless));
      if (written === 0 && added) added.font = { bold: true };
      added?.commit();
      written += 1;
      if (written % atOnce === 0) await turn();
    }
  }

  /** The first rows, which waited until it was known how wide they are. */
  async function settleColumns(): Promise<void> {
    if (!sheet || !held) return;
    const rows = held;
    held = undefined;
    sheet.columns = widthsOf(rows).map((width) => ({ width }));
    await write(rows);
  }

  async function endSheet(): Promise<void> {
    await settleColumns();
    sheet?.commit();
    sheet = undefined;
  }

  return {
    /** Begins a sheet; the one before it is complete. */
    async begin(name: string): Promise<void> {
      await endSheet();
      sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
      held = [];
      written = 0;
    },

    async add(rows: readonly Row[]): Promise<void> {
      if (!held) return write(rows);
      held.push(...rows);
      if (held.length >= sampled) await settleColumns();
    },

    isOver: (most: number) => size > most || written > mostRows,

    async end(): Promise<Uint8Array> {
      await endSheet();
      await book.commit();
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}
export type Book = ReturnType<typeof createBook>;
