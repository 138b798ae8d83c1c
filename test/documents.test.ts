import { describe, expect, it } from 'vitest';
import { Refusal } from '../src/errors.ts';
import { readDocument } from '../src/library/read.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (name: string, content: string | Uint8Array) =>
  readDocument(name, typeof content === 'string' ? utf8(content) : content);

/** Headings with their level in front, texts as they are. */
const lines = (name: string, content: string | Uint8Array) =>
  read(name, content).blocks.map((block) =>
    block.kind === 'heading' ? `${'#'.repeat(block.level)} ${block.text}` : block.text,
  );

function refusal(name: string, content: string | Uint8Array) {
  try {
    read(name, content);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'read';
}

describe('Markdown', () => {
  it('takes headings, paragraphs, lists and tables as a reader sees them', () => {
    const text = [
      '# 学习**制度**',
      '第一段，见[附件](http://example.com)。\n第二行。',
      '## 安排',
      '1. 集中学习\n2. 个人自学\n   - 读书\n   - 听讲',
      '| 环节 | 用时 |\n| --- | --- |\n| 领学 | **20** 分钟 |',
      '> 引用一句',
    ].join('\n\n');
    expect(read('a.md', text).title).toBe('学习制度');
    expect(lines('a.md', text)).toEqual([
      '第一段，见附件。\n第二行。',
      '## 安排',
      '1. 集中学习\n2. 个人自学\n  - 读书\n  - 听讲',
      '环节 | 用时\n领学 | 20 分钟',
      '引用一句',
    ]);
  });

  it('leaves out front matter, comments and pictures', () => {
    const text = '---\ntitle: x\n---\n# 甲\n<!-- 注 -->\n\n正文 ![图](x.png)。';
    expect(lines('a.md', text)).toEqual(['正文 。']);
  });

  it('keeps as text what looks like a mention of everybody', () => {
    expect(lines('a.md', '大家 <at id=all></at> 好')).toEqual(['大家 <at id=all></at> 好']);
    expect(lines('a.md', '<at id=all></at>')).toEqual(['<at id=all></at>']);
  });
});

describe('HTML', () => {
  it('takes headings, paragraphs, lists and tables, and drops scripts, styles and menus', () => {
    const page = `<html><head><title>页面</title><style>p{}</style></head><body>
      <nav>菜单</nav><h1>党课&nbsp;讲稿</h1><script>alert(1)</script>
      <p>一段 <b>粗体</b><br>下一行 &lt;at id=all&gt;</p><h2>要点</h2>
      <ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>
      <table><tr><th>项</th><th>值</th></tr><tr><td>一</td><td>二</td></tr></table></body></html>`;
    expect(read('a.html', page).title).toBe('党课 讲稿');
    expect(lines('a.html', page)).toEqual([
      '一段 粗体\n下一行 <at id=all>',
      '## 要点',
      '- 甲\n  - 乙\n- 丙',
      '项 | 值\n一 | 二',
    ]);
  });

  it('reads paragraphs within a table that only lays the page out', () => {
    expect(lines('a.htm', '<table><tr><td><p>甲</p><p>乙</p></td></tr></table>')).toEqual([
      '甲',
      '乙',
    ]);
  });

  it('takes its title from <title> where there is no heading', () => {
    expect(read('a.html', '<title> 通 知 </title><p>正文</p>').title).toBe('通 知');
  });

  it.each([
    '<!doctype html><title>通知</title><p>正文</p>',
    '<!DOCTYPE html>\n<html><title>通知</title><p>正文</p></html>',
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd">\n<title>通知</title><p>正文</p>',
  ])('of what stands before the text only the title is kept: %j', (page) => {
    expect(read('a.html', page).title).toBe('通知');
    expect(lines('a.html', page)).toEqual(['正文']);
  });
});

describe('plain text', () => {
  it('guesses its headings from lines that number chapters, sections and points', () => {
    const text =
      '支部学习制度\n\n第一章 总则\n第一条 为了学习。\n　　续行。\n\n第二条 坚持自愿。\n一、安排\n正文。';
    expect(read('a.txt', text).title).toBe('支部学习制度');
    expect(lines('a.txt', text)).toEqual([
      '## 第一章 总则',
      '第一条 为了学习。\n续行。',
      '第二条 坚持自愿。',
      '#### 一、安排',
      '正文。',
    ]);
  });

  it('takes no sentence for a heading, and no chapter for a title', () => {
    expect(lines('通知.txt', '第三章 讲的是学习。\n一、这里说的是一件事情，')).toEqual([
      '第三章 讲的是学习。\n一、这里说的是一件事情，',
    ]);
    expect(read('folder/通知.txt', '第一章 总则\n正文。').title).toBe('通知');
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
  ])('reads %s', (_, bytes) => {
    expect(lines('a.txt', bytes)).toEqual(['中国共产党章程。']);
  });

  it('reads what a page declares', () => {
    const page = Buffer.concat([
      Buffer.from('<meta charset="big5"><p>'),
      Buffer.from('a4a4a4e5', 'hex'),
    ]);
    expect(lines('a.html', page)).toEqual(['中文']);
  });

  it('reads a text with a torn character, and counts it', () => {
    const torn = utf8('学习材料。'.repeat(200)).subarray(0, -1);
    expect(read('a.txt', torn).lost).toBe(1);
    expect(lines('a.txt', torn)[0]).toContain('学习材料。学习材料。');
  });

  it('leaves out U+0000, other control characters and marks that turn the direction', () => {
    const text = `一\u0000二\u0007三\u202e四${'。'.repeat(600)}`;
    expect(lines('a.txt', text)[0]).toMatch(/^一二三四。/);
  });
});

describe('what cannot be read', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + i * i) % 256);
  it.each([
    ['an old kind', 'a.doc', 'x', 'FILE_OLD_KIND'],
    ['another old kind', 'a.WPS', 'x', 'FILE_OLD_KIND'],
    ['a kind of a later version', 'a.docx', 'x', 'FILE_LATER'],
    ['an unknown kind', 'a.png', 'x', 'FILE_KIND'],
    ['no kind at all', 'a', 'x', 'FILE_KIND'],
    ['an empty file', 'a.md', '', 'FILE_EMPTY'],
    ['nothing but spaces', 'a.txt', ' \n\u3000\n', 'FILE_EMPTY'],
    ['nothing but a heading', 'a.md', '# 标题', 'FILE_EMPTY'],
    ['a page of scripts', 'a.html', '<script>x()</script>', 'FILE_EMPTY'],
    ['bytes that are no text', 'a.md', noise, 'FILE_DAMAGED'],
  ])('refuses %s', (_, name, content, code) => {
    expect(refusal(name, content)).toBe(code);
  });
});
