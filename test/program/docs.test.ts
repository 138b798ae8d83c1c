import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const pages = ['README.md', 'README.zh-CN.md', 'RELEASE_NOTES.md'].concat(
  readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);
const textOf = (page: string) => readFileSync(path.join(root, page), 'utf8');
/** What is shown as code is no link and no heading. */
const withoutBlocks = (text: string) => text.replace(/^```[^]*?^```/gm, '');
const withoutCode = (text: string) => withoutBlocks(text).replace(/`[^`]*`/g, '');

const linksOf = (page: string) =>
  [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');

/** The anchors of a page as the usual readers make them of its headings. */
function anchorsOf(page: string): string[] {
  const text = withoutBlocks(textOf(page));
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function isThere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file ? path.posix.join(path.posix.dirname(page), file) : page;
  if (!existsSync(path.join(root, decodeURI(target)))) return false;
  return anchor === undefined || anchorsOf(target).includes(decodeURI(anchor));
}

describe('a page for people', () => {
  it.each(pages)('%s links to what is there', (page) => {
    const inside = linksOf(page).filter((link) => !/^(?:https?|mailto):/.test(link));
    expect(inside.filter((link) => !isThere(page, link))).toEqual([]);
  });

  it('is linked from both READMEs', () => {
    const docs = pages.filter((page) => page.startsWith('docs/'));
    for (const readme of ['README.md', 'README.zh-CN.md'])
      expect(docs.filter((page) => !linksOf(readme).includes(page))).toEqual([]);
  });

  it('is missed where a file or an anchor is not there', () => {
    expect(isThere('README.md', 'docs/nothing.md')).toBe(false);
    expect(isThere('docs/library.md', '../README.md#what-works-today')).toBe(true);
    expect(isThere('docs/library.md', '../README.md#what-never-works')).toBe(false);
  });
});

describe('the two READMEs', () => {
  const [english, chinese] = [textOf('README.md'), textOf('README.zh-CN.md')];

  it('link each other at the top', () => {
    expect(english.split('\n').slice(0, 4).join()).toContain('](README.zh-CN.md)');
    expect(chinese.split('\n').slice(0, 4).join()).toContain('](README.md)');
  });

  it.each([
    ['sections', /^##+ /gm],
    ['table rows', /^\|/gm],
    ['list items', /^\s*(?:-|\d\.) /gm],
  ])('have as many %s', (_, like) => {
    expect(chinese.match(like)?.length).toBe(english.match(like)?.length);
  });

  it('name the same commands, settings, scopes and events', () => {
    const code = (text: string) =>
      [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, each = '']) =>
        each.replace(/\s+/g, ' '),
      );
    const others = (one: string, two: string) =>
      code(one).filter((each) => !code(two).includes(each));
    expect(others(english, chinese)).toEqual([]);
    expect(others(chinese, english)).toEqual([]);
  });
});
