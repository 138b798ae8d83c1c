import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/base/errors.ts';
import { readDocument } from '../../src/library/formats/read-document.ts';
import { bullet, docxOf, paragraph, pdfOf, pdfOfStreams, table } from '../support/office.ts';
import { zipOf } from '../support/zip.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (name: string, content: string | Uint8Array) =>
  readDocument(name, typeof content === 'string' ? utf8(content) : content);

/** Headings with their level in front, texts as they are. */
const lines = async (name: string, content: string | Uint8Array) =>
  (await read(name, content)).blocks.map((block) =>
    block.kind === 'heading' ? `${'#'.repeat(block.level)} ${block.text}` : block.text,
  );

async function refusal(name: string, content: string | Uint8Array) {
  try {
    await read(name, content);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'read';
}

describe('Markdown', () => {
  it('takes headings, paragraphs, lists and tables as a reader sees them', async () => {
    const text = [
      '# 学习**制度**',
      '第一段，见[附件](http://example.com)。\n第二行。',
      '## 安排',
      '1. 集中学习\n2. 个人自学\n   - 读书\n   - 听讲',
      '| 环节 | 用时 |\n| --- | --- |\n| 领学 | **20** 分钟 |',
      '> 引用一句',
    ].join('\n\n');
    expect((await read('a.md', text)).title).toBe('学习制度');
    expect(await lines('a.md', text)).toEqual([
      '第一段，见附件。\n第二行。',
      '## 安排',
      '1. 集中学习\n2. 个人自学\n  - 读书\n  - 听讲',
      '环节 | 用时\n领学 | 20 分钟',
      '引用一句',
    ]);
  });

  it('leaves out front matter, comments and pictures', async () => {
    const text = '---\ntitle: x\n---\n# 甲\n<!-- 注 -->\n\n正文 ![图](x.png)。';
    expect(await lines('a.md', text)).toEqual(['正文 。']);
  });

  it('keeps as text what looks like a mention of everybody', async () => {
    expect(await lines('a.md', '大家 <at id=all></at> 好')).toEqual(['大家 <at id=all></at> 好']);
    expect(await lines('a.md', '<at id=all></at>')).toEqual(['<at id=all></at>']);
  });
});

describe('HTML', () => {
  it('takes headings, paragraphs, lists and tables, and drops scripts, styles and menus', async () => {
    const page = `<html><head><title>页面</title><style>p{}</style></head><body>
      <nav>菜单</nav><h1>党课&nbsp;讲稿</h1><script>alert(1)</script>
      <p>一段 <b>粗体</b><br>下一行 &lt;at id=all&gt;</p><h2>要点</h2>
      <ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>
      <table><tr><th>项</th><th>值</th></tr><tr><td>一</td><td>二</td></tr></table></body></html>`;
    expect((await read('a.html', page)).title).toBe('党课 讲稿');
    expect(await lines('a.html', page)).toEqual([
      '一段 粗体\n下一行 <at id=all>',
      '## 要点',
      '- 甲\n  - 乙\n- 丙',
      '项 | 值\n一 | 二',
    ]);
  });

  it('reads paragraphs within a table that only lays the page out', async () => {
    expect(await lines('a.htm', '<table><tr><td><p>甲</p><p>乙</p></td></tr></table>')).toEqual([
      '甲',
      '乙',
    ]);
  });

  it('takes its title from <title> where there is no heading', async () => {
    expect((await read('a.html', '<title> 通 知 </title><p>正文</p>')).title).toBe('通 知');
  });

  it.each([
    '<!doctype html><title>通知</title><p>正文</p>',
    '<!DOCTYPE html>\n<html><title>通知</title><p>正文</p></html>',
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd">\n<title>通知</title><p>正文</p>',
  ])('of what stands before the text only the title is kept: %j', async (page) => {
    expect((await read('a.html', page)).title).toBe('通知');
    expect(await lines('a.html', page)).toEqual(['正文']);
  });
});

describe('plain text', () => {
  it('guesses its headings from lines that number chapters, sections and points', async () => {
    const text =
      '支部学习制度\n\n第一章 总则\n第一条 为了学习。\n　　续行。\n\n第二条 坚持自愿。\n一、安排\n正文。';
    expect((await read('a.txt', text)).title).toBe('支部学习制度');
    expect(await lines('a.txt', text)).toEqual([
      '## 第一章 总则',
      '第一条 为了学习。\n续行。',
      '第二条 坚持自愿。',
      '#### 一、安排',
      '正文。',
    ]);
  });

  it('takes no sentence for a heading, and no chapter for a title', async () => {
    expect(await lines('通知.txt', '第三章 讲的是学习。\n一、这里说的是一件事情，')).toEqual([
      '第三章 讲的是学习。\n一、这里说的是一件事情，',
    ]);
    expect((await read('folder/通知.txt', '第一章 总则\n正文。')).title).toBe('通知');
  });
});

describe('.docx', () => {
  it('takes headings, paragraphs, lists and tables as the Markdown reader does', async () => {
    const file = docxOf([
      paragraph('学习制度', '1'),
      paragraph('第一段 <at id=all></at>。'),
      paragraph('安排', '2'),
      bullet('集中学习'),
      bullet('读书', 1),
      bullet('个人自学'),
      table([
        ['环节', '用时'],
        ['领学', '20 分钟'],
      ]),
    ]);
    expect((await read('a.docx', file)).title).toBe('学习制度');
    expect(await lines('a.docx', file)).toEqual([
      '第一段 <at id=all></at>。',
      '## 安排',
      '- 集中学习\n  - 读书\n- 个人自学',
      '环节 | 用时\n领学 | 20 分钟',
    ]);
  });

  it('guesses headings where no paragraph is styled as one', async () => {
    const texts = ['支部学习制度', '第一章 总则', '第一条 为了学习。', '第二条 坚持自愿。'];
    const file = docxOf(texts.map((text) => paragraph(text)));
    expect((await read('a.docx', file)).title).toBe('支部学习制度');
    expect(await lines('a.docx', file)).toEqual([
      '## 第一章 总则',
      '第一条 为了学习。',
      '第二条 坚持自愿。',
    ]);
  });

  it('leaves macros alone', async () => {
    const file = docxOf([paragraph('正文。')], { 'word/vbaProject.bin': 'Sub AutoOpen()' });
    expect(await lines('a.docx', file)).toEqual(['正文。']);
  });
});

describe('.pdf', () => {
  it('takes lines in larger letters for headings, and makes broken paragraphs whole', async () => {
    const long = '为了把学习落到实处，支部每月至少安排一次集中学习，并在会后三天';
    const file = pdfOf([
      { text: '学习制度', size: 20 },
      { text: '安排', size: 15, down: 30 },
      { text: long, x: 84 },
      { text: '内补上缺的部分。' },
      { text: '第二段。', x: 84 },
    ]);
    expect((await read('a.pdf', file)).title).toBe('学习制度');
    expect(await lines('a.pdf', file)).toEqual(['## 安排', `${long}内补上缺的部分。`, '第二段。']);
  });

  it('guesses headings where all letters are of one size, and leaves out what pages repeat', async () => {
    const page = (n: number, text: string) => [
      { text: '第一党支部学习资料' },
      { text, down: 40 },
      { text: `— ${n} —`, down: 500 },
    ];
    const file = pdfOf(
      page(1, '第一章 总则'),
      page(2, '第一条 为了学习。'),
      page(3, '第二条 自愿。'),
    );
    expect(await lines('a.pdf', file)).toEqual([
      '# 第一章 总则',
      '第一条 为了学习。',
      '第二条 自愿。',
    ]);
  });
});

describe('encodings', () => {
  const gbk = Uint8Array.from(Buffer.from('d6d0b9fab9b2b2fab5b3d5c2b3cca1a3', 'hex'));
  const utf16 = Buffer.from('\ufeff中国共产党章程。', 'utf16le');
  it.each([
    ['UTF-8', utf8('中国共产党章程。')],
    ['UTF-8 with its mark', utf8('\ufeff中国共产党章程。')],
    ['GB18030', gbk],
    ['UTF-16', utf16],
    ['UTF-16, the big end first', Buffer.from(utf16).swap16()],
  ])('reads %s', async (_, bytes) => {
    expect(await lines('a.txt', bytes)).toEqual(['中国共产党章程。']);
  });

  it('reads what a page declares', async () => {
    const page = Buffer.concat([
      Buffer.from('<meta charset="big5"><p>'),
      Buffer.from('a4a4a4e5', 'hex'),
    ]);
    expect(await lines('a.html', page)).toEqual(['中文']);
  });

  it('reads a text with a torn character, and counts it', async () => {
    const torn = utf8('学习材料。'.repeat(200)).subarray(0, -1);
    expect((await read('a.txt', torn)).lost).toBe(1);
    expect((await lines('a.txt', torn))[0]).toContain('学习材料。学习材料。');
  });

  it('leaves out U+0000, other control characters and marks that turn the direction', async () => {
    const text = `一\u0000二\u0007三\u202e四${'。'.repeat(600)}`;
    expect((await lines('a.txt', text))[0]).toMatch(/^一二三四。/);
  });
});

describe('what cannot be read', () => {
  const oldContainer = (holds: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(holds, 'utf16le')]);
  const bomb = docxOf([paragraph('正文。')], { 'word/big.xml': Buffer.alloc(101 * 1024 * 1024) });
  const hash = '00'.repeat(32);
  const locked = pdfOfStreams(
    [Buffer.from('')],
    `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${hash}> /U <${hash}> >>`,
  );
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + i * i) % 256);
  it.each([
    ['an old kind', 'a.doc', 'x', 'FILE_OLD_KIND'],
    ['another old kind', 'a.WPS', 'x', 'FILE_OLD_KIND'],
    ['an unknown kind', 'a.png', 'x', 'FILE_KIND'],
    ['no kind at all', 'a', 'x', 'FILE_KIND'],
    ['an empty file', 'a.md', '', 'FILE_EMPTY'],
    ['nothing but spaces', 'a.txt', ' \n\u3000\n', 'FILE_EMPTY'],
    ['nothing but a heading', 'a.md', '# 标题', 'FILE_EMPTY'],
    ['a page of scripts', 'a.html', '<script>x()</script>', 'FILE_EMPTY'],
    ['a .docx that is no zip', 'a.docx', 'x'.repeat(99), 'FILE_DAMAGED'],
    ['a zip that is no .docx', 'a.docx', zipOf({ 'a.txt': 'x' }), 'FILE_DAMAGED'],
    ['an old .doc under the new name', 'a.docx', oldContainer(''), 'FILE_OLD_KIND'],
    ['a .docx with a password', 'a.docx', oldContainer('EncryptedPackage'), 'FILE_LOCKED'],
    ['a .docx that unpacks to too much', 'a.docx', bomb, 'FILE_TOO_HEAVY'],
    ['a .pdf that is none', 'a.pdf', 'x'.repeat(99), 'FILE_DAMAGED'],
    ['a scan without text', 'a.pdf', pdfOf([], []), 'FILE_SCANNED'],
    ['a .pdf with a password', 'a.pdf', locked, 'FILE_LOCKED'],
    ['bytes that are no text', 'a.md', noise, 'FILE_DAMAGED'],
  ])('refuses %s', async (_, name, content, code) => {
    expect(await refusal(name, content)).toBe(code);
  });
});
