import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import exceljs from 'exceljs';
import { harmless, widthsOf } from './rules.ts';
import type { Row } from './types.ts';

/** Column widths are written before all rows, so this many rows are held back to decide them. */
const sampled = 1_000;
/** After so many rows the writer pauses, so that finished rows are compressed and do not pile up in memory. */
const atOnce = 100;
/** No sheet of an office program holds more. */
const mostRows = 1_048_576;

/** Writes an .xlsx row by row. Text of people is written as text only, so that no cell computes. */
export function createWorkbookWriter() {
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
  let heldBack: Row[] | undefined;
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

  /** Decides the widths by the rows held back, and writes them. */
  async function setColumnWidths(): Promise<void> {
    if (!sheet || !heldBack) return;
    const rows = heldBack;
    heldBack = undefined;
    sheet.columns = widthsOf(rows).map((width) => ({ width }));
    await write(rows);
  }

  async function endSheet(): Promise<void> {
    await setColumnWidths();
    sheet?.commit();
    sheet = undefined;
  }

  return {
    /** Begins a sheet; the one before it is complete. */
    async begin(name: string): Promise<void> {
      await endSheet();
      sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
      heldBack = [];
      written = 0;
    },

    async add(rows: readonly Row[]): Promise<void> {
      if (!heldBack) return write(rows);
      heldBack.push(...rows);
      if (heldBack.length >= sampled) await setColumnWidths();
    },

    isOver: (most: number) => size > most || written > mostRows,

    async end(): Promise<Uint8Array> {
      await endSheet();
      await book.commit();
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}
export type WorkbookWriter = ReturnType<typeof createWorkbookWriter>;
