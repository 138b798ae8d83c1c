import exceljs from 'exceljs';
import type { SampleFile } from './contract.ts';
import { bankRows } from './sample-bank.ts';

type Rows = readonly (readonly (string | number)[])[];

const surveyRows: Rows = [
  ['题型', '题目', '选项', '必填'],
  ['单选', '集中学习安排在什么时候最方便？', '周一下午|周三下午|周五下午', '是'],
  ['多选', '下个季度想学什么？', '宪法|三会一课怎样开得有内容|个人信息保护|志愿服务', '是'],
  ['评分', '最近一次主题党日的内容对工作有帮助吗？', '', '是'],
  ['填空', '对支部的学习安排有什么建议？', '', '否'],
];
const settings: Rows = [
  ['名称', '匿名', '最少份数'],
  ['学习需求', '否', 5],
];

const plans: Record<SampleFile, { name: string; sheets: Record<string, Rows> }> = {
  bank: { name: '示例题库.xlsx', sheets: { 题库: bankRows } },
  survey: { name: '示例问卷.xlsx', sheets: { 问卷: surveyRows, 设置: settings } },
};

/** A file as a secretary would have filled in the bot's form, made when it is asked for. */
export async function sampleFile(which: SampleFile): Promise<{ name: string; bytes: Uint8Array }> {
  const { name, sheets } = plans[which];
  const book = new exceljs.Workbook();
  for (const [title, rows] of Object.entries(sheets))
    book.addWorksheet(title).addRows(rows.map((row) => [...row]));
  return { name, bytes: new Uint8Array(await book.xlsx.writeBuffer()) };
}
