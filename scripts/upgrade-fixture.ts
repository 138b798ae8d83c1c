/**
 * `npm run fixture:upgrade -- <commit>` has that commit, in a folder of its own and with its own code,
 * live `test/upgrade/upgrade-life.test.ts` and keeps what it leaves behind in `test/fixtures/upgrade/<commit>`: the
 * database as its own backup, and what the platform shows. `test/upgrade/upgrade.test.ts` lives on from there.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.ts';

/** Where it stands, and where it stood before the house had areas. */
const lives = ['test/upgrade/upgrade-life.test.ts', 'test/upgrade-life.test.ts'];

function run(folder: string, command: string, words: string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
  return execFileSync(command, words, { ...options, stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

function makeFixture(commit: string) {
  const name = run(projectRoot, 'git', ['rev-parse', '--short=7', `${commit}^{commit}`]);
  const there = path.join(mkdtempSync(path.join(os.tmpdir(), 'xueban-upgrade-')), name);
  run(projectRoot, 'git', ['worktree', 'add', '--detach', there, name]);
  try {
    symlinkSync(path.join(projectRoot, 'node_modules'), path.join(there, 'node_modules'));
    const life = lives.find((place) => existsSync(path.join(there, place)));
    if (!life) throw new Error(`${name} is older than the life that is lived here.`);
    const left = path.join(there, 'left');
    run(there, 'npm', ['run', '--silent', 'generate']);
    run(there, 'npx', ['vitest', 'run', life], { FIXTURE_FOLDER: left });
    keep(left, path.join(projectRoot, 'test', 'fixtures', 'upgrade', name));
  } finally {
    run(projectRoot, 'git', ['worktree', 'remove', '--force', there]);
    rmSync(path.dirname(there), { recursive: true, force: true });
  }
}

function keep(left: string, fixture: string) {
  rmSync(fixture, { recursive: true, force: true });
  cpSync(left, `${fixture}.new`, { recursive: true });
  renameSync(`${fixture}.new`, fixture);
  console.log(`Made ${path.relative(process.cwd(), fixture)}`);
}

const commit = process.argv[2];
if (!commit || process.argv.length > 3) {
  console.error('Usage: npm run fixture:upgrade -- <commit>, such as the tag of the last release');
  process.exit(1);
}
makeFixture(commit);
