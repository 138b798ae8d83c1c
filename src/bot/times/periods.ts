import { fromZone } from '../../base/clock.ts';
import type { Period } from '../parts/period.ts';

/** The first moment of a period, and the first one after it. */
export function boundsOf({ year, quarter, month }: Period, zone: string) {
  const first = month ?? (quarter ? quarter * 3 - 2 : 1);
  const months = month ? 1 : quarter ? 3 : 12;
  return { from: monthStart(year, first, zone), to: monthStart(year, first + months, zone) };
}

function monthStart(year: number, month: number, zone: string): Date {
  const [y, m] = month > 12 ? [year + 1, month - 12] : [year, month];
  return fromZone(`${y}-${String(m).padStart(2, '0')}-01 00:00`, zone);
}
