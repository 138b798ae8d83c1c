/** A document of the sample branch in the platform's own pieces, and the wiki page that holds it. */
export const sampleDocument = {
  token: 'SampleStudyPlan2026docx',
  wiki: 'SampleStudyPlan2026wiki',
  title: '第一党支部年度学习安排',
};

const words = (content: string) => ({ elements: [{ text_run: { content } }], style: {} });

interface Piece {
  block_id: string;
  block_type: number;
  children?: string[];
  [field: string]: unknown;
}

const rows = [
  ['月份', '内容', '形式'],
  ['一月', '学习支部年度计划', '党员大会'],
  ['二月', '学习个人信息保护法', '主题党日'],
  ['三月', '读书交流', '党小组会'],
];
const cellId = (row: number, column: number) => `cell${row}x${column}`;
const cells = rows.flatMap((row, i) => row.map((_, j) => cellId(i, j)));

const inTable: Piece[] = rows.flatMap((row, i) =>
  row.flatMap((content, j) => [
    { block_id: cellId(i, j), block_type: 32, children: [`in${cellId(i, j)}`], table_cell: {} },
    { block_id: `in${cellId(i, j)}`, block_type: 2, text: words(content) },
  ]),
);
const listed = ['每月至少集中学习一次', '缺席的两周内补学', '学习情况记入台账'];

export const samplePieces: Piece[] = [
  {
    block_id: sampleDocument.token,
    block_type: 1,
    page: words(sampleDocument.title),
    children: ['head1', 'first', 'head2', 'table', 'head3', 'item0', 'item1', 'item2'],
  },
  { block_id: 'head1', block_type: 3, heading1: words('总体要求') },
  {
    block_id: 'first',
    block_type: 2,
    text: words('支部全年安排集中学习十二次，由宣传委员提前一周通知。'),
  },
  { block_id: 'head2', block_type: 3, heading1: words('分月安排') },
  {
    block_id: 'table',
    block_type: 31,
    children: cells,
    table: { cells, property: { row_size: rows.length, column_size: 3 } },
  },
  ...inTable,
  { block_id: 'head3', block_type: 3, heading1: words('纪律') },
  ...listed.map((content, i) => ({
    block_id: `item${i}`,
    block_type: 12,
    bullet: words(content),
  })),
];
