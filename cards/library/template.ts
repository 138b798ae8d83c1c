import type { Reader } from '../../src/bot/talk.ts';
import type { Row, SheetPlan } from '../../src/library/sheets/types.ts';
import { inBoth } from '../bot/words.ts';

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

/** Sheets, columns and values as they are read back, whatever the language. */
const form = {
  bank: '题库',
  bankColumns: ['题型', '题干', 'A', 'B', 'C', 'D', 'E', 'F', '答案', '解析', '出处', '标签'],
  single: '单选',
  survey: '问卷',
  surveyColumns: ['题型', '题目', '选项', '必填'],
  settings: '设置',
  settingColumns: ['名称', '匿名', '最少份数'],
  roster: '名册',
  rosterColumns: ['姓名', '党小组', '身份', '职务', '表决权', '豁免'],
  fullMember: '正式党员',
  yes: '是',
  no: '否',
};

const filled = inBoth(
  {
    hint: '填写说明',
    hintColumns: ['列', '怎么填'],
    bank: {
      question: '（示例）党支部党员大会一般多久召开一次？',
      options: ['每月', '每季度', '每半年', '每年'],
      explanation: '党员大会一般每季度召开 1 次。',
      source: '《支部工作条例（试行）》第十一条',
      tag: '三会一课',
      hints: [
        ['题型', '单选、多选或判断'],
        ['A 到 F', '选项，从 A 起不留空；判断题不填'],
        ['答案', '单选写 A，多选写 ABD，判断写 对 或 错'],
        ['解析、出处、标签', '可以不填'],
      ],
    },
    survey: {
      question: '（示例）你希望集中学习安排在什么时候？',
      options: '周一下午|周三下午|周五下午',
      name: '学习需求',
      hints: [
        ['题型', '单选、多选、填空或评分'],
        ['选项', '单选、多选的选项，用 | 隔开；填空、评分不填'],
        ['必填', '是 或 否'],
        ['匿名', '是 或 否；匿名的只存合计，不能改答案'],
        ['最少份数', '收到这么多份才公布结果，不填是 5'],
      ],
    },
    roster: {
      name: '（示例）张三',
      group: '第一党小组',
      duty: '组织委员',
      hints: [
        ['姓名', '和群里的姓名一致'],
        ['身份', '正式党员、预备党员、积极分子等'],
        ['表决权', '是 或 否'],
        ['豁免', '是、否，或 至 2027-03-01：到那天为止不用参加'],
      ],
    },
  },
  {
    hint: 'How to fill it in',
    hintColumns: ['Column', 'What to write'],
    bank: {
      question: '(Example) How often does the general meeting of a branch usually meet?',
      options: ['Monthly', 'Quarterly', 'Twice a year', 'Yearly'],
      explanation: 'The general meeting usually meets once a quarter.',
      source: 'Regulations on the work of branches, article 11',
      tag: 'Meetings',
      hints: [
        ['题型 (kind)', '单选 (single choice), 多选 (multiple choice) or 判断 (true or false)'],
        ['题干 (question)', 'What is asked'],
        ['A to F', 'The options, from A on without a gap; none for true or false'],
        ['答案 (answer)', 'A for a single choice, ABD for a multiple one, 对 (true) or 错 (false)'],
        ['解析、出处、标签', 'Explanation, source and tags; may stay empty'],
      ],
    },
    survey: {
      question: '(Example) When would study sessions suit you best?',
      options: 'Monday afternoon|Wednesday afternoon|Friday afternoon',
      name: 'Study needs',
      hints: [
        ['题型 (kind)', '单选 (one), 多选 (several), 填空 (text) or 评分 (a score)'],
        ['题目 (question)', 'What is asked'],
        ['选项 (options)', 'For one or several, separated by |; empty for text and score'],
        ['必填 (required)', '是 (yes) or 否 (no)'],
        ['名称 (name)', 'By this name the questionnaire is opened'],
        ['匿名 (anonymous)', '是 (yes) or 否 (no); yes: only totals are stored, answers are final'],
        ['最少份数 (minimum)', 'Results open from so many answers on; 5 where it is empty'],
      ],
    },
    roster: {
      name: '(Example) Zhang San',
      group: 'Group 1',
      duty: 'Organisation officer',
      hints: [
        ['姓名 (name)', 'As in the group chat'],
        ['党小组 (group)', 'The group within the branch'],
        [
          '身份 (standing)',
          '正式党员 (member), 预备党员 (probationary), 积极分子 (applicant) and so on',
        ],
        ['职务 (duty)', 'May stay empty'],
        ['表决权 (vote)', '是 (yes) or 否 (no)'],
        ['豁免 (exempt)', '是 (yes), 否 (no), or 至 2027-03-01: until that day'],
      ],
    },
  },
);

const sheet = (name: string, ...rows: Row[]): SheetPlan => ({ name, pages: [rows] });

function bankSheets({ locale }: Reader): SheetPlan[] {
  const { bank, ...rest } = filled[locale];
  const { question, options, explanation, source, tag, hints } = bank;
  const example = [form.single, question, ...options, '', '', 'B', explanation, source, tag];
  return [sheet(form.bank, form.bankColumns, example), hintSheet(rest, hints)];
}

function surveySheets({ locale }: Reader): SheetPlan[] {
  const { survey, ...rest } = filled[locale];
  const { question, options, name, hints } = survey;
  return [
    sheet(form.survey, form.surveyColumns, [form.single, question, options, form.yes]),
    sheet(form.settings, form.settingColumns, [name, form.no, 5]),
    hintSheet(rest, hints),
  ];
}

function rosterSheets({ locale }: Reader): SheetPlan[] {
  const { roster, ...rest } = filled[locale];
  const { name, group, duty, hints } = roster;
  const example = [name, group, form.fullMember, duty, form.yes, form.no];
  return [sheet(form.roster, form.rosterColumns, example), hintSheet(rest, hints)];
}

const hintSheet = (say: { hint: string; hintColumns: string[] }, hints: string[][]): SheetPlan =>
  sheet(say.hint, say.hintColumns, ...hints);

/** The forms with their names, in the order in which they are sent. */
export function templates(reader: Reader): { name: string; sheets: SheetPlan[] }[] {
  const { names } = words[reader.locale];
  return [
    { name: names.bank, sheets: bankSheets(reader) },
    { name: names.survey, sheets: surveySheets(reader) },
    { name: names.roster, sheets: rosterSheets(reader) },
  ];
}
