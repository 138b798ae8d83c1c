import type { Round } from '../rounds/types.ts';

const lasts = 2 * 3_600_000;

/** Where no end is given, a meeting is over two hours after its start. */
export const endOf = (start: Date) => new Date(start.getTime() + lasts);

export const startOf = ({ spec }: Pick<Round, 'spec'>) => new Date(Number(spec['starts']));
