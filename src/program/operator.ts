import path from 'node:path';
import { StartError } from '../base/errors.ts';

/** Runs a command of an operator: says how it ended in one line, and ends with 1 where it did not work. */
export async function asOperator(work: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await work()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof StartError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** A file as it was named: npm changes the folder, and tells where the command was given. */
export function namedFile(name: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
}

/** The embedded database of a command ended by itself: there is nothing to go on with. */
export function onLost(error: Error): never {
  throw error;
}
