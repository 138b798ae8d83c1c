import type { Locale } from '../../src/bot/talk.ts';
import type { Finding, FindingCode } from '../../src/base/doctor-finding.ts';
import { inBoth } from '../bot/words.ts';

/** ✓: in order; !: worth a look; ✗: does not work like this. */
type Mark = '✓' | '!' | '✗';
type Fact = (name: string) => string;
type Sentences = Readonly<Record<FindingCode, (fact: Fact) => string>>;

const marks: Readonly<Record<FindingCode, Mark>> = {
  SETTINGS_GOOD: '✓',
  SETTINGS_BAD: '✗',
  LOCAL_MODE: '!',
  MODEL_GOOD: '✓',
  MODEL_KEY_BAD: '✗',
  MODEL_MISSING: '✗',
  MODEL_UNREACHED: '✗',
  MODEL_SLOW: '!',
  MODEL_STRANGE: '✗',
  EMBEDDING_GOOD: '✓',
  EMBEDDING_BAD: '!',
  PLATFORM_UNREACHED: '✗',
  CREDENTIALS_GOOD: '✓',
  CREDENTIALS_BAD: '✗',
  CLOCK_GOOD: '✓',
  CLOCK_OFF: '!',
  CLOCK_WRONG: '✗',
  CLOCK_UNKNOWN: '!',
  BOT_GOOD: '✓',
  BOT_MISSING: '✗',
  BOT_INACTIVE: '✗',
  SCOPES_GOOD: '✓',
  SCOPES_MISSING: '✗',
  SCOPES_UNKNOWN: '!',
  SCOPE_TOO_WIDE: '!',
  SCOPE_GROWING: '!',
  EVENTS_GOOD: '✓',
  EVENTS_MISSING: '✗',
  CALLBACK_GOOD: '✓',
  CALLBACK_MISSING: '✗',
  SUBSCRIPTIONS_UNKNOWN: '!',
  DOOR_OTHER: '✗',
  KEYS_GOOD: '✓',
  KEYS_OTHER: '✗',
  DATABASE_GOOD: '✓',
  DATABASE_NOT_MADE: '!',
  DATABASE_EMPTY: '!',
  DATABASE_UNREACHED: '✗',
  DATABASE_OLD: '✗',
  DATABASE_BEHIND: '!',
  DATABASE_NEWER: '✗',
  DATABASE_OTHERS: '✗',
  DATA_GOOD: '✓',
  DATA_CLOSED: '✗',
  DISK_LOW: '!',
  DISK_FULL: '✗',
  CORPUS_GOOD: '✓',
  CORPUS_CLOSED: '✗',
  CORPUS_EMPTY: '!',
  PORT_FREE: '✓',
  PORT_TAKEN: '✗',
  PORT_CLOSED: '✗',
  RUNS: '✓',
  RUNS_UNREADY: '✗',
  PUBLIC_GOOD: '✓',
  PUBLIC_LOCAL: '!',
  PUBLIC_PLAIN: '!',
};

const zh: Sentences = {
  SETTINGS_GOOD: () => '设置：都能读懂。',
  SETTINGS_BAD: (fact) => `设置：${fact('line')}`,
  LOCAL_MODE: () =>
    '平台：没有设置 FEISHU_APP_ID，这是本地模式，与平台有关的检查略过。要连接飞书，见 docs/feishu-setup.md。',
  MODEL_GOOD: (fact) => `模型：${fact('model')} 有回答，用时 ${fact('seconds')} 秒。`,
  MODEL_KEY_BAD: (fact) =>
    `模型：${fact('address')} 不认密钥（HTTP ${fact('status')}），回答只引原文。请重新复制 LLM_API_KEY。`,
  MODEL_MISSING: (fact) =>
    `模型：${fact('address')} 没有这个地址或模型 ${fact('model')}（HTTP ${fact('status')}），回答只引原文。请检查 LLM_BASE_URL（通常以 /v1 结尾）和 LLM_MODEL。`,
  MODEL_UNREACHED: (fact) =>
    `模型：连不上 ${fact('address')}（${fact('reason')}），回答只引原文。请检查网络和 LLM_BASE_URL；连接不经过代理。`,
  MODEL_SLOW: (fact) =>
    `模型：${fact('address')} 在 ${fact('seconds')} 秒内没有开始回答。一次回答最多等 8 秒，来不及就只引原文；请换一个更快的模型。`,
  MODEL_STRANGE: (fact) =>
    `模型：${fact('address')} 的回答不像聊天接口（${fact('reason')}），回答只引原文。请检查 LLM_BASE_URL，通常以 /v1 结尾。`,
  EMBEDDING_GOOD: (fact) => `向量模型：${fact('address')} 能用（${fact('model')}）。`,
  EMBEDDING_BAD: (fact) =>
    `向量模型：${fact('address')} 没有给出向量（${fact('reason')}），检索只看字面。请检查 EMBEDDING_BASE_URL、EMBEDDING_API_KEY 和 EMBEDDING_MODEL。`,
  PLATFORM_UNREACHED: (fact) =>
    `平台：连不上 ${fact('address')}（${fact('reason')}）。请检查网络、代理和 FEISHU_DOMAIN。`,
  CREDENTIALS_GOOD: (fact) => `凭证：平台认得应用 ${fact('app')}。`,
  CREDENTIALS_BAD: (fact) =>
    `凭证：平台不认（${fact('reason')}）。请从开发者后台「凭证与基础信息」重新复制 FEISHU_APP_ID 和 FEISHU_APP_SECRET；国际版还要设 FEISHU_DOMAIN=lark。`,
  CLOCK_GOOD: () => '时钟：与平台一致。',
  CLOCK_OFF: (fact) => `时钟：与平台相差 ${fact('seconds')} 秒。请打开系统的自动校时。`,
  CLOCK_WRONG: (fact) =>
    `时钟：与平台相差 ${fact('seconds')} 秒，事件会因签名过期被拒。请立即校时。`,
  CLOCK_UNKNOWN: () => '时钟：平台没有告诉时间，请自己核对本机的时间。',
  BOT_GOOD: (fact) => `机器人：「${fact('name')}」已启用。`,
  BOT_MISSING: (fact) =>
    `机器人：平台不告诉（${fact('reason')}）。请在后台「应用能力」里添加机器人，再发布一个版本。`,
  BOT_INACTIVE: (fact) =>
    `机器人：还没有启用（状态 ${fact('status')}）。请发布一个版本，并请企业管理员通过、启用。`,
  SCOPES_GOOD: (fact) => `权限：需要的 ${fact('count')} 项都已开通。`,
  SCOPES_MISSING: (fact) =>
    `权限：缺 ${fact('scopes')}。请在后台「权限管理」开通，再发布一个版本。`,
  SCOPES_UNKNOWN: (fact) =>
    `权限：平台不告诉（${fact('reason')}）。请在后台「权限管理」对照 docs/feishu-setup.md 第 2 节。`,
  SCOPE_TOO_WIDE: (fact) =>
    `权限：开通了 ${fact('scope')}，群里说的每句话都会送来，学伴用不着，建议关掉。`,
  SCOPE_GROWING: (fact) =>
    `权限：设了模型而没有 ${fact('scope')}，答案会写完才发，不会边写边显示。需要的话在后台「权限管理」开通，再发布一个版本。`,
  EVENTS_GOOD: (fact) => `事件：需要的 ${fact('count')} 个都已订阅。`,
  EVENTS_MISSING: (fact) =>
    `事件：没有订阅 ${fact('events')}。请在后台「事件与回调」添加，再发布一个版本。`,
  CALLBACK_GOOD: (fact) => `回调：已订阅 ${fact('callback')}。`,
  CALLBACK_MISSING: (fact) =>
    `回调：没有订阅 ${fact('callback')}，卡片上的按钮都会报错。请在后台「事件与回调」的回调页添加，再发布一个版本。`,
  SUBSCRIPTIONS_UNKNOWN: (fact) =>
    `事件和回调：平台不告诉（${fact('reason')}）。请在后台「事件与回调」对照 docs/feishu-setup.md 第 4 节；开通 application:application:self_manage 后可以在这里检查。`,
  DOOR_OTHER: (fact) =>
    `接收方式：后台选的是 ${fact('theirs')}，而 FEISHU_EVENT_MODE 是 ${fact('ours')}。请改成一致，事件和回调两页都要看。`,
  KEYS_GOOD: () => '加密：Encrypt Key 和 Verification Token 与后台一致。',
  KEYS_OTHER: () =>
    '加密：Encrypt Key 或 Verification Token 与后台不一致，事件会被拒。请从后台「事件与回调」的加密策略重新复制。',
  DATABASE_GOOD: (fact) =>
    `数据库：PostgreSQL ${fact('version')}，${fact('migrations')} 次迁移都已完成，属于这个应用。`,
  DATABASE_NOT_MADE: (fact) => `数据库：${fact('folder')} 里还没有，第一次启动时会建。`,
  DATABASE_EMPTY: (fact) => `数据库：PostgreSQL ${fact('version')}，还是空的，第一次启动时会建表。`,
  DATABASE_UNREACHED: (fact) => `数据库：${fact('line')}`,
  DATABASE_OLD: (fact) =>
    `数据库：PostgreSQL ${fact('version')} 太旧，至少要 ${fact('least')}。请升级数据库。`,
  DATABASE_BEHIND: (fact) =>
    `数据库：PostgreSQL ${fact('version')}，还有 ${fact('waiting')} 次迁移没做，下次启动时会做；请先备份。`,
  DATABASE_NEWER: (fact) => `数据库：比程序新，已有迁移 ${fact('name')}。请更新程序。`,
  DATABASE_OTHERS: (fact) =>
    `数据库：是 ${fact('theirs')} 的，而现在的设置是 ${fact('ours')}。请改 FEISHU_APP_ID，或换 DATABASE_URL 或 DATA_DIR。`,
  DATA_GOOD: (fact) => `数据文件夹：${fact('folder')} 可写，余 ${fact('free')} MB。`,
  DATA_CLOSED: (fact) =>
    `数据文件夹：${fact('folder')} 不能写（${fact('reason')}）。请用它的所有者启动，或换 DATA_DIR。`,
  DISK_LOW: (fact) => `数据文件夹：${fact('folder')} 的磁盘只余 ${fact('free')} MB。请腾出空间。`,
  DISK_FULL: (fact) =>
    `数据文件夹：${fact('folder')} 的磁盘只余 ${fact('free')} MB，数据库随时会停。请马上腾出空间。`,
  CORPUS_GOOD: (fact) => `学习资料：${fact('folder')} 里有 ${fact('files')} 个文件，都能读。`,
  CORPUS_CLOSED: (fact) =>
    `学习资料：${fact('folder')} 不能全部读到（${fact('reason')}）。请改文件的权限。`,
  CORPUS_EMPTY: (fact) =>
    `学习资料：${fact('folder')} 里没有 .md .txt .html .docx .pdf 文件。请看看文件夹是否挂载好了。`,
  PORT_FREE: (fact) => `端口：${fact('port')} 空着，学伴没有在运行。`,
  PORT_TAKEN: (fact) => `端口：${fact('port')} 被别的程序占着。请停掉那个程序，或换 PORT。`,
  PORT_CLOSED: (fact) => `端口：${fact('port')} 不能用（${fact('reason')}）。请换 HOST 或 PORT。`,
  RUNS: (fact) => `运行：学伴在 ${fact('port')} 端口运行，一切就绪。`,
  RUNS_UNREADY: (fact) =>
    `运行：学伴在 ${fact('port')} 端口运行，但还没有就绪：${fact('missing')}。请看 /readyz 和日志。`,
  PUBLIC_GOOD: (fact) => `地址：${fact('address')}。`,
  PUBLIC_LOCAL: (fact) =>
    `地址：PUBLIC_URL 是 ${fact('address')}，别人打不开。请设成外面能访问的地址；没有的话用 FEISHU_EVENT_MODE=ws。`,
  PUBLIC_PLAIN: (fact) => `地址：PUBLIC_URL ${fact('address')} 没有加密，请改用 https。`,
};

const en: Sentences = {
  SETTINGS_GOOD: () => 'Settings: all can be read.',
  SETTINGS_BAD: (fact) => `Settings: ${fact('line')}`,
  LOCAL_MODE: () =>
    'Platform: FEISHU_APP_ID is not set, this is local mode, and what concerns the platform is left out. To connect to Feishu or Lark see docs/feishu-setup.md.',
  MODEL_GOOD: (fact) => `Model: ${fact('model')} answers, after ${fact('seconds')} s.`,
  MODEL_KEY_BAD: (fact) =>
    `Model: ${fact('address')} does not take the key (HTTP ${fact('status')}), so answers are quotes only. Copy LLM_API_KEY anew.`,
  MODEL_MISSING: (fact) =>
    `Model: ${fact('address')} knows no such address or no model ${fact('model')} (HTTP ${fact('status')}), so answers are quotes only. Check LLM_BASE_URL, which mostly ends in /v1, and LLM_MODEL.`,
  MODEL_UNREACHED: (fact) =>
    `Model: ${fact('address')} cannot be reached (${fact('reason')}), so answers are quotes only. Check the network and LLM_BASE_URL; no proxy is used.`,
  MODEL_SLOW: (fact) =>
    `Model: ${fact('address')} did not begin to answer within ${fact('seconds')} s. An answer waits 8 s at most and is quotes only after that: use a faster model.`,
  MODEL_STRANGE: (fact) =>
    `Model: what ${fact('address')} answers is not a chat API (${fact('reason')}), so answers are quotes only. Check LLM_BASE_URL, which mostly ends in /v1.`,
  EMBEDDING_GOOD: (fact) => `Embedding model: ${fact('address')} works (${fact('model')}).`,
  EMBEDDING_BAD: (fact) =>
    `Embedding model: ${fact('address')} gives no vectors (${fact('reason')}), so documents are found by their words. Check EMBEDDING_BASE_URL, EMBEDDING_API_KEY and EMBEDDING_MODEL.`,
  PLATFORM_UNREACHED: (fact) =>
    `Platform: ${fact('address')} cannot be reached (${fact('reason')}). Check the network, the proxy and FEISHU_DOMAIN.`,
  CREDENTIALS_GOOD: (fact) => `Credentials: the platform knows the app ${fact('app')}.`,
  CREDENTIALS_BAD: (fact) =>
    `Credentials: the platform refuses them (${fact('reason')}). Copy FEISHU_APP_ID and FEISHU_APP_SECRET anew from Credentials & Basic Info in the developer console; for Lark also set FEISHU_DOMAIN=lark.`,
  CLOCK_GOOD: () => 'Clock: agrees with the platform.',
  CLOCK_OFF: (fact) =>
    `Clock: ${fact('seconds')} seconds off the platform's. Switch on the system's time synchronisation.`,
  CLOCK_WRONG: (fact) =>
    `Clock: ${fact('seconds')} seconds off the platform's, and events will be refused as outdated. Set it right now.`,
  CLOCK_UNKNOWN: () => 'Clock: the platform does not tell the time. Check this machine yourself.',
  BOT_GOOD: (fact) => `Bot: "${fact('name')}" is switched on.`,
  BOT_MISSING: (fact) =>
    `Bot: the platform does not tell (${fact('reason')}). Add the bot under App Capabilities in the console, then publish a version.`,
  BOT_INACTIVE: (fact) =>
    `Bot: not switched on (status ${fact('status')}). Publish a version and have an administrator approve and enable it.`,
  SCOPES_GOOD: (fact) => `Scopes: all ${fact('count')} that are needed are granted.`,
  SCOPES_MISSING: (fact) =>
    `Scopes: ${fact('scopes')} not granted. Add them under Permissions & Scopes in the console, then publish a version.`,
  SCOPES_UNKNOWN: (fact) =>
    `Scopes: the platform does not tell (${fact('reason')}). Compare Permissions & Scopes in the console with docs/feishu-setup.md, section 2.`,
  SCOPE_TOO_WIDE: (fact) =>
    `Scopes: ${fact('scope')} is granted, which hands over every word said in a group. Xueban has no use for it: better take it away.`,
  SCOPE_GROWING: (fact) =>
    `Scopes: a model is set but ${fact('scope')} is not granted, so answers come whole instead of growing. If you want that, add it under Permissions & Scopes in the console, then publish a version.`,
  EVENTS_GOOD: (fact) => `Events: all ${fact('count')} that are needed are subscribed to.`,
  EVENTS_MISSING: (fact) =>
    `Events: not subscribed to ${fact('events')}. Add them under Events & Callbacks in the console, then publish a version.`,
  CALLBACK_GOOD: (fact) => `Callback: subscribed to ${fact('callback')}.`,
  CALLBACK_MISSING: (fact) =>
    `Callback: not subscribed to ${fact('callback')}, so every button answers with an error. Add it on the callback page of Events & Callbacks, then publish a version.`,
  SUBSCRIPTIONS_UNKNOWN: (fact) =>
    `Events and callback: the platform does not tell (${fact('reason')}). Compare Events & Callbacks in the console with docs/feishu-setup.md, section 4; with application:application:self_manage granted this can check them.`,
  DOOR_OTHER: (fact) =>
    `Door: the console is set to ${fact('theirs')}, but FEISHU_EVENT_MODE is ${fact('ours')}. Make them agree, for events and for callbacks.`,
  KEYS_GOOD: () =>
    'Encryption: the encrypt key and the verification token are those of the console.',
  KEYS_OTHER: () =>
    'Encryption: the encrypt key or the verification token is another than in the console, and events will be refused. Copy both anew from Events & Callbacks, Encryption Strategy.',
  DATABASE_GOOD: (fact) =>
    `Database: PostgreSQL ${fact('version')}, all ${fact('migrations')} migrations are in, and it belongs to this app.`,
  DATABASE_NOT_MADE: (fact) =>
    `Database: there is none in ${fact('folder')} yet; the first start makes it.`,
  DATABASE_EMPTY: (fact) =>
    `Database: PostgreSQL ${fact('version')}, still empty; the first start makes the tables.`,
  DATABASE_UNREACHED: (fact) => `Database: ${fact('line')}`,
  DATABASE_OLD: (fact) =>
    `Database: PostgreSQL ${fact('version')} is too old, ${fact('least')} is the least. Upgrade it.`,
  DATABASE_BEHIND: (fact) =>
    `Database: PostgreSQL ${fact('version')}, ${fact('waiting')} migrations wait for the next start; make a backup first.`,
  DATABASE_NEWER: (fact) =>
    `Database: newer than the program, it holds the migration ${fact('name')}. Update the program.`,
  DATABASE_OTHERS: (fact) =>
    `Database: it belongs to ${fact('theirs')}, but the settings are those of ${fact('ours')}. Change FEISHU_APP_ID, or use another DATABASE_URL or DATA_DIR.`,
  DATA_GOOD: (fact) =>
    `Data folder: ${fact('folder')} can be written to, ${fact('free')} MB are free.`,
  DATA_CLOSED: (fact) =>
    `Data folder: ${fact('folder')} cannot be written to (${fact('reason')}). Start as its owner, or use another DATA_DIR.`,
  DISK_LOW: (fact) =>
    `Data folder: the disk of ${fact('folder')} has only ${fact('free')} MB free. Make room.`,
  DISK_FULL: (fact) =>
    `Data folder: the disk of ${fact('folder')} has only ${fact('free')} MB free, and the database may stop at any moment. Make room now.`,
  CORPUS_GOOD: (fact) =>
    `Study documents: ${fact('files')} files in ${fact('folder')}, all can be read.`,
  CORPUS_CLOSED: (fact) =>
    `Study documents: not everything in ${fact('folder')} can be read (${fact('reason')}). Change the files' permissions.`,
  CORPUS_EMPTY: (fact) =>
    `Study documents: no .md .txt .html .docx .pdf in ${fact('folder')}. Is the folder mounted?`,
  PORT_FREE: (fact) => `Port: ${fact('port')} is free, Xueban does not run.`,
  PORT_TAKEN: (fact) =>
    `Port: ${fact('port')} is in use by another program. Stop it, or use another PORT.`,
  PORT_CLOSED: (fact) =>
    `Port: ${fact('port')} cannot be used (${fact('reason')}). Use another HOST or PORT.`,
  RUNS: (fact) => `Running: Xueban runs on port ${fact('port')} and is ready.`,
  RUNS_UNREADY: (fact) =>
    `Running: Xueban runs on port ${fact('port')} but is not ready: ${fact('missing')}. See /readyz and the log.`,
  PUBLIC_GOOD: (fact) => `Address: ${fact('address')}.`,
  PUBLIC_LOCAL: (fact) =>
    `Address: PUBLIC_URL is ${fact('address')}, which nobody else can open. Set one that can be reached from outside; without one use FEISHU_EVENT_MODE=ws.`,
  PUBLIC_PLAIN: (fact) => `Address: PUBLIC_URL ${fact('address')} is not encrypted, use https.`,
};

const words = inBoth(zh, en);

/** One line for the terminal. */
export function findingLine({ code, facts }: Finding, locale: Locale): string {
  return `${marks[code]} ${words[locale][code]((name) => String(facts[name] ?? ''))}`;
}

/** Whether Xueban does not work like this. */
export const isFault = ({ code }: Finding): boolean => marks[code] === '✗';
