import type { Sentences } from '../../src/bot/refusals.ts';
import type { LibraryRefusals } from '../../src/library/refusals.ts';
import { firstOf, inBoth, listed } from '../bot/words.ts';

export const libraryRefusals = inBoth<Sentences<LibraryRefusals>>(
  {
    DOCS_UNKNOWN: ({ said }) =>
      `支部的资料里没有找到${said ? `「${said}」` : '这一份'}，没有改动。发「资料」看有哪些，再写标题或编号，例如：资料 停用 12`,
    DOCS_AMBIGUOUS: ({ said, titles }) =>
      `「${said}」有好几份，没有改动，请用编号写明是哪一份：${listed['zh-CN'](titles)}。例如：资料 停用 ${firstOf(titles).split(' ')[0] ?? ''}`,
    DOCS_SHARED: ({ said }) =>
      `「${said}」是大家共用的资料，由管理员在资料文件夹里增减，聊天里不能停用。支部自己的资料可以，例如：资料 停用 学习制度`,
    FILE_KIND: () =>
      '这种文件还读不了，学习资料请发 .docx、.pdf、.md、.txt 或 .html，题库请发 .xlsx 或 .gift。',
    FILE_OLD_KIND: () =>
      '老格式的文件读不了。请用「另存为」存成新格式（.docx、.xlsx 或 .pdf）再发。',
    FILE_EMPTY: () => '这个文件里没有文字，没有保存。请检查后再发，例如一份有正文的 .md 或 .txt。',
    FILE_LOCKED: () =>
      '这个文件加了密码，没有保存。请去掉密码再发，例如在 Word 里：文件 → 信息 → 保护文档。',
    FILE_SCANNED: () =>
      '这份 PDF 里没有可读的文字，多半是扫描件，没有保存。请先做文字识别（OCR），或发原来的 .docx。',
    FILE_DAMAGED: () => '这个文件打不开，可能已损坏，没有保存。请重新保存后再发一次。',
    FILE_TOO_BIG: ({ limit }) => `文件太大，最多 ${limit} MB，没有保存。请拆成几份再发。`,
    FILE_TOO_HEAVY: () => '这个文件太复杂，没能读完，没有保存。请拆成几份，或另存为 .txt 再发。',
    FILE_GONE: () => '文件已经取不到了，请重新发一次。',
    FILE_FROM_MEMBER: () =>
      '学习资料和题库由支部书记来添加，请把文件转给书记。你可以直接向我提问。',
    UPLOAD_GONE: () =>
      '这份文件已经处理过，或超过一天没有确认，没有改动。需要的话请把文件再发一次。',
    SHEET_UNKNOWN: ({ sheets }) =>
      `表格里没有名为「${listed['zh-CN'](sheets)}」的工作表，没有保存。请照模板给工作表起名再发，发「模板」可以领取。`,
    SURVEY_LATER: () =>
      '这是一份问卷，学伴现在还不能用它发起问卷，没有保存。现在能收的表格是题库，发「模板」可以领取。',
    COLUMNS_MISSING: ({ columns }) =>
      `表格第一行还缺这些列名：${listed['zh-CN'](columns)}，没有保存。例如：题型、题干、A、B、C、D、答案、解析、出处、标签`,
    BANK_EMPTY: () => '这个文件里没有题目，没有保存。请在表头下面每行写一道题再发。',
    BANK_TOO_LONG: ({ limit }) => `题目太多，一次最多 ${limit} 行，没有保存。请拆成几份再发。`,
    SYNONYMS_TOO_LONG: ({ limit }) =>
      `同义词表太长，最多 ${limit} 组，没有保存。请删去不常用的再发。`,
    LINK_UNKNOWN: () =>
      '没看懂这个链接，没有保存。请发飞书文档或知识库页面的链接，例如：资料 添加 https://example.feishu.cn/docx/…',
    LINK_KIND: () =>
      '这个链接不是飞书文档（新版），表格、多维表格、幻灯片和旧版文档读不了，没有保存。请把内容放进新版文档，或导出成 .docx 发给我。',
    LINK_FORBIDDEN: () =>
      '我没有权限读这份文档，没有保存。请在文档右上角「…」→「添加文档应用」里加上我（知识库由管理员加），再发一次链接；还不行，请管理员给应用开通「查看新版文档」「查看知识库」权限。',
    LINK_GONE: () =>
      '没有找到这份文档，可能已删除或链接不全，没有保存。请打开文档复制链接再发一次。',
    LINK_IN_GROUP: () => '请把文档链接私聊发给我，确认后才会入库。',
  },
  {
    DOCS_UNKNOWN: ({ said }) =>
      `The branch has no document${said ? ` "${said}"` : ' like this'}; nothing was changed. Send "docs" to see them, then give a title or number. Example: docs retire 12`,
    DOCS_AMBIGUOUS: ({ said, titles }) =>
      `Several documents fit "${said}"; nothing was changed. Please say which by its number: ${listed['en-US'](titles)}. Example: docs retire ${firstOf(titles).split(' ')[0] ?? ''}`,
    DOCS_SHARED: ({ said }) =>
      `All branches share "${said}"; an administrator keeps it in the folder of documents, and it is not retired in chat. Those of the branch are. Example: docs retire Study rules`,
    FILE_KIND: () =>
      'I cannot read this kind of file yet. Please send study documents as .docx, .pdf, .md, .txt or .html, question banks as .xlsx or .gift.',
    FILE_OLD_KIND: () =>
      'I cannot read files of this old format. Please save it anew ("Save as", .docx, .xlsx or .pdf) and send that.',
    FILE_EMPTY: () =>
      'There is no text in this file, so nothing was stored. Please check it, then send for example a .md or .txt.',
    FILE_LOCKED: () =>
      'This file has a password; nothing was stored. Please take it off and resend, for example in Word: File → Info → Protect document.',
    FILE_SCANNED: () =>
      'This PDF holds no text that can be read, so it is probably a scan; nothing was stored. Please recognise its text (OCR) first, or send the .docx.',
    FILE_DAMAGED: () =>
      'This file does not open and may be damaged; nothing was stored. Please save it again and resend.',
    FILE_TOO_BIG: ({ limit }) =>
      `The file is too big (at most ${limit} MB); nothing was stored. Please send it in parts.`,
    FILE_TOO_HEAVY: () =>
      'This file is too complex to be read to its end; nothing was stored. Please send it in parts or as .txt.',
    FILE_GONE: () => 'The file can no longer be fetched. Please send it again.',
    FILE_FROM_MEMBER: () =>
      'Study documents and question banks are added by a secretary: please pass it on. You can ask me questions any time.',
    UPLOAD_GONE: () =>
      'This file was dealt with already or not confirmed for a day; nothing was changed. Please send it again if you need it.',
    SHEET_UNKNOWN: ({ sheets }) =>
      `There is no sheet named "${listed['en-US'](sheets)}", so nothing was stored. Please name the sheet as in the form and resend: "template" gives the forms.`,
    SURVEY_LATER: () =>
      'This is a questionnaire, which cannot be opened yet; nothing was stored. A question bank can be sent: "template" gives its form.',
    COLUMNS_MISSING: ({ columns }) =>
      `The first row lacks the columns ${listed['en-US'](columns)}; nothing was stored. Example: 题型, 题干, A, B, C, D, 答案, 解析, 出处, 标签`,
    BANK_EMPTY: () =>
      'There is no question in this file, so nothing was stored. Please write one in each row below the names and resend.',
    BANK_TOO_LONG: ({ limit }) =>
      `Too many questions: at most ${limit} rows at once; nothing was stored. Please send it in parts.`,
    SYNONYMS_TOO_LONG: ({ limit }) =>
      `The list of synonyms is too long (at most ${limit} groups); nothing was stored. Please take out what is seldom used and resend.`,
    LINK_UNKNOWN: () =>
      'I could not read this link; nothing was stored. Please send the link of a Feishu document or wiki page, such as: docs add https://example.feishu.cn/docx/…',
    LINK_KIND: () =>
      'This link leads to no Feishu document: sheets, bases, slides and documents of the old kind cannot be read; nothing was stored. Please put the text into a new document, or export it as .docx and send that.',
    LINK_FORBIDDEN: () =>
      'I may not read this document; nothing was stored. Please add me under "…" → "Add document app" at its upper right (of a wiki an administrator does), then send the link again. If it still fails, an administrator has to give the app the scopes docx:document:readonly and wiki:wiki:readonly.',
    LINK_GONE: () =>
      'This document was not found: it may be deleted, or the link is not whole; nothing was stored. Please open it, copy its link and send it again.',
    LINK_IN_GROUP: () => 'Please send me the link in private; it is stored once you confirm it.',
  },
);
