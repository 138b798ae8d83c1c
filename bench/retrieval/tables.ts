import { sureEnough } from '../../src/answers/retrieval/confidence.ts';
import {
  type Asked,
  auroc,
  isRightAtOnce,
  type Measured,
  qualityOf,
  quantile,
  sureness,
} from './measures.ts';

const nothing = 'near';
const setOf = ({ query }: Asked) => query.id.slice(0, query.id.indexOf(':'));
/** Questions like those of this set whose passages are not in the corpus. */
const nearMissesOf = (set: string, asked: readonly Asked[]) =>
  asked.filter(({ query }) => query.id.startsWith(`${nothing}:${set}`));
const digits = (value: number, places = 1) =>
  Number.isFinite(value) ? value.toFixed(places) : '–';

/** Per corpus, set and engine: what is found where. */
export function qualityTable(all: readonly Measured[]): string {
  const rows = all.flatMap(({ name, passages, asked }) =>
    [...new Set(asked.map(setOf))]
      .filter((set) => set !== nothing)
      .map((set) => {
        const those = asked.filter((each) => setOf(each) === set);
        const { questions, atOne, atTen, mrr, ndcg } = qualityOf(those);
        const misses = nearMissesOf(set, asked);
        const right = those.filter(isRightAtOnce);
        const measured = [atOne, atTen, mrr, ndcg, auroc(those, misses), auroc(right, misses)];
        return [set, passages, name, questions, ...measured.map((each) => digits(each))];
      }),
  );
  const sorted = rows.sort((one, other) => String(one[0]).localeCompare(String(other[0])));
  const head = ['set', 'passages', 'engine', 'questions', 'R@1', 'R@10', 'MRR', 'nDCG@10'];
  return table([...head, 'AUROC', 'AUROC of the right'], sorted);
}

/** What each band's line of confidence lets through, where a set knows near misses. */
export function bandTable(all: readonly Measured[]): string {
  const rows = all
    .filter(({ name }) => name === 'Xueban')
    .flatMap(({ passages, asked }) =>
      [...new Set(asked.map(setOf))].flatMap((set) => {
        const misses = nearMissesOf(set, asked);
        if (set === nothing || misses.length === 0) return [];
        const right = asked.filter((each) => setOf(each) === set && isRightAtOnce(each));
        return [[set, passages, ...sharesOf(right), ...sharesOf(misses)]];
      }),
    );
  const bands = ['sure', 'less', 'below'];
  const head = [
    ...bands.map((band) => `right: ${band}`),
    ...bands.map((band) => `no answer: ${band}`),
  ];
  return table(['set', 'passages', ...head], rows);
}

const sharesOf = (asked: readonly Asked[]) => {
  const { answer, related } = sureEnough;
  const among = (from: number, below: number) => {
    const those = asked.map(sureness).filter((sure) => sure >= from && sure < below);
    return `${digits((100 * those.length) / asked.length, 0)} %`;
  };
  return [among(answer, 2), among(related, answer), among(-1, related)];
};

/** What a search and taking in a passage cost, in milliseconds. */
export function speedTable(all: readonly Measured[]): string {
  const rows = all.map(({ name, passages, importMs, asked }) => {
    const times = asked.map(({ result }) => result.ms);
    const [middle, slow] = [quantile(times, 0.5), quantile(times, 0.95)];
    return [name, passages, digits(middle), digits(slow), digits(importMs / passages, 2)];
  });
  return table(['engine', 'passages', 'p50 ms', 'p95 ms', 'import, ms a passage'], rows);
}

function table(head: readonly string[], rows: readonly (string | number)[][]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
