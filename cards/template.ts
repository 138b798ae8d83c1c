import type { Reader } from '../src/bot/talk.ts';
import type { SheetPlan } from '../src/sheets/types.ts';
import { inBoth } from './words.ts';

const words = inBoth(
  {
    sent: '三份表格：题库、问卷、名册。题库请把示例行换成自己的题目，填好后由书记私聊发回给我；列名和工作表名请不要改。问卷和名册我现在还收不了，可以先填好留着。',
    toPrivate: '表格模板已经私聊发给你。',
    names: { bank: '题库模板', survey: '问卷模板', roster: '名册模板' },
  },
  {
    sent: 'Three forms: question bank, questionnaire, roster. In the question bank, put your own questions in place of the example; a secretary then sends it back to me in private. Please keep the names of columns and sheets. I cannot take the other two yet: fill them in and keep them for later.',
    toPrivate: 'The forms were sent to you in private.',
    names: { bank: 'Question bank form', survey: 'Questionnaire form', roster: 'Roster form' },
  },
);

/** In a group it only says where the forms are. */
export const templateLine = ({ locale }: Reader, place: 'group' | 'private'): string =>
  place === 'group' ? words[locale].toPrivate : words[locale].sent;

// Sheets and columns are read back by these names, whatever the language.
const hint = '填写说明';
const bank: SheetPlan[] = [
  {
    name: '题库',
    rows: [
      [...['题型', '题干', 'A', 'B', 'C', 'D', 'E', 'F', '答案', '解析', '出处', '标签']],
      [
        ...['单选', '（示例）党支部党员大会一般多久召开一次？', '每月', '每季度', '每半年', '每年'],
        ...[
          '',
          '',
          'B',
          '党员大会一般每季度召开 1 次。',
          '《支部工作条例（试行）》第十一条',
          '三会一课',
        ],
      ],
    ],
  },
  {
    name: hint,
    rows: [
      ['列', '怎么填'],
      ['题型', '单选、多选或判断'],
      ['A 到 F', '选项，从 A 起不留空；判断题不填'],
      ['答案', '单选写 A，多选写 ABD，判断写 对 或 错'],
      ['解析、出处、标签', '可以不填'],
    ],
  },
];
const survey: SheetPlan[] = [
  {
    name: '问卷',
    rows: [
      ['题型', '题目', '选项', '必填'],
      ['单选', '（示例）你希望集中学习安排在什么时候？', '周一下午|周三下午|周五下午', '是'],
    ],
  },
  {
    name: '设置',
    rows: [
      ['名称', '匿名', '最少份数'],
      ['学习需求', '否', 5],
    ],
  },
  {
    name: hint,
    rows: [
      ['列', '怎么填'],
      ['题型', '单选、多选、填空或评分'],
      ['选项', '单选、多选的选项，用 | 隔开；填空、评分不填'],
      ['必填', '是 或 否'],
      ['匿名', '是 或 否；匿名的只存合计，不能改答案'],
      ['最少份数', '收到这么多份才公布结果，不填是 5'],
    ],
  },
];
const roster: SheetPlan[] = [
  {
    name: '名册',
    rows: [
      ['姓名', '党小组', '身份', '职务', '表决权', '豁免'],
      ['（示例）张三', '第一党小组', '正式党员', '组织委员', '是', '否'],
    ],
  },
  {
    name: hint,
    rows: [
      ['列', '怎么填'],
      ['姓名', '和群里的姓名一致'],
      ['身份', '正式党员、预备党员、积极分子等'],
      ['表决权', '是 或 否'],
      ['豁免', '是、否，或 至 2027-03-01：到那天为止不用参加'],
    ],
  },
];

/** The forms with their names, in the order in which they are sent. */
export function templates({ locale }: Reader): { name: string; sheets: SheetPlan[] }[] {
  const { names } = words[locale];
  return [
    { name: names.bank, sheets: bank },
    { name: names.survey, sheets: survey },
    { name: names.roster, sheets: roster },
  ];
}
