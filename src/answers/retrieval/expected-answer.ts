import { plainForm } from '../words/words.ts';

const number = '[0-9零一二三四五六七八九十百千两半]';
// The first that fits counts: 几年 asks for a length, 哪年 for a date.
const kinds: { asks: RegExp; looks: RegExp }[] = [
  {
    asks: /多久.*[一几]次|几次|多少次|频率|how often/u,
    looks: /[每按].{0,3}[天日周月季年届]|次|随时|定期/u,
  },
  {
    asks: /多久|多长|[几多]少?个?(?:天|年|月|小时|周|日)|期限|时限|任期|年限|how long|how many (?:days|years|months|weeks|hours)/u,
    looks: new RegExp(`${number}\\s*个?(?:天|日|年|月|小时|周|星期|分钟|工作日|世纪)`, 'u'),
  },
  {
    asks: /什么时候|什么时间|何时|哪一?[年天月日]|何年|几[月号]|哪个(?:年代|时期)|when\b/u,
    looks: new RegExp(`${number}\\s*[年月]|世纪|之日|年间|时期`, 'u'),
  },
  {
    asks: /多少[钱元]|几元|金额|罚多少|how much/u,
    looks: new RegExp(`${number}[万亿千]?\\s*余?元|百分之|%`, 'u'),
  },
  {
    asks: /多少|几[个名人次倍种等条件位项座所家只台首本张层]|比例|占比/u,
    looks: new RegExp(number, 'u'),
  },
  {
    asks: /哪些|哪几|种类|有什么|包括什么/u,
    looks: /[（(][一1][)）]|下列|以下|[^、]+、[^、]+、|[和及]/u,
  },
];

/**
 * A pattern of the kind of answer a question asks for: a length of time, a date, an amount, a number, a list.
 * Undefined where the question does not tell. The pattern is for text in plain form.
 */
export function expectedPattern(question: string): RegExp | undefined {
  const asked = plainForm(question);
  return kinds.find(({ asks }) => asks.test(asked))?.looks;
}
