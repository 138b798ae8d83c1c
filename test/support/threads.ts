import { createFileReading } from '../../src/library/files/file-reading.ts';
import { createSheets } from '../../src/library/sheets/service.ts';

// One of each for all apps of a test process: to start a thread takes longer than most tests. They end with the process.
export const reading = createFileReading();
export const sheets = createSheets();
