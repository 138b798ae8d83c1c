import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { SimulatorClock } from '../../simulator/clock.ts';
import { sampleAdmin } from '../../simulator/sample.ts';
import type { AppKeys } from '../../simulator/seal.ts';
import { projectRoot } from '../../src/base/project-root.ts';
import { program } from './program.ts';
import { untilReady } from './running-app.ts';

/** The platform repeats after 15 s, 5 min and up to 6 h: here after 3 s at most. */
export const hurriedClock: SimulatorClock = {
  now: () => new Date(),
  after(milliseconds, act) {
    const timer = setTimeout(act, Math.min(milliseconds / 100, 3_000));
    return () => clearTimeout(timer);
  },
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What the app is told of the platform that `keys` and `domain` stand for. */
export const settingsFor = (keys: AppKeys, domain: string) => ({
  PATH: process.env.PATH,
  HOST: '127.0.0.1',
  ADMINS: sampleAdmin,
  FEISHU_DOMAIN: domain,
  FEISHU_APP_ID: keys.id,
  FEISHU_APP_SECRET: keys.secret,
  FEISHU_ENCRYPT_KEY: keys.encryptKey,
  FEISHU_VERIFICATION_TOKEN: keys.verificationToken,
});

/** The app in a process of its own, as an operator starts it. */
export function appProcess(port: number, env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [program('main')], {
    cwd: projectRoot,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ url, door: `${url}/webhook/event`, id: child.pid ?? 0, exited },
    ready: () => untilReady(url),
    /** Ends it as a power cut does: nothing is finished, nothing is said. */
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    /** Asks it to stop; its exit code. */
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
export type AppProcess = ReturnType<typeof appProcess>;
