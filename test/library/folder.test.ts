import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walkFolder } from '../../src/library/folder/walk.ts';
import { planSync, type HashedFile, type KeptDocument } from '../../src/library/folder/rules.ts';

const kept = (...names: string[]): KeptDocument[] =>
  names.map((source, i) => ({ id: i + 1, source, hash: `hash of ${source}` }));
const found = (...names: string[]): HashedFile[] =>
  names.map((path) => ({ path, hash: `hash of ${path}` }));
const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

describe('the plan to bring the library in step', () => {
  it('is nothing when everything is as it was', () => {
    const plan = planSync(kept(...ten), found(...ten));
    expect(plan).toEqual({ read: [], moved: [], removed: [], needsConfirmation: false });
  });

  it('reads what is new or changed', () => {
    const changed = { path: 'a', hash: 'other' };
    const plan = planSync(kept('a', 'b'), [changed, ...found('b', 'c')]);
    expect(plan.read.map(({ path }) => path)).toEqual(['a', 'c']);
  });

  it('recognises a file that was only moved', () => {
    const plan = planSync(kept('a', 'b'), [...found('b'), { path: 'x/a', hash: 'hash of a' }]);
    expect(plan).toMatchObject({ read: [], moved: [{ id: 1, path: 'x/a' }], removed: [] });
  });

  it('reads a copy, since the original is still there', () => {
    const plan = planSync(kept('a'), [...found('a'), { path: 'copy', hash: 'hash of a' }]);
    expect(plan).toMatchObject({ read: [{ path: 'copy' }], moved: [] });
  });

  it.each([
    ['3 of 10 go', ten.slice(3), false],
    ['4 of 10 wait', ten.slice(4), true],
    ['all of them wait', [], true],
  ])('removes what is gone, if it is not too much at once: %s', (_, names, isHeld) => {
    const plan = planSync(kept(...ten), found(...names));
    expect(plan.removed).toHaveLength(ten.length - names.length);
    expect(plan.needsConfirmation).toBe(isHeld);
  });

  it('does not hold back an empty folder that was empty before', () => {
    expect(planSync([], []).needsConfirmation).toBe(false);
  });
});

describe('the list of files in the folder', () => {
  let folder: string;
  const put = (name: string, text = 'x') => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const names = async (within = '.') =>
    (await walkFolder(path.join(folder, within))).files.map((file) => file.path);

  it('holds every document in it and below, and no hidden file', async () => {
    for (const name of ['b.md', 'law/a.txt', 'law/deep/c.HTML', '.git/d.md', '.e.md']) put(name);
    expect(await names()).toEqual(['b.md', 'law/a.txt', 'law/deep/c.HTML']);
  });

  it('skips kinds that are not read, and names them', async () => {
    put('a.xlsx');
    put('b.png');
    expect(await walkFolder(folder)).toMatchObject({ files: [], skipped: ['a.xlsx', 'b.png'] });
  });

  it('follows links within the folder, and none that lead out of it or nowhere', async () => {
    put('outside/secret.md');
    put('in/a.md');
    symlinkSync(path.join(folder, 'in/a.md'), path.join(folder, 'in/b.md'));
    symlinkSync(path.join(folder, 'outside'), path.join(folder, 'in/out'));
    symlinkSync(path.join(folder, 'outside/secret.md'), path.join(folder, 'in/secret.md'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'in/nowhere.md'));
    symlinkSync(path.join(folder, 'in'), path.join(folder, 'in/round'));
    expect(await names('in')).toEqual(['a.md', 'b.md']);
  });

  it('is unknown where the folder cannot be read', async () => {
    await expect(names('missing')).rejects.toThrow('ENOENT');
  });
});
