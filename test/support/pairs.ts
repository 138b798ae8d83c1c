import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Chinese as people read it: characters, and the punctuation and wide signs that go with them. */
export const chinese = /[\p{Script=Han}\u3001-\u303f\uff01-\uff5e]/u;

/** Names and values of forms and exports, by which other programs and we ourselves read them. */
const fixed = [
  ...['题库', '题型', '题干', '答案', '解析', '出处', '标签', '单选', '多选', '判断', '对', '错'],
  ...[
    '问卷',
    '题目',
    '选项',
    '必填',
    '填空',
    '评分',
    '设置',
    '名称',
    '匿名',
    '最少份数',
    '是',
    '否',
  ],
  ...[
    '名册',
    '姓名',
    '党小组',
    '身份',
    '职务',
    '表决权',
    '豁免',
    '至',
    '正式党员',
    '预备党员',
    '积极分子',
  ],
  ...['汇总', '明细', '支部', '小组', '状态', '时间', '已完成', '迟交', '请假', '未完成'],
];
const run = /[\p{Script=Han}、]+/gu;

/** The text without the names that are the same in every language, as far as they stand alone. */
export function withoutFixed(text: string): string {
  const isFixed = (words: string) => words.split('、').every((word) => fixed.includes(word));
  return text.replace(run, (words) => (isFixed(words) ? '' : words));
}

export type Half = 'zh' | 'en';
/** A piece of text in the source, and of which halves of which pairs it is part. */
export interface Piece {
  file: string;
  line: number;
  text: string;
  halves: ReadonlySet<Half>;
  /** The declaration of the file it stands in. */
  within: string;
  /** For an operator or a developer: thrown as a bug, or logged. */
  isInternal: boolean;
}
/** Two functions that say the same, with what each of them says of what it is given. */
export interface Twins {
  file: string;
  line: number;
  zh: string;
  en: string;
}

/** The source files below these folders, without what is generated. */
export function sourcesIn(...folders: string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('/generated/'))
    .sort();
}

/**
 * Reads one file for the words in it. A pair is `inBoth(zh, en)`, `both(zh, en)`, a fault of the
 * simulator, or a choice by the language; what only one half refers to is part of that half, wherever in the file it stands.
 */
export function readWords(file: string, text = readFileSync(file, 'utf8')) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = declarationsOf(source);
  const halves = new Map<ts.Node, Set<Half>>();
  const pairs = all(source).flatMap((node) => pairOf(node) ?? []);

  function mark(node: ts.Node, half: Half): void {
    const marks = halves.get(node) ?? new Set<Half>();
    if (marks.has(half)) return;
    halves.set(node, marks.add(half));
    for (const name of all(node).filter(isUse)) {
      const meant = declared.get(name.text);
      // A pair inside it has halves of its own.
      if (meant && !all(meant).some(pairOf)) mark(meant, half);
    }
  }
  for (const { zh, en } of pairs) {
    mark(zh, 'zh');
    mark(en, 'en');
  }

  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const pieces: Piece[] = all(source).flatMap((node) => {
    const said = textOf(node);
    if (said === undefined) return [];
    const above = ancestorsOf(node);
    const marked = above.find((each) => halves.has(each));
    const within = [...declared].find(([, each]) => above.includes(each))?.[0] ?? '';
    const isInternal = above.some(isForDevelopers);
    const own = (marked && halves.get(marked)) ?? new Set<Half>();
    return [{ file, line: lineOf(node), text: said, halves: own, within, isInternal }];
  });
  const follow = (node: ts.Node) =>
    ts.isIdentifier(node) ? (initializerOf(declared.get(node.text)) ?? node) : node;
  const twins: Twins[] = pairs
    .flatMap(({ zh, en }) => functionsOf(zh, en, follow))
    .map(([zh, en]) => ({ file, line: lineOf(en), zh: saidOf(zh), en: saidOf(en) }));
  return { pieces, twins };
}

function all(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  ts.forEachChild(node, (child) => void found.push(...all(child)));
  return found;
}

function ancestorsOf(node: ts.Node): ts.Node[] {
  const above = node.parent as ts.Node | undefined;
  return above ? [node, ...ancestorsOf(above)] : [node];
}

/** What a file declares at its top, by name. */
function declarationsOf(source: ts.SourceFile): Map<string, ts.Node> {
  const declared = new Map<string, ts.Node>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      declared.set(statement.name.text, statement);
    if (!ts.isVariableStatement(statement)) continue;
    for (const each of statement.declarationList.declarations)
      declared.set(each.name.getText(), each);
  }
  return declared;
}

const initializerOf = (node: ts.Node | undefined) =>
  node && ts.isVariableDeclaration(node) ? node.initializer : undefined;

interface Pair {
  zh: ts.Node;
  en: ts.Node;
}
function pairOf(node: ts.Node): Pair | undefined {
  const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
  if (isCall && /^(?:inBoth|both|faultOf|Fault)$/.test(node.expression.getText())) {
    const [zh, en] = node.arguments ?? [];
    return zh && en && { zh, en };
  }
  if (ts.isConditionalExpression(node) && /=== 'zh(?:-CN)?'$/.test(node.condition.getText()))
    return { zh: node.whenTrue, en: node.whenFalse };
  return undefined;
}

/** A name that is used, not one that is declared or the key of something. */
function isUse(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeQueryNode(parent)) return false;
  const isNamed =
    ts.isPropertyAssignment(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isVariableDeclaration(parent);
  return !isNamed || parent.initializer === node;
}

/** The text of a literal that can be shown; types, imports and patterns are none. */
function textOf(node: ts.Node): string | undefined {
  const isText =
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node);
  if (!isText) return undefined;
  if (isOnlyRead(node)) return undefined;
  const isElsewhere = ts.isLiteralTypeNode(node.parent) || ts.isImportDeclaration(node.parent);
  return isElsewhere || ts.isExportDeclaration(node.parent) ? undefined : node.text;
}

/** Other words by which a command or a part of it is known. */
function isOnlyRead(node: ts.Node): boolean {
  const { parent: list } = node;
  const of = ts.isArrayLiteralExpression(list) ? list.parent : undefined;
  return of !== undefined && ts.isPropertyAssignment(of) && of.name.getText() === 'also';
}

function isForDevelopers(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Error';
  return ts.isCallExpression(node) && /(^|\.)log\??\.\w+$/.test(node.expression.getText());
}

type Fn = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;
const isFunction = (node: ts.Node): node is Fn =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node);

/** The functions that stand at the same place in both halves. */
function functionsOf(zh: ts.Node, en: ts.Node, follow: (node: ts.Node) => ts.Node): [Fn, Fn][] {
  const [one, other] = [follow(zh), follow(en)];
  if (isFunction(one) && isFunction(other)) return [[one, other]];
  if (!ts.isObjectLiteralExpression(one) || !ts.isObjectLiteralExpression(other)) return [];
  const inOther = new Map(other.properties.map((each) => [each.name?.getText(), each]));
  return one.properties.flatMap((each) => {
    const twin = inOther.get(each.name?.getText());
    if (!ts.isPropertyAssignment(each) || !twin || !ts.isPropertyAssignment(twin)) return [];
    return functionsOf(each.initializer, twin.initializer, follow);
  });
}

/** Which of its values a sentence tells, and which facts it asks for: `0 1.name 0.fact('limit')`. */
function saidOf(fn: Fn): string {
  const names = parametersOf(fn);
  const told = all(fn.body ?? fn)
    .filter(isUse)
    .flatMap((use) => {
      const name = names.get(use.text);
      if (name === undefined) return [];
      const isPart = ts.isPropertyAccessExpression(use.parent);
      const said = isPart ? `${name}.${use.parent.name.text}` : name;
      return [said + factAsked(said, isPart ? use.parent.parent : use.parent)];
    });
  return [...new Set(told)].sort().join(' ');
}

/** What each name among the parameters stands for, by place. */
function parametersOf(fn: Fn): Map<string, string> {
  const names = fn.parameters.flatMap(({ name }, i): [string, string][] => {
    if (ts.isIdentifier(name)) return [[name.text, `${i}`]];
    return name.elements.flatMap((part): [string, string][] => {
      if (!ts.isBindingElement(part)) return [];
      return [[part.name.getText(), `${i}.${(part.propertyName ?? part.name).getText()}`]];
    });
  });
  return new Map(names);
}

function factAsked(said: string, call: ts.Node): string {
  if (!said.endsWith('.fact') || !ts.isCallExpression(call)) return '';
  return `(${call.arguments[0]?.getText().replaceAll('"', "'") ?? ''})`;
}
