import { createReading } from '../../src/library/reading.ts';

/** One for all apps of a test process: to start its thread takes longer than most tests. It ends with the process. */
export const reading = createReading();
