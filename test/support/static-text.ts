import path from 'node:path';
import ts from 'typescript';

/** Arguments by the parameter they are given to, each with the frame in which it is to be read. */
type Frame = ReadonlyMap<ts.Symbol, Held>;
interface Held {
  node: ts.Expression;
  frame: Frame;
}
/** Takes one of several ways, the same one wherever the same is asked. */
type Choose = (about: string, ways: number) => number;

/** Thrown where a text is made of what only a running program knows. */
export class UnknownText extends Error {
  override readonly name = 'UnknownText';
}

const nothing: Frame = new Map();
const mostWays = 500;

/**
 * Reads texts out of the sources without running them: literals and templates, joined and chosen among,
 * constants of whatever file, what small functions make of their arguments, and what their callers give.
 * A number counts as 1. Where a condition or a caller decides, every way is a text of its own.
 */
export function createTextReader(program: ts.Program, sources: readonly ts.SourceFile[]) {
  const checker = program.getTypeChecker();
  const calls = callsByName(sources);
  /** Every expression that has become part of a text. */
  const used = new Set<ts.Node>();

  function textsOf(node: ts.Expression): string[] {
    const texts = new Set<string>();
    for (const choose of everyWay()) texts.add(textOf({ node, frame: nothing }, choose));
    return [...texts];
  }

  function textOf(given: Held, choose: Choose): string {
    const held = resolve(given, choose);
    const { node, frame } = held;
    const part = (each: ts.Expression) => textOf({ node: each, frame }, choose);
    used.add(node);
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map((each) => part(each.expression) + each.literal.text);
      return node.head.text + spans.join('');
    }
    if (ts.isBinaryExpression(node)) return joined(node, part, choose);
    if (ts.isCallExpression(node)) return called(node, frame, choose);
    return byType(node, choose);
  }

  function joined(
    node: ts.BinaryExpression,
    part: (each: ts.Expression) => string,
    choose: Choose,
  ): string {
    const { left, right, operatorToken } = node;
    if (operatorToken.kind === ts.SyntaxKind.PlusToken) return part(left) + part(right);
    if (operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) return byType(node, choose);
    const before = knownText(() => part(left));
    if (before !== undefined) return before && part(right);
    return choose(left.getText(), 2) === 0 ? part(right) : '';
  }

  /** `[…].join(…)`, which is what is left of calls. */
  function called(node: ts.CallExpression, frame: Frame, choose: Choose): string {
    const { expression, arguments: given } = node;
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'join') {
      const list = resolve({ node: expression.expression, frame }, choose);
      const between = given[0] ? textOf({ node: given[0], frame }, choose) : ',';
      if (ts.isArrayLiteralExpression(list.node))
        return list.node.elements
          .map((each) => textOf({ node: each, frame: list.frame }, choose))
          .join(between);
    }
    return byType(node, choose);
  }

  /** What a value can be that is known by its type alone. */
  function byType(node: ts.Expression, choose: Choose): string {
    const type = checker.getTypeAtLocation(node);
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return '1';
    const all = type.isUnion() ? type.types : [type];
    const literals = all.filter((each) => each.isStringLiteral());
    const chosen = literals.length === all.length && literals[choose(keyOf(node), literals.length)];
    if (chosen) return chosen.value;
    throw unknown(node, 'is not known before the program runs');
  }

  /** Follows names, properties, conditions and calls to the expression that makes the value. */
  function resolve(given: Held, choose: Choose): Held {
    const node = bare(given.node);
    const held = { ...given, node };
    const next = nextOf(held, choose);
    return next ? resolve(next, choose) : held;
  }

  function nextOf({ node, frame }: Held, choose: Choose): Held | undefined {
    if (ts.isIdentifier(node)) return named(node, frame, choose);
    if (ts.isConditionalExpression(node)) {
      const isTrue = choose(node.condition.getText(), 2) === 0;
      return { node: isTrue ? node.whenTrue : node.whenFalse, frame };
    }
    if (ts.isPropertyAccessExpression(node)) {
      const whole = resolve({ node: node.expression, frame }, choose);
      return propertyOf(whole, node.name.text);
    }
    if (ts.isElementAccessExpression(node)) return elementOf(node, frame, choose);
    if (ts.isCallExpression(node)) return inlined(node, frame, choose);
    return undefined;
  }

  function elementOf(node: ts.ElementAccessExpression, frame: Frame, choose: Choose) {
    const whole = resolve({ node: node.expression, frame }, choose);
    if (!ts.isObjectLiteralExpression(whole.node)) return undefined;
    const own = whole.node.properties.filter(ts.isPropertyAssignment);
    const taken = own[choose(node.getText(), own.length)];
    return taken && { node: taken.initializer, frame: whole.frame };
  }

  function named(node: ts.Identifier, frame: Frame, choose: Choose): Held | undefined {
    const symbol = symbolOf(node);
    const declaration = symbol?.valueDeclaration;
    if (!symbol || !declaration) return undefined;
    const held = frame.get(symbol);
    if (held) return held;
    if (ts.isVariableDeclaration(declaration))
      return declaration.initializer && { node: declaration.initializer, frame };
    if (ts.isParameter(declaration) && declaration.type?.kind !== ts.SyntaxKind.NumberKeyword)
      return givenBy(declaration, choose);
    if (ts.isBindingElement(declaration)) return unpacked(declaration, frame, choose);
    return undefined;
  }

  function symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  function unpacked(element: ts.BindingElement, frame: Frame, choose: Choose): Held | undefined {
    const { parent } = element.parent;
    const name = (element.propertyName ?? element.name) as ts.Identifier;
    const whole = ts.isVariableDeclaration(parent)
      ? parent.initializer && { node: parent.initializer, frame }
      : ts.isParameter(parent)
        ? givenBy(parent, choose)
        : undefined;
    const found = whole && propertyOf(resolve(whole, choose), name.text);
    if (found) return found;
    return element.initializer && { node: element.initializer, frame };
  }

  /** What one of the callers gives for a parameter, the same caller for all of them. */
  function givenBy(parameter: ts.ParameterDeclaration, choose: Choose): Held {
    const asked = parameter.parent;
    const callers = callersOf(asked);
    if (callers.length === 0) throw unknown(parameter, 'is given by no caller that can be read');
    const caller = callers[choose(`callers of ${keyOf(asked)}`, callers.length)];
    const given = caller?.arguments[asked.parameters.indexOf(parameter)] ?? parameter.initializer;
    if (!given) throw unknown(parameter, 'is left out by a caller');
    return { node: given, frame: nothing };
  }

  /** Calls of it; where it is a property of what is made, those of its name in the same folder. */
  function callersOf(asked: ts.SignatureDeclaration): ts.CallExpression[] {
    const name = nameOf(asked);
    const candidates = name === undefined ? [] : (calls.get(name) ?? []);
    const exact = candidates.filter(({ expression }) => functionAt(expression) === asked);
    if (exact.length > 0) return exact;
    return candidates.filter(({ expression }) => folderOf(expression) === folderOf(asked));
  }

  function functionAt(callee: ts.Expression): ts.SignatureDeclaration | undefined {
    const declaration = ts.isIdentifier(callee) && symbolOf(callee)?.valueDeclaration;
    return declaration ? functionOf(declaration) : undefined;
  }

  /** A call of one of our functions becomes what that function returns. */
  function inlined(call: ts.CallExpression, frame: Frame, choose: Choose): Held | undefined {
    const declaration = functionAt(call.expression);
    if (!declaration) return undefined;
    const returned = returnedBy(declaration);
    const node = returned[choose(`returns of ${keyOf(declaration)}`, Math.max(1, returned.length))];
    if (!node) return undefined;
    const own = new Map(frame);
    declaration.parameters.forEach((parameter, i) => {
      const about = ts.isIdentifier(parameter.name) && symbolOf(parameter.name);
      const given = call.arguments[i] ?? parameter.initializer;
      if (about && given) own.set(about, { node: given, frame });
    });
    return { node, frame: own };
  }

  return { textsOf, used };
}

/** Calls `choose` anew for every way through all that is to be chosen. */
function* everyWay(): Generator<Choose> {
  let plan: number[] = [];
  for (let count = 0; count < mostWays; count += 1) {
    const made: { about: string; taken: number; ways: number }[] = [];
    yield (about, ways) => {
      const before = made.find((each) => each.about === about);
      if (before) return before.taken;
      const taken = plan[made.length] ?? 0;
      made.push({ about, taken, ways });
      return taken;
    };
    while (made.length > 0 && made.at(-1)?.taken === (made.at(-1)?.ways ?? 0) - 1) made.pop();
    if (made.length === 0) return;
    plan = made.map(({ taken }) => taken);
    plan.push((plan.pop() ?? 0) + 1);
  }
  throw new UnknownText(`more than ${mostWays} ways lead to a text`);
}

function knownText(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownText) return undefined;
    throw error;
  }
}

/** Without brackets and words to the compiler, which change nothing. */
function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isAwaitExpression(node)
    ? bare(node.expression)
    : node;
}

function propertyOf({ node, frame }: Held, name: string): Held | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return { node: property.initializer, frame };
    if (ts.isShorthandPropertyAssignment(property)) return { node: property.name, frame };
  }
  return undefined;
}

const folderOf = (node: ts.Node) => path.dirname(node.getSourceFile().fileName);

/** The function that is declared so, or that a constant of this declaration is. */
function functionOf(declaration: ts.Declaration): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && ts.isArrowFunction(value) ? value : undefined;
}

/** Every expression that a function returns, of itself and not of functions within. */
function returnedBy(declaration: ts.SignatureDeclaration): ts.Expression[] {
  const { body } = declaration as { body?: ts.ConciseBody };
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, walk);
  };
  walk(body);
  return found;
}

function callsByName(sources: readonly ts.SourceFile[]) {
  const calls = new Map<string, ts.CallExpression[]>();
  const walk = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const callee = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      const name = callee.getText();
      if (ts.isIdentifier(callee)) calls.set(name, [...(calls.get(name) ?? []), node]);
    }
    ts.forEachChild(node, walk);
  };
  sources.forEach(walk);
  return calls;
}

/** The name by which a function is called. */
function nameOf(asked: ts.SignatureDeclaration): string | undefined {
  const own = asked.name ?? (asked.parent as ts.NamedDeclaration).name;
  return own && ts.isIdentifier(own) ? own.text : undefined;
}

const keyOf = (node: ts.Node) => `${node.getSourceFile().fileName}:${node.pos}`;
const unknown = (node: ts.Node, why: string) => new UnknownText(`${node.getText()} ${why}`);
