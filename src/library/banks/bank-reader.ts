/** Question banks in the reading thread: see `bank-file.ts`. */
export { readBank as read } from './read-bank.ts';
