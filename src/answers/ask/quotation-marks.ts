/** What stands between quotation or title marks, and where (the marks included). */
export interface Quotation {
  text: string;
  is: 'quote' | 'title';
  start: number;
  end: number;
}

const closers: Readonly<Record<string, string>> = {
  ...{ '“': '”', '‘': '’', '「': '」', '『': '』', '«': '»', '〝': '〞', '《': '》', '〈': '〉' },
};
const closing = new Set(Object.values(closers));
const straight = new Set(['"', '＂']);

/** All that is quoted, the outer and the inner; `isWhole` is false where a mark has no partner. */
export function quotationsIn(text: string): { quoted: Quotation[]; isWhole: boolean } {
  const quoted: Quotation[] = [];
  const open: { mark: string; start: number }[] = [];
  let isWhole = true;
  for (let i = 0; i < text.length; i += 1) {
    const mark = text.charAt(i);
    const top = open.at(-1);
    const closes = top && (straight.has(mark) ? top.mark === mark : closers[top.mark] === mark);
    if (top && closes) {
      open.pop();
      const is = top.mark === '《' || top.mark === '〈' ? 'title' : 'quote';
      quoted.push({ text: text.slice(top.start + 1, i), is, start: top.start, end: i + 1 });
    } else if (straight.has(mark) || closers[mark]) open.push({ mark, start: i });
    // An apostrophe is written with the same sign.
    else if (closing.has(mark) && mark !== '’') isWhole = false;
  }
  return { quoted, isWhole: isWhole && open.length === 0 };
}
