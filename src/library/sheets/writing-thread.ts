/** The thread that writes sheets: see `service.ts`. It knows no database and no platform. */
import { parentPort } from 'node:worker_threads';
import { giveWay } from '../../base/worker-thread.ts';
import { createWorkbookWriter, type WorkbookWriter } from './workbook-writer.ts';
import type { SheetAnswer, SheetRequest } from './types.ts';

giveWay();
const books = new Map<number, { book: WorkbookWriter; most: number }>();

parentPort?.on('message', (request: SheetRequest) => void reply(request));

async function reply(request: SheetRequest) {
  const answer = await answerTo(request);
  if (answer.is !== 'done') books.delete(request.book);
  parentPort?.postMessage(answer, answer.is === 'made' ? [answer.bytes.buffer as ArrayBuffer] : []);
}

async function answerTo(request: SheetRequest): Promise<SheetAnswer> {
  try {
    return await carryOut(request);
  } catch (error) {
    return { is: 'failed', error: error instanceof Error ? error.name : 'unknown' };
  }
}

async function carryOut(request: SheetRequest): Promise<SheetAnswer> {
  if (request.does === 'begin') {
    books.set(request.book, { book: createWorkbookWriter(), most: request.most });
    return { is: 'done' };
  }
  if (request.does === 'drop') {
    books.delete(request.book);
    return { is: 'done' };
  }
  const found = books.get(request.book);
  // The thread that began it had to be stopped.
  if (!found) return { is: 'failed', error: 'unknown book' };
  const { book, most } = found;
  if (request.does === 'end') {
    const bytes = await book.end();
    return book.isOver(most) ? { is: 'too-big' } : { is: 'made', bytes };
  }
  if (request.does === 'sheet') await book.begin(request.name);
  else await book.add(request.rows);
  return book.isOver(most) ? { is: 'too-big' } : { is: 'done' };
}
