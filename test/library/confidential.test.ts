import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { confidentialIn, confidentialName } from '../../src/library/confidential/rules.ts';
import { Refusal } from '../../src/base/errors.ts';
import { openFile } from '../../src/library/files/open-file.ts';
import { readBank } from '../../src/library/banks/read-bank.ts';
import { readDocument } from '../../src/library/formats/read-document.ts';
import { docxOf, paragraph, pdfOf } from '../support/office.ts';
import { bankColumns, bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const bankIn = (name: string, content: Uint8Array) => readBank(openFile(name, content));

// Numbers that belong to nobody: made up, with the right check digit.
const identity = '110101199003074573';
const card = '6222020200001234562';

describe('the mark of a document', () => {
  it.each([
    '机密★10年\n\n关于开展专项检查的通知\n\n各支部：',
    '000012\n机 密 ★ 1 年 特急\n第一党支部文件',
    '第一党支部文件\n\n密级和保密期限：秘密★长期',
    '绝密★启用前\n2026年考试',
    '絕密\n名单',
    '【机密】人员情况',
    '党课讲稿（内部资料，注意保存）\n第一讲',
    '内部资料 注意保存\n学习参考',
    '内部文件，严禁外传\n\n正文。',
    '仅供内部使用\n\n正文。',
    '注意保存\n正文。',
    '— 注意保存 —\n正文。',
    '密级：内部\n会议纪要',
    '机密：人员情况报告\n正文。',
    'For internal use only\n\nPlan.',
    `标题\n\n${'正文。\n'.repeat(40)}\n秘密★5年\n附件`,
  ])('is found: %j', (text) => {
    expect(confidentialIn(text, 'document')).toMatchObject({ is: 'marked' });
  });

  it.each([
    '中华人民共和国保守国家秘密法\n第十四条 国家秘密的密级分为绝密、机密、秘密三级。\n绝密级国家秘密是最重要的国家秘密。',
    '国家秘密的密级\n绝密\n机密\n秘密',
    '国家秘密标志形式为“密级★保密期限”，例如“机密★10年”。',
    '内部控制制度\n第一条 党内监督和内部管理应当公开。',
    '关于内部文件管理的规定\n第一条 内部资料由专人保管，不得外传。',
    '秘密战线的故事\n一、机密要件',
    '党员不得泄露党和国家秘密。\n严守秘密是党员的义务。',
    '密级：绝密、机密、秘密三级',
    '# 活动要求\n- 准时参加\n- 注意保密\n* 严禁外传\n',
  ])('is not seen in a text that merely speaks of it: %j', (text) => {
    expect(confidentialIn(text, 'document')).toBeUndefined();
  });

  it('is not seen in the documents that come with the bot', () => {
    const folder = 'simulator/corpus';
    for (const name of readdirSync(folder)) {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      expect([name, confidentialIn(text, 'document')]).toEqual([name, undefined]);
    }
  });

  it('may stand in the name of its file', () => {
    for (const name of [
      '【机密】名单.docx',
      '内部资料-党课.pdf',
      'a/机密★名单.md',
      `${identity}.md`,
    ])
      expect(confidentialName(name)).toBeDefined();
    for (const name of [
      '秘密战线.md',
      '机密文件管理办法.docx',
      '行政法/保守国家秘密法(2024-02-27).md',
    ])
      expect(confidentialName(name)).toBeUndefined();
  });
});

describe('numbers of people', () => {
  it.each([
    [`身份证 ${identity}`, 'identity'],
    ['440305 19851120 001x', 'identity'],
    ['４４０３０５１９８５１１２０００１Ｘ', 'identity'],
    ['身份证号：110101199001011234', 'identity'],
    ['身份证号 110101900101123', 'identity'],
    [`开户银行卡号：${card.replace(/(\d{4})(?=\d)/g, '$1 ')}`, 'card'],
    ['13812345670 13812345671\n13812345672 138-1234-5673 +86 13812345674', 'phones'],
  ])('are found: %j', (text, what) => {
    expect(confidentialIn(text, 'document')).toEqual({ is: 'personal', what });
    expect(confidentialIn(text, 'question')).toEqual({ is: 'personal', what });
  });

  it.each([
    '统一社会信用代码 91110000802100433B',
    '订单 110101199001011234',
    '编号 110101199013074573',
    '第 123456789012345678901234 号',
    `流水 ${card}`,
    '联系人 13812345670，备用 13812345671',
  ])('are not seen in others: %j', (text) => {
    expect(confidentialIn(text, 'document')).toBeUndefined();
  });
});

describe('a question', () => {
  it.each([
    '国家秘密分为哪几级？',
    '机密文件怎么保管',
    '什么是（秘密）级',
    '这是机密文件吗？',
    '秘密',
    '内部资料可以外传吗',
    '国家秘密标志“机密★10年”是什么意思',
  ])('may be about secrets: %j', (text) => {
    expect(confidentialIn(text, 'question')).toBeUndefined();
  });

  it.each([
    '机密★10年 关于人员的通知说了什么',
    '【内部资料】帮我解读一下',
    '这是内部文件，帮我解读：明年的安排',
    '内部文件\n关于明年的安排\n请解读',
    '机密：明年的安排是什么',
  ])('is stopped where it carries one: %j', (text) => {
    expect(confidentialIn(text, 'question')).toMatchObject({ is: 'marked' });
  });
});

async function refusal(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'read';
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file', () => {
  it('is looked at above and below its pages as well', async () => {
    const header = { 'word/header1.xml': `<w:hdr>${paragraph('机密★10年')}</w:hdr>` };
    const body = [paragraph('学习制度', '1'), paragraph('正文。')];
    expect(await refusal(readDocument('a.docx', docxOf(body, header)))).toBe('FILE_MARKED');
    const harmless = { 'word/header1.xml': `<w:hdr>${paragraph('第一党支部')}</w:hdr>` };
    expect(await refusal(readDocument('a.docx', docxOf(body, harmless)))).toBe('read');
    const page = (n: number) => [{ text: '内部资料 注意保存' }, { text: `第${n}讲的正文。` }];
    expect(await refusal(readDocument('a.pdf', pdfOf(page(1), page(2), page(3))))).toBe(
      'FILE_MARKED',
    );
  });

  it('is looked at line by line, where a page joins a mark with its title', async () => {
    const lines = [
      { text: '内部资料' },
      { text: '党课讲稿第一讲的内容是学习制度' },
      { text: '正文' },
    ];
    expect(await refusal(readDocument('a.pdf', pdfOf(lines)))).toBe('FILE_MARKED');
    expect(await refusal(readDocument('a.pdf', pdfOf(lines.slice(1))))).toBe('read');
  });

  it('is looked at before its first heading', async () => {
    const text = '---\n密级: 机密\n---\n# 制度\n\n正文。';
    expect(await refusal(readDocument('a.md', bytes(text)))).toBe('FILE_MARKED');
  });

  it('may ask about secrets as a question bank, and may hold no numbers of people', async () => {
    const levels = ['绝密', '机密', '秘密', '内部'];
    const asks = bankRow('单选', '最高的密级是？', levels, 'A', '标志形如：机密★10年');
    expect(await refusal(bankIn('保密.xlsx', await bankSheet([asks])))).toBe('read');
    const tells = bankRow('单选', `王某（${identity}）是？`, levels, 'A');
    expect(await refusal(bankIn('a.xlsx', await bankSheet([tells])))).toBe('FILE_PERSONAL');
    const aiken = `${identity} 是谁？\nA. 甲\nB. 乙\nANSWER: A\n`;
    expect(await refusal(bankIn('a.txt', bytes(aiken)))).toBe('FILE_PERSONAL');
    expect(await refusal(bankIn('【机密】.xlsx', await bankSheet([bankColumns])))).toBe(
      'FILE_MARKED',
    );
  });
});

describe('in chat', () => {
  it('a marked file is answered calmly, and nothing of it is stored', async () => {
    const { lin, db } = await world();
    await lin.sends('通知.md', '机密★10年\n\n# 通知\n\n正文。');
    expect(lin.private().at(-1)).toContain(
      '这份文件带有「机密」标记，没有保存，也没有发给任何模型',
    );
    await lin.sends('名单.md', `# 名单\n\n王某 ${identity}`);
    expect(lin.private().at(-1)).toContain('这份文件里有身份证号，没有保存');
    expect(lin.reads()).not.toContain(identity);
    expect(await db.client.upload.count()).toBe(0);
    expect(await db.client.document.count()).toBe(0);
  });

  it('a question with a number is answered calmly, and the number is nowhere', async () => {
    const { wang, group, db } = await world();
    await wang.says(`我的身份证 ${identity} 能入党吗`);
    expect(group.sees()).toContain('这段话里有身份证号，没有保存');
    const value = { question: `身份证 ${identity}` };
    expect(await wang.pressesForged('ask.more', value)).toMatchObject({ type: 'warning' });
    const stored = JSON.stringify(await db.sql('select content from outgoing'));
    expect(stored).not.toContain(identity);
    await wang.whispers('机密★10年 关于人员的通知说了什么');
    expect(wang.private().at(-1)).toContain('这段话带有「机密」标记');
  });
});
