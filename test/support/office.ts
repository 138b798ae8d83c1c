import { deflateSync } from 'node:zlib';
import { zipOf } from './zip.ts';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const document = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export const paragraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`;
/** A bullet, `level` steps to the right. */
export const bullet = (text: string, level = 0) =>
  paragraph(text).replace(
    '<w:p>',
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr>`,
  );
export const table = (rows: string[][]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

const styles = [1, 2, 3]
  .map(
    (n) => `<w:style w:type="paragraph" w:styleId="${n}"><w:name w:val="heading ${n}"/></w:style>`,
  )
  .join('');
const levels = [0, 1]
  .map((n) => `<w:lvl w:ilvl="${n}"><w:numFmt w:val="bullet"/></w:lvl>`)
  .join('');

/** A .docx as Word saves it; `more` are further parts, such as macros. */
export function docxOf(body: string[], more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const part = (path: string, kind: string) =>
    `<Override PartName="/word/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
  const related = (id: number, type: string, target: string) =>
    `<Relationship Id="r${id}" Type="${document}/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('document', 'document.main')}${part('styles', 'styles')}${part('numbering', 'numbering')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${relations}">${related(1, 'officeDocument', 'word/document.xml')}</Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${relations}">${related(1, 'styles', 'styles.xml')}${related(2, 'numbering', 'numbering.xml')}</Relationships>`,
    'word/styles.xml': `<w:styles xmlns:w="${namespace}">${styles}</w:styles>`,
    'word/numbering.xml': `<w:numbering xmlns:w="${namespace}"><w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    'word/document.xml': `<w:document xmlns:w="${namespace}"><w:body>${body.join('')}</w:body></w:document>`,
    ...more,
  });
}

export interface Printed {
  text: string;
  size?: number;
  /** From the left edge, in points. */
  x?: number;
  /** From the line before. */
  down?: number;
}

/** A .pdf with these lines printed on each page, any script. No lines: a page as a scanner makes it. */
export function pdfOf(...pages: Printed[][]): Uint8Array {
  return pdfOfStreams(pages.map((lines) => Buffer.from(contentOf(lines), 'latin1')));
}

/** A .pdf whose pages draw what these streams say; a trailer may hold `more`, such as a password's hash. */
export function pdfOfStreams(streams: Uint8Array[], more = ''): Uint8Array {
  const first = 6;
  const pages = streams.map((_, i) => first + i * 2);
  const all: (string | Uint8Array)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((n) => `${n} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>',
    streamOf(Buffer.from(everyCode())),
    ...streams.flatMap((stream, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${first + i * 2 + 1} 0 R /Resources << /Font << /F 3 0 R >> >> >>`,
      streamOf(stream),
    ]),
  ];
  return assembled(all, more);
}

/** Each code is the character of that number; a range may only count up its last byte. */
function everyCode(): string {
  const ranges = Array.from({ length: 256 }, (_, i) => {
    const high = i.toString(16).padStart(2, '0');
    return `1 beginbfrange <${high}00> <${high}ff> <${high}00> endbfrange`;
  });
  return `1 begincodespacerange <0000> <ffff> endcodespacerange ${ranges.join('\n')}`;
}

function assembled(objects: (string | Uint8Array)[], more: string): Uint8Array {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let size = 9;
  const put = (part: Uint8Array | string) => {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    size += bytes.length;
  };
  objects.forEach((object, i) => {
    offsets.push(size);
    for (const part of [`${i + 1} 0 obj\n`, object, '\nendobj\n']) put(part);
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  put(
    `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R ${more} >>\nstartxref\n${size}\n%%EOF`,
  );
  return new Uint8Array(Buffer.concat(parts));
}

function streamOf(content: Uint8Array): Uint8Array {
  const packed = deflateSync(content);
  const head = `<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
}

function contentOf(lines: Printed[]): string {
  let y = 800;
  return lines
    .map(({ text, size = 12, x = 60, down = 18 }) => {
      y -= down;
      const codes = [...text].map((each) =>
        (each.codePointAt(0) ?? 0).toString(16).padStart(4, '0'),
      );
      return `BT /F ${size} Tf ${x} ${y} Td <${codes.join('')}> Tj ET`;
    })
    .join('\n');
}
