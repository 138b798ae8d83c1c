import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.ts';
import { openBrowser } from '../test/support/browser.ts';
import { buildPage, startLocalApp } from '../test/support/local-app.ts';
import { compileProgram } from '../test/support/program.ts';

/** Draws `docs/conversation.png` anew: a real conversation with the program, seen by the secretary. */
const members = ['zhao', 'sun', 'qian', 'wu', 'he'];
const file = path.join(projectRoot, 'docs/conversation.png');

await Promise.all([buildPage(), compileProgram()]);
const app = await startLocalApp();
const browser = await openBrowser();
try {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 920 },
    deviceScaleFactor: 1.5,
    locale: 'zh-CN',
  });
  for (const member of members) {
    await page.goto(`${app.address}?as=${member}`);
    const round = page.locator('.card', { hasText: '签到 · 主题党日' });
    await round.getByRole('button', { name: '签到' }).click();
    await page.locator('.toast', { hasText: '签到成功' }).waitFor();
  }
  await page.goto(`${app.address}?as=lin`);
  await page.getByText(`已签到 ${members.length + 1} / 11 人`).waitFor();
  await page.locator('.message', { hasText: '回复 孙丽萍' }).waitFor();
  await page.evaluate('document.fonts.ready');
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
} finally {
  await browser.close();
  await app.stop();
}
