import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as lark from '@larksuiteoapi/node-sdk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { privateChatOf, studyGroup } from '../../simulator/sample.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { hasBrowser, openBrowser } from '../support/browser.ts';
import { buildPage, startLocalApp } from '../support/local-app.ts';
import { chinese } from '../support/pairs.ts';
import { openReceiver } from '../support/receiver.ts';

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let browser: Browser;
let pages: Page[] = [];
/** What went wrong in a page, and what it asked of other machines. */
let faults: string[] = [];

beforeAll(async () => {
  if (!hasBrowser()) return;
  const [opened] = await Promise.all([openBrowser(), buildPage()]);
  browser = opened;
});
afterAll(async () => {
  if (hasBrowser()) await browser.close();
});
afterEach(async () => {
  await Promise.all(pages.map((page) => page.close()));
  const seen = faults;
  pages = [];
  faults = [];
  expect(seen).toEqual([]);
});

async function visit(address: string, viewport = desk): Promise<Page> {
  const page = await browser.newPage({ viewport, locale: 'zh-CN' });
  pages.push(page);
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => faults.push(dialog.message()));
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(address).host) faults.push(request.url());
  });
  await page.goto(address);
  await page.getByRole('button', { name: '学习群' }).waitFor();
  return page;
}

/** What a page shows, and what it says to whom listens to it. */
const everythingToRead = `[document.title, document.body.innerText, ...[...document.querySelectorAll('*')]
  .flatMap((each) => ['aria-label', 'placeholder', 'title', 'alt'].map((name) => each.getAttribute(name)))]
  .filter(Boolean).join('\\n')`;
const top = `document.querySelector('.scroll').scrollTop`;
const box = (page: Page) => page.getByRole('textbox', { name: '消息' });
const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text });
const card = (page: Page, text: string) => page.locator('.card', { hasText: text }).last();
const chat = (page: Page, name: string) => page.locator('.chat', { hasText: name });

async function say(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

async function become(page: Page, name: string): Promise<void> {
  await page.locator('.me-button').click();
  await page.locator('.people button', { hasText: name }).click();
  await page.locator('.me', { hasText: name }).waitFor();
}

// On Linux x64 a browser comes with the packages; elsewhere it has to be installed.
describe.runIf(hasBrowser())('with the program', { timeout: 60_000 }, () => {
  let app: Awaited<ReturnType<typeof startLocalApp>>;
  beforeAll(async () => {
    app = await startLocalApp();
  });
  afterAll(() => app.stop());

  it('lets a secretary open a check-in, a member press it, and anybody ask', async () => {
    const page = await visit(`${app.address}?as=lin`);
    await card(page, '签到 · 主题党日').getByText('已签到 1 / 11 人').waitFor();
    await say(page, '@学伴 签到 交学习心得 截止 明天18:00');
    const round = card(page, '签到 · 交学习心得');
    await round.getByText('已签到 0 / 11 人').waitFor();

    await become(page, '赵建华');
    await round.getByRole('button', { name: '签到' }).click();
    await toast(page, '签到成功').waitFor();
    await round.getByText('已签到 1 / 11 人').waitFor();
    await round.getByRole('button', { name: '签到' }).click();
    await toast(page, '已经签过').waitFor();
    expect(await round.textContent()).toContain('已签到 1 / 11 人');

    await page.getByRole('button', { name: '@学伴', exact: true }).click();
    await box(page).pressSequentially('党员大会多久开一次？');
    await box(page).press('Enter');
    const answer = page.locator('.message', { hasText: '回复 赵建华' }).locator('.card');
    await answer.getByText('——').waitFor();
    expect(await answer.textContent()).toMatch(/——\s*《.+》/);
  });

  it('fits a phone: the chats, one of them, and back', async () => {
    const page = await visit(`${app.address}?as=qian`, phone);
    expect(await box(page).isVisible()).toBe(false);
    await chat(page, '学习群').click();
    await card(page, '签到 · 主题党日').waitFor();
    expect(await chat(page, '学习群').isVisible()).toBe(false);
    const width = () => page.evaluate('document.scrollingElement.scrollWidth');
    expect(await width()).toBeLessThanOrEqual(phone.width);
    await page.getByRole('button', { name: '返回' }).click();
    await chat(page, '学习群').waitFor();
  });

  it('sends a sample question bank with one press', async () => {
    const page = await visit(`${app.address}?as=lin`);
    await chat(page, '机器人').click();
    await page.getByRole('button', { name: '发送示例题库' }).click();
    await card(page, '请确认 · 题库《示例题库》').getByText('能用的题 12 道').waitFor();
  });

  it('moves the clock on from a phone, and brings what was due', async () => {
    const page = await visit(`${app.address}?as=lin`, phone);
    await chat(page, '学习群').click();
    await say(page, '@学伴 每日一学 开 8:00');
    await card(page, '每日一学已开启').waitFor();
    const clock = page.getByRole('combobox', { name: '时钟' });
    await clock.selectOption('到明天 8:00');
    await toast(page, '现在是').waitFor();
    await card(page, '每日一学 · 《').waitFor();
    expect(await clock.locator('option').first().textContent()).toContain('08:00');
    expect(await page.locator('.day').last().textContent()).toBe('今天');
    expect(await page.locator('.day').first().textContent()).not.toBe('今天');
    const width = await page.evaluate('document.scrollingElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(phone.width);
  });
});

describe.runIf(hasBrowser())('with an app that only listens', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function start(id: string, statePath: string, at?: number) {
    const app = { id, secret: 'secret', encryptKey: 'key', verificationToken: 'token' };
    const simulator = createSimulator({ app, statePath });
    closers.push(() => simulator.close());
    return { app, simulator, ...(await simulator.listen(at)) };
  }

  async function open() {
    const id = `cli_${randomBytes(8).toString('hex')}`;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'page-'));
    closers.push(async () => rmSync(folder, { recursive: true }));
    const statePath = path.join(folder, 'state.json');
    const { app, simulator, port, domain } = await start(id, statePath);
    const receiver = await openReceiver(app.encryptKey);
    closers.push(() => receiver.close());
    simulator.aim(receiver.url);
    const silent = () => undefined;
    const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent };
    const client = new lark.Client({ appId: id, appSecret: app.secret, domain, logger });
    const send = async (to: string, ...elements: object[]) => {
      const content = JSON.stringify(cardOf(elements));
      const { data } = await client.im.v1.message.create({
        params: { receive_id_type: 'chat_id' },
        data: { receive_id: to, msg_type: 'interactive', content },
      });
      return data?.message_id ?? '';
    };
    const change = (message: string, ...elements: object[]) =>
      client.im.v1.message.patch({
        path: { message_id: message },
        data: { content: JSON.stringify(cardOf(elements)) },
      });
    return {
      restart: () => start(id, statePath, port),
      simulator,
      receiver,
      send,
      change,
      address: `http://127.0.0.1:${port}/simulator/`,
    };
  }

  const cardOf = (elements: object[]) => ({ schema: '2.0', body: { elements } });
  const words = (content: string) => ({ tag: 'plain_text', content });
  const presses = (receiver: Awaited<ReturnType<typeof open>>['receiver']) =>
    receiver.received
      .map(({ envelope }) => envelope)
      .filter(({ header }) => header['event_type'] === 'card.action.trigger')
      .map(({ event }) => event['action'] as unknown);

  it('hands a form in by the names of its fields, and holds back what lacks an answer', async () => {
    const { simulator, receiver, send, address } = await open();
    receiver.answers(() => ({ body: { toast: { type: 'success', content: '收到了' } } }));
    await send(privateChatOf(simulator.person('wang').id), {
      tag: 'form',
      name: 'form',
      elements: [
        { tag: 'input', name: 'why', required: true, label: words('原因') },
        {
          tag: 'select_static',
          name: 'which',
          placeholder: words('哪一个'),
          options: ['甲', '乙'].map((value) => ({ text: words(value), value })),
        },
        { tag: 'date_picker', name: 'day', placeholder: words('哪天') },
        { tag: 'button', name: 'go', text: words('提交'), form_action_type: 'submit' },
      ],
    });
    const page = await visit(`${address}?as=wang`);
    await chat(page, '机器人').click();
    await page.getByRole('button', { name: '提交' }).click();
    await toast(page, '请填写必填项').waitFor();
    await page.locator('.missing', { hasText: '原因' }).waitFor();
    await page.getByLabel('原因').fill('<b>出差</b>');
    await page.getByLabel('哪一个').selectOption('乙');
    await page.getByLabel('哪天').fill('2026-12-01');
    await page.getByRole('button', { name: '提交' }).click();
    await toast(page, '收到了').waitFor();
    const form = { why: '<b>出差</b>', which: '乙', day: '2026-12-01 +0800' };
    expect(presses(receiver)).toEqual([expect.objectContaining({ form_value: form })]);
  });

  it('keeps what one types while the card changes, and begins empty once it is handed in', async () => {
    const { receiver, send, change, address } = await open();
    const elements = (count: string) => [
      { tag: 'div', text: words(count) },
      {
        tag: 'form',
        name: 'form',
        elements: [
          { tag: 'input', name: 'why', label: words('心得') },
          { tag: 'button', name: 'go', text: words('提交'), form_action_type: 'submit' },
        ],
      },
    ];
    const message = await send(studyGroup, ...elements('已交 1 份'));
    receiver.answers(() => ({
      body: { card: { type: 'raw', data: cardOf(elements('已交 3 份')) } },
    }));
    const page = await visit(`${address}?as=wang`);
    const field = page.getByLabel('心得');
    await field.pressSequentially('学习');
    await change(message, ...elements('已交 2 份'));
    await page.getByText('已交 2 份').waitFor();
    await page.keyboard.type('收获');
    expect(await field.inputValue()).toBe('学习收获');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已交 3 份').waitFor();
    await page.locator('.card-button:not(.busy)').waitFor();
    expect(await field.inputValue()).toBe('');
  });

  it('ticks nothing on the next card of a form because it was ticked on the one before', async () => {
    const { simulator, receiver, send, address } = await open();
    const question = (number: number) => [
      { tag: 'div', text: words(`第 ${number} 题`) },
      {
        tag: 'form',
        name: 'choices',
        elements: [
          ...['甲', '乙'].map((label, option) => ({
            ...{ tag: 'checker', name: `option_${option}`, checked: false },
            text: words(label),
          })),
          {
            ...{ tag: 'button', name: 'send', text: words('确定'), form_action_type: 'submit' },
            behaviors: [{ type: 'callback', value: { place: number } }],
          },
        ],
      },
      {
        tag: 'button',
        text: words('下一题'),
        behaviors: [{ type: 'callback', value: { to: number + 1 } }],
      },
    ];
    let shown = 1;
    receiver.answers(() => ({ body: { card: { type: 'raw', data: cardOf(question(++shown)) } } }));
    await send(privateChatOf(simulator.person('wang').id), ...question(shown));
    const page = await visit(`${address}?as=wang`);
    await chat(page, '机器人').click();
    for (const [label, next] of [
      ['确定', '第 2 题'],
      ['下一题', '第 3 题'],
    ] as const) {
      await page.getByRole('checkbox', { name: '甲' }).check();
      await page.getByRole('button', { name: label }).click();
      await page.getByText(next).waitFor();
      await page.locator('.card-button:not(.busy)').first().waitFor();
      expect(await page.getByRole('checkbox', { name: '甲' }).isChecked()).toBe(false);
    }
  });

  it('shows what people write letter by letter, in messages and in markdown', async () => {
    const { simulator, send, address } = await open();
    const attack = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await simulator.person('lin').says(studyGroup, attack);
    await send(studyGroup, { tag: 'markdown', content: `${attack} [x](javascript:alert(3))` });
    const page = await visit(`${address}?as=wang`);
    await page.locator('.bubble', { hasText: attack }).waitFor();
    await page.locator('.markdown', { hasText: attack }).waitFor();
    expect(await page.locator('.messages :is(img, script, a)').count()).toBe(0);
  });

  it('says what a failing app looks like, and lets the button be pressed again', async () => {
    const { receiver, send, address } = await open();
    receiver.answers(() => ({ status: 500 }));
    const behaviors = [{ type: 'callback', value: { action: 'press' } }];
    await send(studyGroup, { tag: 'button', text: words('签到'), behaviors });
    const page = await visit(`${address}?as=wang`);
    const button = page.locator('.card').getByRole('button', { name: '签到' });
    await button.click();
    await toast(page, '出错了').waitFor();
    await page.locator('.card-button:not(.busy)').waitFor();
    expect(presses(receiver)).toHaveLength(1);
  });

  it('speaks English throughout to whom asks for it', async () => {
    const { receiver, send, simulator, address } = await open();
    receiver.answers(() => ({ status: 500 }));
    const behaviors = [{ type: 'callback', value: { action: 'press' } }];
    await send(studyGroup, { tag: 'button', text: words('Sign'), behaviors });
    const page = await visit(`${address}?as=lin&lang=en`);
    await page.locator('.card').getByRole('button', { name: 'Sign' }).click();
    await toast(page, 'Something went wrong').waitFor();
    await page.getByRole('button', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Remove Xueban' }).click();
    await page.getByText('林静 removed the bot 学伴').first().waitFor();
    const { people, chats } = simulator.world.state;
    const names = [...people, ...chats].map(({ name }) => name);
    const samples = ['学伴', '三会一课', '党员大会多久开一次？'];
    const read = await page.evaluate<string>(everythingToRead);
    expect(read).toContain('Members');
    const left = [...names, ...samples].reduce((text, name) => text.replaceAll(name, ''), read);
    // A picture made of the last two letters of a name.
    const lines = left.split('\n').filter((line) => !names.some((name) => name.endsWith(line)));
    expect(lines.filter((line) => chinese.test(line))).toEqual([]);
  });

  it('keeps one’s place while messages come, and offers the way down', async () => {
    const { simulator, address } = await open();
    const lin = simulator.person('lin');
    for (let line = 1; line <= 40; line += 1) await lin.says(studyGroup, `第 ${line} 句`);
    const page = await visit(`${address}?as=wang`);
    await page.getByText('第 40 句').first().waitFor();
    await page.locator('.scroll').hover();
    await page.mouse.wheel(0, -5000);
    await expect.poll(() => page.evaluate(top)).toBe(0);
    const pill = page.getByRole('button', { name: '新消息' });
    await lin.says(studyGroup, '最新一句');
    await pill.click();
    await pill.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(top)).toBeGreaterThan(500);
    await expect.poll(() => page.locator('.bubble').last().textContent()).toBe('最新一句');
  });

  it('finds back after the program was away, with what one had begun to fill in', async () => {
    const { simulator, send, restart, address } = await open();
    await send(studyGroup, {
      tag: 'form',
      name: 'form',
      elements: [
        { tag: 'input', name: 'why', label: words('心得') },
        { tag: 'button', name: 'go', text: words('提交'), form_action_type: 'submit' },
      ],
    });
    const page = await visit(`${address}?as=wang`);
    const field = page.getByLabel('心得');
    await field.fill('学习收获');
    await simulator.close();
    await page.getByText('连接断了').waitFor();
    const again = await restart();
    await page.getByText('连接断了').waitFor({ state: 'hidden' });
    await again.simulator.person('lin').says(studyGroup, '又连上了');
    await page.locator('.bubble', { hasText: '又连上了' }).waitFor();
    expect(await field.inputValue()).toBe('学习收获');
  });
});
