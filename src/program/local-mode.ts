import { randomBytes } from 'node:crypto';
import path from 'node:path';
import Router from '@koa/router';
import { offsetClock } from '../../simulator/offset-clock.ts';
import { sampleAdmin } from '../../simulator/sample.ts';
import { openScene } from '../../simulator/scene.ts';
import { createSimulator, domainAt } from '../../simulator/simulator.ts';
import type { Locale } from '../bot/talk.ts';
import type { FeishuConfig } from './config.ts';
import { earlier, type ClockMoves } from '../queue/clock-moves.ts';
import { makeWritableFolder } from '../base/writable-folder.ts';
import type { Log } from '../base/log.ts';
import { projectRoot } from '../base/project-root.ts';

const secret = () => randomBytes(16).toString('hex');

interface LocalModeNeeds {
  dataDir: string;
  zone: string;
  log: Log;
  /** What the sample branch speaks. */
  locale: Locale;
}

/**
 * Local mode: the simulator is the platform, behind the app's own port and on the loopback only. Both go
 * by one clock, which the page can move on.
 */
export function createLocalMode({ dataDir, zone, log, locale }: LocalModeNeeds) {
  const keys = {
    id: 'cli_0000000000000000',
    secret: secret(),
    encryptKey: secret(),
    verificationToken: secret(),
  };
  makeWritableFolder(dataDir);
  const statePath = path.join(dataDir, 'simulator.json');
  const clock = offsetClock(path.join(dataDir, 'clock.json'), (text) => log.warn(text));
  const simulator = createSimulator({ app: keys, clock, zone, statePath, log });
  const router = new Router();
  router.all(/^\/simulator(\/.*)?$/, async (ctx) => {
    ctx.respond = false;
    ctx.status = 200;
    await simulator.handle(ctx.req, ctx.res);
  });
  let port = 0;
  const { id: appId, secret: appSecret, encryptKey, verificationToken } = keys;
  const feishu: FeishuConfig = {
    ...{ appId, appSecret, encryptKey, verificationToken },
    // Known once the app listens, and asked for after that.
    get baseUrl() {
      return domainAt(port);
    },
  };

  return {
    router,
    clock,
    admins: [sampleAdmin],
    /** Documents to ask from the first minute on. */
    corpusDir: path.join(projectRoot, 'simulator', 'corpus'),
    feishu,
    /** The app's queue and timetable, which move with the clock. */
    follow(moves: ClockMoves): void {
      simulator.follow({
        ...moves,
        nextDue: async (which) => earlier(await moves.nextDue(which), clock.nextAlarm()),
      });
    },
    /** The app listens here: events may come, and the sample scene plays; resolves once it has. */
    start(listening: number, ready: () => Promise<unknown>): Promise<void> {
      port = listening;
      simulator.aim(`http://127.0.0.1:${port}/webhook/event`);
      return ready().then(() => openScene(simulator, { log, locale }));
    },
    stop: () => simulator.close(),
  };
}
