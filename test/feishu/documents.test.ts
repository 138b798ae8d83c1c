import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { samplePieces, sampleDocument } from '../../simulator/sample-document.ts';
import { documentLink } from '../../src/bot/link.ts';
import { Refusal } from '../../src/base/errors.ts';
import { createApiClient } from '../../src/feishu/api/api-client.ts';
import { documentPieces, Piece } from '../../src/feishu/documents/document-pieces.ts';
import { fetchDocument } from '../../src/feishu/documents/documents.ts';
import { openLog } from '../../src/base/log.ts';
import { world } from '../support/world.ts';

const link = 'https://branch.feishu.cn/docx/DoxABC123?from=copy#part';
const plan = {
  title: '年度学习安排',
  blocks: [
    { kind: 'heading' as const, level: 1, text: '纪律' },
    { kind: 'text' as const, text: '缺席的同志两周内补学。' },
  ],
};

describe('a link to a document', () => {
  it.each([
    [link, { kind: 'docx', token: 'DoxABC123' }],
    ['  《https://a.larksuite.com/wiki/Wik00001》 ', { kind: 'wiki', token: 'Wik00001' }],
    ['https://b.larkoffice.com/docx/DoxABC123', { kind: 'docx', token: 'DoxABC123' }],
    ['https://a.feishu.cn/sheets/Sht00001', { kind: 'other' }],
    ['https://a.feishu.cn/docs/Doc00001', { kind: 'other' }],
    [`看看这个 ${link}`, undefined],
    ['https://evil-feishu.cn.example.com/docx/DoxABC123', undefined],
    ['https://evilfeishu.cn/docx/DoxABC123', undefined],
    ['党课怎么上', undefined],
  ])('is known when nothing else is said: %s', (text, expected) => {
    expect(documentLink(text)).toEqual(expected);
  });
});

describe('a document of the platform', () => {
  it.each([link, `资料 添加 ${link}`])(
    'is shown, confirmed and asked like a file: %s',
    async (said) => {
      const { lin, wang, messenger, db } = await world();
      messenger.documents.set('DoxABC123', plan);
      await lin.whispers(said);
      const preview = lin.private().at(-1);
      for (const text of ['年度学习安排', '飞书文档', '共 1 段', '纪律'])
        expect(preview).toContain(text);
      expect(await db.client.document.count()).toBe(0);
      await lin.presses('确认入库');
      expect(await db.client.document.findMany()).toMatchObject([
        { title: '年度学习安排', source: 'feishu:docx/DoxABC123' },
      ]);
      await wang.whispers('缺席的同志几周内补学');
      expect(wang.private().at(-1)).toContain('缺席的同志两周内补学。');
      expect(wang.private().at(-1)).toContain('《年度学习安排》 纪律');
    },
  );

  it('sent again is known, or replaces what has changed', async () => {
    const { lin, messenger } = await world();
    messenger.documents.set('DoxABC123', plan);
    await lin.whispers(link);
    await lin.presses('确认入库');
    await lin.whispers(link);
    expect(lin.private().at(-1)).toContain('已经有了，不用再加');
    const blocks = [{ kind: 'text' as const, text: '缺席的同志三周内补学。' }];
    messenger.documents.set('DoxABC123', { ...plan, blocks });
    await lin.whispers(link);
    expect(lin.private().at(-1)).toContain('确认后用这一份替换旧的');
  });

  it('is refused with what to do, and nothing is kept', async () => {
    const { lin, wang, group, messenger, db } = await world();
    const hear = async (text: string) => {
      await lin.whispers(text);
      return lin.private().at(-1);
    };
    expect(await hear(link)).toContain('没有找到这份文档');
    messenger.documents.set('DoxABC123', new Refusal('LINK_FORBIDDEN'));
    expect(await hear(link)).toContain('添加文档应用');
    messenger.documents.set('DoxABC123', { title: '', blocks: [] });
    expect(await hear(link)).toContain('没有文字');
    const marked = [{ kind: 'text' as const, text: '机密★10年' }];
    messenger.documents.set('DoxABC123', { title: '安排', blocks: marked });
    expect(await hear(link)).toContain('标记');
    expect(await hear('https://a.feishu.cn/sheets/Sht00001')).toContain('不是飞书文档');
    expect(await hear('资料 添加 https://example.com/a')).toContain('没看懂这个链接');
    await wang.whispers(link);
    expect(wang.private().at(-1)).toContain('由支部书记来添加');
    await lin.says(link);
    expect(group.sees()).toContain('请把文档链接私聊发给我');
    expect(await db.client.upload.count()).toBe(0);
  });

  it('in a question stays a question, with a hint', async () => {
    const { lin } = await world();
    await lin.whispers(`党课怎么上，见${link}。`);
    expect(lin.private().at(-1)).not.toContain('没有找到这份文档');
    expect(lin.private().at(-1)).toContain('是不是想用「资料」？');
  });
});

describe('the pieces of a document', () => {
  it('are read in order: headings, paragraphs, a table, a list', () => {
    expect(documentPieces(samplePieces.map((piece) => Piece.parse(piece)))).toEqual([
      { kind: 'heading', level: 1, text: '总体要求' },
      { kind: 'text', text: '支部全年安排集中学习十二次，由宣传委员提前一周通知。' },
      { kind: 'heading', level: 1, text: '分月安排' },
      {
        kind: 'text',
        text: '月份 | 内容 | 形式\n一月 | 学习支部年度计划 | 党员大会\n二月 | 学习个人信息保护法 | 主题党日\n三月 | 读书交流 | 党小组会',
      },
      { kind: 'heading', level: 1, text: '纪律' },
      { kind: 'text', text: '- 每月至少集中学习一次' },
      { kind: 'text', text: '- 缺席的两周内补学' },
      { kind: 'text', text: '- 学习情况记入台账' },
    ]);
  });

  it('are read within boxes, nested lists and numbers; names and pictures are left out', () => {
    const words = (content: string) => ({ elements: [{ text_run: { content } }] });
    const mention = {
      elements: [{ text_run: { content: '找' } }, { mention_user: { user_id: 'ou_1' } }],
    };
    const pieces = [
      { block_id: 'p', block_type: 1, children: ['box', 'a', 'b', 'pic', 'm', 'loop'] },
      { block_id: 'box', block_type: 19, children: ['in'] },
      { block_id: 'in', block_type: 2, text: words('框里的话') },
      { block_id: 'a', block_type: 13, ordered: words('第一步'), children: ['a1'] },
      { block_id: 'a1', block_type: 12, bullet: words('细目') },
      { block_id: 'b', block_type: 13, ordered: words('第二步') },
      { block_id: 'pic', block_type: 27, image: { token: 'x' } },
      { block_id: 'm', block_type: 2, text: mention },
      { block_id: 'loop', block_type: 34, children: ['loop', 'p'] },
    ].map((piece) => Piece.parse(piece));
    expect(documentPieces(pieces).map(({ text }) => text)).toEqual([
      '框里的话',
      '1. 第一步\n  - 细目',
      '2. 第二步',
      '找',
    ]);
  });
});

type Answer = { status?: number; body: unknown };

/** The platform's edge as a server that answers by path. */
async function platform(answer: (url: URL) => Answer) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const token = { code: 0, tenant_access_token: 't', expire: 7200 };
    const { status = 200, body } = url.pathname.includes('tenant_access_token')
      ? { body: token }
      : answer(url);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createApiClient({ appId: 'cli_x', appSecret: 's', baseUrl }, openLog('silent'));
}
const wiki = { kind: 'wiki' as const, token: 'Wik00001' };
const megabytes = 10 * 1024 * 1024;

describe('fetching a document', () => {
  it('goes from the wiki page to the document, page by page', async () => {
    const api = await platform(({ pathname, searchParams }) => {
      if (pathname.endsWith('/get_node'))
        return {
          body: { code: 0, data: { node: { obj_type: 'docx', obj_token: sampleDocument.token } } },
        };
      if (!pathname.endsWith('/blocks'))
        return { body: { code: 0, data: { document: { title: sampleDocument.title } } } };
      const from = Number(searchParams.get('page_token') ?? 0);
      const has_more = from + 5 < samplePieces.length;
      const items = samplePieces.slice(from, from + 5);
      return { body: { code: 0, data: { items, has_more, page_token: String(from + 5) } } };
    });
    const document = await fetchDocument(api, wiki, megabytes);
    expect(document.title).toBe(sampleDocument.title);
    expect(document.blocks.at(-1)?.text).toBe('- 学习情况记入台账');
  });

  it.each([
    [{ status: 403, body: { code: 1770032, msg: 'forbidden' } }, 'LINK_FORBIDDEN'],
    [{ status: 400, body: { code: 131006, msg: 'permission denied' } }, 'LINK_FORBIDDEN'],
    [{ status: 400, body: { code: 99991672, msg: 'scope' } }, 'LINK_FORBIDDEN'],
    [{ status: 404, body: { code: 1770002, msg: 'not found' } }, 'LINK_GONE'],
    [
      { body: { code: 0, data: { node: { obj_type: 'sheet', obj_token: 'Sht00001' } } } },
      'LINK_KIND',
    ],
  ])('is refused with the reason: %o', async (answer, code) => {
    const api = await platform(() => answer);
    await expect(fetchDocument(api, wiki, megabytes)).rejects.toMatchObject({ code });
  });

  it('ends at its limits, and is tried again when the platform is busy', async () => {
    const item = {
      block_id: 'a',
      block_type: 2,
      text: { elements: [{ text_run: { content: '长'.repeat(500) } }] },
    };
    const endless = await platform(({ pathname }) => ({
      body: {
        code: 0,
        data: pathname.endsWith('/blocks')
          ? { items: Array.from({ length: 500 }, () => item), has_more: true, page_token: 'x' }
          : { document: { title: '长' } },
      },
    }));
    const docx = { kind: 'docx' as const, token: 'DoxABC123' };
    await expect(fetchDocument(endless, docx, 1024 * 1024)).rejects.toMatchObject({
      code: 'FILE_TOO_BIG',
    });
    await expect(fetchDocument(endless, docx, 1e9)).rejects.toMatchObject({
      code: 'FILE_TOO_HEAVY',
    });
    const busy = await platform(() => ({
      status: 429,
      body: { code: 99991400, msg: 'slow down' },
    }));
    await expect(fetchDocument(busy, docx, megabytes)).rejects.toMatchObject({ kind: 'later' });
  });
});
