import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { studyGroup } from '../../simulator/sample.ts';
import { openModelEndpoint, type ModelEndpoint } from '../support/model-endpoint.ts';
import { fromBot, read, reads, runningApp, type RunningApp } from '../support/running-app.ts';

const question = '请假的党员和补学的党员在多久之内补学、怎么补学';
const said = '请假的党员一般在两周之内补学。';
const byModel = '由模型根据以下原文写成';
const quoted = '第三条 请假的党员一般在两周之内补学。';

let corpusDir: string;
let endpoint: ModelEndpoint;
let app: RunningApp;
let lin: SimulatedPerson;

beforeAll(async () => {
  corpusDir = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  const text = `# 学习制度\n\n${quoted}\n\n第四条 补学的党员可以阅读学习材料。\n`;
  writeFileSync(path.join(corpusDir, '制度.md'), text);
  endpoint = await openModelEndpoint();
  app = await runningApp({ corpusDir, llm: endpoint.settings });
  lin = app.sim.person('lin');
  await lin.says(studyGroup, '@学伴 绑定 向阳支部');
  await reads(app.sim, studyGroup, '绑定好了');
});
afterAll(async () => {
  app.sim.switches.badDay = undefined;
  await app.stop();
  await endpoint.close();
  rmSync(corpusDir, { recursive: true, force: true });
});

/** How many messages of the bot are in the group. */
const count = () => fromBot(app.sim, studyGroup).length;
const asks = () => lin.says(studyGroup, `@学伴 ${question}`);
/** Whether the newest card still grows at the platform. */
const isGrowing = () => app.sim.world.state.entities.at(-1)?.card.includes('"streaming_mode":true');

describe('an answer over the wire', () => {
  it('grows on its card sentence by sentence, and ends on the same message', async () => {
    endpoint.behaves({ does: 'by hand' });
    const before = count();
    const asked = endpoint.nextAsked();
    await asks();
    await asked;
    await reads(app.sim, studyGroup, '正在查阅资料…');
    endpoint.say(`${said}[1]请假的党员应当`);
    const growing = await reads(app.sim, studyGroup, `${said}[1]`, '写完后附上原文');
    expect(isGrowing()).toBe(true);
    expect(read(growing)).not.toContain('应当');
    endpoint.say('在三天之内补学。[1]');
    endpoint.end();
    const done = await reads(app.sim, studyGroup, `${said}[1]`, byModel, quoted);
    expect(done.id).toBe(growing.id);
    expect(read(done)).not.toContain('三天');
    expect(isGrowing()).toBe(false);
    expect(count()).toBe(before + 1);
  });

  it('sends a plain card where the app may not create a card entity', async () => {
    app.sim.switches.badDay = 'no-streaming';
    const [before, entities] = [count(), app.sim.world.state.entities.length];
    endpoint.behaves({ does: 'stream', pieces: [`${said}[1]`] });
    await asks();
    await app.sim.waitFor(() => {
      const [answer] = fromBot(app.sim, studyGroup).slice(before);
      return answer && read(answer).includes(byModel);
    });
    app.sim.switches.badDay = undefined;
    expect(count()).toBe(before + 1);
    expect(app.sim.world.state.entities).toHaveLength(entities);
  });

  it('is in the documents’ words soon where the model hangs', async () => {
    endpoint.behaves({ does: 'hang' });
    const before = count();
    const began = performance.now();
    await asks();
    await app.sim.waitFor(() => {
      const [answer] = fromBot(app.sim, studyGroup).slice(before);
      return answer && read(answer).includes(`${quoted}\n—— 《学习制度》`);
    }, 30_000);
    // Eight where nothing else runs; other tests share the machine.
    expect(performance.now() - began).toBeLessThan(16_000);
    expect(count()).toBe(before + 1);
    expect(isGrowing()).toBe(false);
  });
});
