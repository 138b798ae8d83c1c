import type { Content } from '../../src/bot/talk.ts';

/** What a person reads in a message, line by line; buttons in brackets. */
export function textOf(content: Content): string {
  if ('text' in content) return content.text;
  if ('file' in content) return `[${content.file.name}]`;
  const title = content.card.header?.title as { content: string } | undefined;
  return [title?.content ?? '', ...content.card.body.elements.flatMap(linesOf)].join('\n');
}

/** The value of the button with this label, if the message has it. */
export function buttonOf(content: Content, label: string): Pressable | undefined {
  if (!('card' in content)) return undefined;
  const nodes = content.card.body.elements.flatMap(everyNode);
  const button = nodes.find((node) => node.tag === 'button' && labelOf(node) === label);
  const behaviors = button?.behaviors as { value: Pressable }[] | undefined;
  return behaviors?.[0]?.value;
}

export interface Pressable {
  action: string;
  value: unknown;
}
type Node = Record<string, unknown>;

const labelOf = (node: Node) => (node.text as { content: string }).content;

function everyNode(node: Node): Node[] {
  const children = Object.values(node).flat().filter(isNode);
  return [node, ...children.flatMap(everyNode)];
}

function linesOf(element: Node): string[] {
  return everyNode(element).flatMap((node) => {
    if (node.tag === 'button') return [`[${labelOf(node)}]`];
    if (node.tag === 'checker') return [`${node.checked === true ? '☑' : '☐'} ${labelOf(node)}`];
    if (node.tag === 'markdown') return [node.content as string];
    if (node.tag === 'div') return [labelOf(node)];
    return [];
  });
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** How much of a card there is: the platform takes 30 KB and 200 elements, nested texts included. */
export function sizeOf(content: Content): { bytes: number; elements: number } {
  if (!('card' in content)) return { bytes: 0, elements: 0 };
  const nodes = content.card.body.elements.flatMap(everyNode);
  const elements = nodes.filter((node) => typeof node.tag === 'string').length;
  return { bytes: Buffer.byteLength(JSON.stringify(content.card)), elements };
}
