import { afterAll, describe, expect, it } from 'vitest';
import { createChat } from '../../src/answers/model/chat.ts';
import { examineModel } from '../../src/answers/model/checkup.ts';
import { ModelError, type ModelFault } from '../../src/answers/model/fault.ts';
import {
  type Behaviour,
  eventOf,
  html,
  openModelEndpoint,
  unauthorized,
} from '../support/model-endpoint.ts';

const question = '预备期多久？';
const patience = 20_000;
const endpoint = await openModelEndpoint();
afterAll(() => endpoint.close());

interface Heard {
  said: string;
  fault?: ModelFault;
  status?: number;
  code?: string;
}

/** All that the model says, and how its endpoint failed, if it did. */
async function heard(behaviour: Behaviour, within = patience): Promise<Heard> {
  endpoint.behaves(behaviour);
  let said = '';
  try {
    const words = createChat(endpoint.settings).say(
      [{ role: 'user', content: question }],
      AbortSignal.timeout(within),
    );
    for await (const piece of words) said += piece;
    return { said };
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    const { fault, status, code, message, stack } = error as ModelError;
    // Whatever it wrote: neither the key nor the question gets into a log.
    expect(`${message} ${stack}`).not.toMatch(/the key|预备期/);
    return { said, fault, ...(status && { status }), ...(code && { code }) };
  }
}
const sends = (body: string, type = 'text/event-stream'): Behaviour => ({
  ...{ does: 'send', body, type },
});
const finish = (reason: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: reason }] })}\n\n`;

it('asks with the key, the model and no warmth', async () => {
  await heard({ does: 'stream', pieces: ['一年'] });
  const asked = endpoint.asked.at(-1);
  expect(asked).toMatchObject({
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer the key' },
    body: { model: 'the model', stream: true, temperature: 0 },
  });
  expect(asked?.body.messages).toEqual([{ role: 'user', content: question }]);
});

describe('the words of an endpoint', () => {
  it('come as they are streamed', async () => {
    const { nextAsked, say, end, settings } = endpoint;
    endpoint.behaves({ does: 'by hand' });
    const asked = nextAsked();
    const words = createChat(settings).say([], AbortSignal.timeout(patience));
    const first = words.next();
    await asked;
    say('一');
    expect(await first).toEqual({ done: false, value: '一' });
    say('年');
    expect(await words.next()).toEqual({ done: false, value: '年' });
    end();
    expect(await words.next()).toEqual({ done: true, value: undefined });
  });

  it('come line by line, also without an empty line between them', async () => {
    const { nextAsked, write, end, settings } = endpoint;
    endpoint.behaves({ does: 'by hand' });
    const asked = nextAsked();
    const words = createChat(settings).say([], AbortSignal.timeout(patience));
    const first = words.next();
    await asked;
    write(eventOf({ content: '一' }).trimEnd() + '\r\n');
    expect(await first).toEqual({ done: false, value: '一' });
    const second = words.next();
    write(eventOf({ content: '年' }).trimEnd() + '\r');
    write(`\n: waiting\nevent: message\n${eventOf({ content: '。' }).trimEnd()}\n`);
    expect(await second).toEqual({ done: false, value: '年' });
    expect(await words.next()).toEqual({ done: false, value: '。' });
    end();
    expect(await words.next()).toEqual({ done: true, value: undefined });
  });

  it.each<[string, Behaviour, string]>([
    ['in one JSON', { does: 'answer', text: '一年' }, '一年'],
    ['byte by byte', { does: 'dribble', text: '一年。', ms: 0 }, '一年。'],
    [
      'with lines that end in returns',
      sends(
        `: hello\r\n${eventOf({ content: '一年' }).replaceAll('\n', '\r\n')}data: [DONE]\r\n\r\n`,
      ),
      '一年',
    ],
    [
      'without [DONE], but with a reason to stop',
      sends(`${eventOf({ content: '一年' })}${finish('stop')}`),
      '一年',
    ],
    [
      'with [DONE] at the very end, after lines that say nothing',
      sends(`\ufeffretry: soon\nid: 7\n   \ndata:\n${eventOf({ content: '一年' })}data:[DONE]`),
      '一年',
    ],
    [
      'with a count of tokens at the end',
      sends(`${eventOf({ content: '一年' })}data: {"choices":[],"usage":{}}\n\ndata: [DONE]\n\n`),
      '一年',
    ],
    [
      'beside thoughts of their own',
      sends(
        `${eventOf({ reasoning_content: '想' })}${eventOf({ content: '一年' })}data: [DONE]\n\n`,
      ),
      '一年',
    ],
    [
      'after thoughts between marks',
      { does: 'stream', pieces: ['<th', 'ink>想<', '/think', '>一', '年<5'] },
      '一年<5',
    ],
  ])('come %s', async (_, behaviour, said) => {
    expect(await heard(behaviour)).toEqual({ said });
  });

  it('stop when the caller has heard enough', async () => {
    endpoint.behaves({ does: 'endless' });
    let pieces = 0;
    for await (const _ of createChat(endpoint.settings).say([], AbortSignal.timeout(patience)))
      if ((pieces += 1) === 3) break;
    expect(pieces).toBe(3);
  });
});

describe('an endpoint', () => {
  it.each<[string, Behaviour, object]>([
    ['that does not take the key', unauthorized, { said: '', fault: 'refused', status: 401 }],
    ['that sends a page', html, { said: '', fault: 'html', status: 200 }],
    [
      'that sends a page under another name',
      sends('<html>\n<p>the key'),
      { said: '', fault: 'unreadable' },
    ],
    [
      'that sends half a JSON',
      sends('{"choices":[{"mess', 'application/json'),
      { said: '', fault: 'unreadable' },
    ],
    [
      'that sends another JSON',
      sends('{"choices":"the key"}', 'application/json'),
      { said: '', fault: 'unreadable' },
    ],
    [
      'that says something else in between',
      sends(`${eventOf({ content: '一' })}warning: the key\n\n${eventOf({ content: '年' })}`),
      { said: '一', fault: 'unreadable' },
    ],
    [
      'that sends half an event',
      sends(`${eventOf({ content: '一' })}data: {"choices":[{"de\n\n`),
      { said: '一', fault: 'unreadable' },
    ],
    [
      'that reports an error in between',
      sends(`${eventOf({ content: '一' })}data: {"error":{"message":"the key ${question}"}}\n\n`),
      { said: '一', fault: 'reported' },
    ],
    [
      'that just ends',
      { does: 'stream', pieces: ['一'], done: false },
      { said: '一', fault: 'cut' },
    ],
    [
      'that ends for want of room',
      sends(`${eventOf({ content: '一' })}${finish('length')}data: [DONE]\n\n`),
      { said: '一', fault: 'cut' },
    ],
    [
      'that drops the connection',
      { does: 'reset', pieces: ['一'] },
      { said: '一', fault: 'unreached' },
    ],
    [
      'that thinks without end',
      sends(eventOf({ reasoning_content: '想'.repeat(1000) }).repeat(1500)),
      { said: '', fault: 'endless' },
    ],
    [
      'with a line without end',
      sends(`data: ${'x'.repeat(300_000)}`),
      { said: '', fault: 'endless' },
    ],
  ])('%s is one fault, without its words', async (_, behaviour, outcome) => {
    const { code: _code, ...seen } = { code: '', ...(await heard(behaviour)) };
    expect(seen).toEqual(outcome);
  });

  it('that never stops is left after what anybody reads', async () => {
    const { said, fault } = await heard({ does: 'endless' });
    expect(fault).toBe('endless');
    expect(said.length).toBeLessThan(8_000);
  });

  it.each<[string, Behaviour]>([
    ['never answers', { does: 'hang' }],
    ['sends one byte at a time', { does: 'dribble', text: '一年', ms: 1_000 }],
  ])('that %s is left when patience is over', async (_, behaviour) => {
    expect(await heard(behaviour, 200)).toEqual({ said: '', fault: 'late' });
  });

  it('that is not there is told with the reason, and sends nobody elsewhere', async () => {
    const away = { ...endpoint.settings, baseUrl: 'http://127.0.0.1:1' };
    const nobody = createChat(away).say([], AbortSignal.timeout(patience)).next();
    await expect(nobody).rejects.toMatchObject({ fault: 'unreached' });
    endpoint.behaves({ does: 'send', status: 307, body: '' });
    expect(await heard({ does: 'send', status: 307, body: '' })).toMatchObject({ status: 307 });
  });
});

describe('the look at a model', () => {
  it.each<[string, Behaviour, string]>([
    ['answers', { does: 'by hand' }, 'MODEL_SLOW'],
    ['streams', { does: 'stream', pieces: ['yes'] }, 'MODEL_GOOD'],
    ['takes no key', unauthorized, 'MODEL_KEY_BAD'],
    ['knows no such model', { does: 'send', status: 404, body: '{}' }, 'MODEL_MISSING'],
    ['is a page', html, 'MODEL_STRANGE'],
    ['is out of order', { does: 'send', status: 503, body: '' }, 'MODEL_STRANGE'],
  ])('that %s', async (_, behaviour, code) => {
    endpoint.behaves(behaviour);
    const within = code === 'MODEL_SLOW' ? 200 : patience;
    expect(await examineModel(endpoint.settings, within)).toMatchObject({ code });
  });

  it('that is not there names the address and nothing else', async () => {
    const away = { ...endpoint.settings, baseUrl: 'http://127.0.0.1:1/v1' };
    const finding = await examineModel(away);
    expect(finding).toMatchObject({ code: 'MODEL_UNREACHED', facts: { address: '127.0.0.1:1' } });
    expect(JSON.stringify(finding)).not.toContain('the key');
  });
});
