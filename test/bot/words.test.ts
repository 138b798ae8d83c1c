import { describe, expect, it } from 'vitest';
import { chinese, readWords, sourcesIn, withoutFixed, type Piece } from '../support/pairs.ts';

// Why Chinese may stand outside a pair: whoever adds a line here says which of these it is.
const reads = 'what people and files write is read by it; nobody is shown it';
const fixed = 'other programs and the forms know it by this name, whatever the language';
const sample = 'what the people of the sample branch are called, say and have written';
const toModel = 'a model is asked with it; nobody is shown it';
/** By file, and there by declaration or all of it. */
type Exempt = Readonly<Record<string, { why: string; in: readonly string[] | '*' }>>;

const exempt: Exempt = {
  'cards/rounds/export.ts': { why: fixed, in: ['sheets', 'columns'] },
  'cards/library/template.ts': { why: fixed, in: ['form'] },
  'simulator/sample-document.ts': { why: fixed, in: '*' },
  'src/answers/ask/figures.ts': { why: reads, in: '*' },
  'src/answers/ask/misattributed-numbers.ts': { why: reads, in: ['numbersInContext'] },
  'src/answers/ask/modality.ts': { why: reads, in: '*' },
  'src/answers/ask/numerals.ts': { why: reads, in: '*' },
  'src/answers/ask/prompt.ts': { why: toModel, in: '*' },
  'src/answers/ask/reranking.ts': { why: toModel, in: '*' },
  'src/answers/ask/quantities.ts': { why: reads, in: '*' },
  'src/answers/ask/quotation-marks.ts': { why: reads, in: '*' },
  'src/base/chinese-numerals.ts': { why: reads, in: '*' },
  'handlers/people/record.ts': { why: reads, in: ['studyRest'] },
  'handlers/rounds/meetings-commands.ts': { why: reads, in: ['furtherMarks'] },
  'src/bot/parts/clock.ts': { why: reads, in: ['hours', 'range'] },
  'src/bot/times/days.ts': { why: reads, in: '*' },
  'src/bot/times/ends.ts': { why: reads, in: '*' },
  'src/bot/small-talk.ts': { why: reads, in: ['words'] },
  'src/bot/times/time-of-day.ts': { why: reads, in: ['partWords', 'count', 'hourForms'] },
  'src/bot/times/times.ts': { why: reads, in: ['count', 'way', 'half', 'chineseSpan', 'span'] },
  'src/library/confidential/rules.ts': { why: reads, in: '*' },
  // A wide bracket in place of one that the platform would take for a tag.
  'src/feishu/messages/contents.ts': { why: fixed, in: ['createContents'] },
  'src/library/banks/question-row.ts': { why: reads, in: ['truths', 'lies'] },
  'src/library/formats/docx.ts': { why: reads, in: ['styleMap'] },
  'src/library/articles/edition.ts': { why: reads, in: '*' },
  'src/library/formats/plain.ts': { why: reads, in: ['number', 'headings'] },
  'src/library/banks/bank-sheet.ts': { why: fixed, in: ['bankSheet', 'surveySheet', 'columns'] },
  'src/rounds/quiz/words.ts': { why: reads, in: ['truths', 'lies'] },
  'src/answers/words/default-synonyms.ts': { why: reads, in: ['defaultSynonyms'] },
  'src/answers/words/everyday-words.ts': { why: reads, in: '*' },
  'src/answers/retrieval/expected-answer.ts': { why: reads, in: '*' },
  'src/answers/words/domain-words.ts': { why: reads, in: ['domainWords'] },
  'src/answers/words/stop-words.ts': { why: reads, in: ['particles', 'questionWords'] },
  'src/answers/retrieval/window.ts': { why: reads, in: ['state'] },
  'src/answers/words/words.ts': { why: reads, in: ['comparable', 'termsOf'] },
  'src/answers/standard/rules.ts': { why: reads, in: ['light'] },
  'simulator/sample.ts': { why: sample, in: '*' },
  'simulator/sample-bank.ts': { why: sample, in: '*' },
  'simulator/sample-files.ts': { why: sample, in: '*' },
  'simulator/scene.ts': { why: sample, in: ['question'] },
  'simulator/speech.ts': { why: reads, in: ['everybody'] },
  'simulator/page/suggestions.ts': { why: sample, in: ['suggestionsFor', 'isSecretary'] },
};

/** In English too: the bot's own name, and what the sample documents, which are Chinese, can be asked. */
const inSamples = /@学伴|三会一课|党员大会多久开一次？/g;
const isEnglish = (text: string) => !chinese.test(withoutFixed(text.replace(inSamples, '')));

const files = sourcesIn('src', 'handlers', 'cards', 'jobs', 'simulator');
const read = files.map((file) => readWords(file));
const pieces = read.flatMap((each) => each.pieces);
const told = ({ file, line, text }: Piece) => `${file}:${line} ${text.trim()}`;
const isExempt = ({ file, within }: Piece) => {
  const names = exempt[file]?.in ?? [];
  return names === '*' || names.includes(within);
};
/** Two words or more beside each other. */
const english = /[A-Za-z]{2,} [a-z]{2,}/;

describe('words that people read', () => {
  it('stand in both languages: no Chinese outside a pair', () => {
    const alone = pieces.filter((each) => chinese.test(each.text) && each.halves.size === 0);
    expect(alone.filter((each) => !isExempt(each)).map(told)).toEqual([]);
  });

  it('are English in the English half', () => {
    const mixed = pieces.filter((each) => each.halves.has('en') && !isEnglish(each.text));
    expect(mixed.filter((each) => !isExempt(each)).map(told)).toEqual([]);
  });

  it('are Chinese in the Chinese half', () => {
    const left = pieces.filter(({ halves, text }) => halves.has('zh') && !chinese.test(text));
    expect(left.filter(({ text }) => english.test(text)).map(told)).toEqual([]);
  });

  it('stand in no sentence outside a pair, also not in an English one', () => {
    const ours = pieces.filter(({ file }) => /^(?:cards|handlers)\//.test(file));
    const alone = ours.filter((each) => each.halves.size === 0 && !each.isInternal);
    expect(alone.filter(({ text }) => english.test(text)).map(told)).toEqual([]);
  });

  it('tell the same values in both languages', () => {
    const twins = read.flatMap((each) => each.twins);
    expect(twins.length).toBeGreaterThan(200);
    const differ = twins.filter(({ zh, en }) => zh !== en);
    expect(differ.map(({ file, line, zh, en }) => `${file}:${line} ${zh} | ${en}`)).toEqual([]);
  });

  it('are exempt only where there is something to exempt', () => {
    const isOdd = ({ text, halves }: Piece) =>
      chinese.test(text) && (halves.size === 0 || halves.has('en'));
    const needed = pieces.filter((each) => isOdd(each) && isExempt(each));
    const used = new Set(needed.flatMap(({ file, within }) => [`${file} ${within}`, `${file} *`]));
    const listed = Object.entries(exempt).flatMap(([file, { in: names }]) =>
      Array.from(names).map((name) => `${file} ${name}`),
    );
    expect(listed.filter((each) => !used.has(each))).toEqual([]);
  });
});

describe('the search for them', () => {
  const of = (text: string) => readWords('x.ts', text);
  const halvesOf = (text: string, part: string) =>
    of(text)
      .pieces.filter((each) => each.text.includes(part))
      .map(({ halves }) => [...halves].join());

  it('knows the halves of a pair, also by name and through what only one of them uses', () => {
    expect(halvesOf(`const w = inBoth({ a: '好' }, { a: 'good' })`, '好')).toEqual(['zh']);
    expect(halvesOf(`const zh = ['好'], en = ['good']; both(zh, en)`, 'good')).toEqual(['en']);
    const apart = `const end = (x) => \`\${x}。\`; const zh = { a: (x) => end(x) }; inBoth(zh, { a: (x) => x })`;
    expect(halvesOf(apart, '。')).toEqual(['zh']);
    expect(halvesOf(`say = locale === 'zh-CN' ? '好' : 'good'`, '好')).toEqual(['zh']);
  });

  it('finds text outside of pairs and in both halves, but no types, keys and patterns', () => {
    expect(halvesOf(`function line() { return \`\${x}好\`; }`, '好')).toEqual(['']);
    const shared = `const end = () => '好'; inBoth({ a: () => end() }, { a: () => end() })`;
    expect(halvesOf(shared, '好')).toEqual(['zh,en']);
    expect(halvesOf(`type T = '好'; const k = { 好: 1 }; const r = /好/`, '好')).toEqual([]);
  });

  it('compares what two sentences tell', () => {
    const twinsOf = (zh: string, en: string) =>
      of(`inBoth({ a: ${zh} }, { a: ${en} })`).twins.map((each) => each.zh === each.en);
    expect(twinsOf('(n) => `${n} 人`', '(count) => `${count} people`')).toEqual([true]);
    expect(twinsOf('(n) => `${n} 人`', '() => "people"')).toEqual([false]);
    expect(twinsOf('({ fact }) => fact("a")', '(told) => told.fact("a")')).toEqual([true]);
    expect(twinsOf('({ fact }) => fact("a")', '(told) => told.fact("b")')).toEqual([false]);
  });
});
