import path from 'node:path';
import { findingLine, isFault } from '../../cards/program/doctor.ts';
import { systemClock } from '../base/clock.ts';
import { type Config, readConfig, readEnvironment } from './config.ts';
import { examineDatabase } from '../database/checkup.ts';
import { reachDatabase } from '../database/connect.ts';
import { LOCAL_APP } from '../database/stamp.ts';
import { attachEmbedded } from '../database/embedded/attach.ts';
import { StartError } from '../base/errors.ts';
import { examinePlatform } from '../feishu/api/checkup.ts';
import { type Finding, found } from '../base/doctor-finding.ts';
import { openLog } from '../base/log.ts';
import { onLost } from './operator.ts';
import { examineEmbedding, examineModel } from '../answers/model/checkup.ts';
import { examineCorpus, examineDataDir, examinePort } from './machine-checkup.ts';

const log = openLog('silent');
/** A database that is there answers within it. */
const patience = 3_000;

/**
 * `npm run doctor`: what is in order and what is not, a line each, beside a running Xueban or without one.
 * Changes nothing; ends with 1 when something does not work like this.
 */
async function examine(): Promise<void> {
  const environment = readEnvironment(process.env);
  const locale = environment.LOCALE === 'en-US' ? 'en-US' : 'zh-CN';
  let isBad = false;
  for await (const finding of findings(environment)) {
    process.stdout.write(`${findingLine(finding, locale)}\n`);
    isBad ||= isFault(finding);
  }
  process.exitCode = isBad ? 1 : 0;
}

async function* findings(environment: Readonly<Record<string, string | undefined>>) {
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    yield* error.message.split('\n').map((line) => found('SETTINGS_BAD', { line }));
    return;
  }
  yield found('SETTINGS_GOOD');
  if (config.llm) yield await examineModel(config.llm);
  if (config.embedding) yield await examineEmbedding(config.embedding);
  yield* await examineApp(config);
  yield await databaseOf(config);
  // An app with a database of the operator's own writes nothing there.
  if (!config.databaseUrl || !config.feishu) yield examineDataDir(config.dataDir);
  if (config.corpusDir) yield examineCorpus(config.corpusDir);
  if (config.port > 0) yield await examinePort(config.host, config.port);
  if (config.feishu) yield* examineAddress(config);
}

async function examineApp({ feishu: platform, eventMode, llm }: Config): Promise<Finding[]> {
  if (!platform) return [found('LOCAL_MODE')];
  const hasWriter = llm !== undefined;
  return examinePlatform({ platform, eventMode, hasWriter, now: () => systemClock.now(), log });
}

async function databaseOf(config: Config): Promise<Finding> {
  const app = config.feishu?.appId ?? LOCAL_APP;
  try {
    if (!config.databaseUrl) return await embeddedOf(config.dataDir, app);
    await reachDatabase(config.databaseUrl, patience);
    return await examineDatabase(config.databaseUrl, app);
  } catch (error) {
    const line = error instanceof Error ? error.message : String(error);
    return found('DATABASE_UNREACHED', { line });
  }
}

async function embeddedOf(dataDir: string, app: string): Promise<Finding> {
  const embedded = await attachEmbedded({ dir: path.join(dataDir, 'postgres'), log, onLost });
  if (!embedded) return found('DATABASE_NOT_MADE', { folder: dataDir });
  try {
    return await examineDatabase(embedded.url, app);
  } finally {
    await embedded.stop();
  }
}

/** Over the long connection nobody has to reach us. */
function examineAddress({ publicUrl: address, eventMode }: Config): Finding[] {
  if (eventMode === 'ws') return [];
  const { hostname, protocol } = new URL(address);
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    return [found('PUBLIC_LOCAL', { address })];
  }
  return [found(protocol === 'https:' ? 'PUBLIC_GOOD' : 'PUBLIC_PLAIN', { address })];
}

await examine();
