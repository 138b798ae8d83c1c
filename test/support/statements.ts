import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../src/base/project-root.ts';
import { sourcesIn } from './pairs.ts';
import { createTextReader, UnknownText } from './static-text.ts';

/** One statement as it reaches the database, and where the sources hand it over. */
export interface Statement {
  file: string;
  line: number;
  text: string;
}
/** A place that hands over what cannot be read in the sources. */
export interface Unread {
  file: string;
  line: number;
  /** The function or declaration of the file in which it stands. */
  within: string;
  why: string;
}

const takes = ['sql', 'query', '$queryRawUnsafe', '$executeRawUnsafe'];
const tags = ['$queryRaw', '$executeRaw'];
const looksLikeSql = /^\s*(select|insert into|update|delete from|with)\s/i;

/** Every statement that these sources hand to a database, what could not be read, and what nobody hands over. */
export function readStatements(...folders: string[]) {
  const files = sourcesIn(...folders).map((file) => path.join(projectRoot, file));
  // Nothing but these files: their names and constants are followed, types are hardly asked for.
  const options: ts.CompilerOptions = {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, strict: true },
    ...{ noResolve: true, noLib: true, types: [], allowImportingTsExtensions: true, noEmit: true },
  };
  const program = ts.createProgram(files, options);
  const sources = files.flatMap((file) => program.getSourceFile(file) ?? []);
  const reader = createTextReader(program, sources);
  const statements: Statement[] = [];
  const unread: Unread[] = [];
  const hand = (node: ts.Expression) => {
    try {
      for (const text of reader.textsOf(node)) statements.push({ ...placeOf(node), text });
    } catch (error) {
      if (!(error instanceof UnknownText)) throw error;
      unread.push({ ...placeOf(node), within: withinOf(node), why: error.message });
    }
  };
  for (const source of sources) eachHandedOver(source, hand);
  const loose = sources.flatMap((source) => looseIn(source, reader.used));
  return { statements, unread, loose };
}

function eachHandedOver(node: ts.Node, hand: (text: ts.Expression) => void) {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const [first] = node.arguments;
    if (first && takes.includes(node.expression.name.text)) hand(first);
  }
  if (ts.isTaggedTemplateExpression(node) && ts.isPropertyAccessExpression(node.tag))
    if (tags.includes(node.tag.name.text)) hand(node.template);
  ts.forEachChild(node, (child) => eachHandedOver(child, hand));
}

/** Texts that look like a statement and are part of none that was read. */
function looseIn(source: ts.SourceFile, used: ReadonlySet<ts.Node>): Statement[] {
  const found: Statement[] = [];
  const walk = (node: ts.Node): void => {
    const text = ts.isTemplateExpression(node)
      ? node.head.text
      : ts.isStringLiteralLike(node)
        ? node.text
        : '';
    if (looksLikeSql.test(text) && !used.has(node)) found.push({ ...placeOf(node), text });
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

function placeOf(node: ts.Node) {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return { file: path.relative(projectRoot, source.fileName), line: line + 1 };
}

function withinOf(node: ts.Node): string {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const { name } = at as ts.NamedDeclaration;
    const holds =
      ts.isFunctionLike(at) || ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at);
    if (holds && name && ts.isIdentifier(name)) return name.text;
  }
  return '';
}
