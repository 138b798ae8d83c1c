import type { Locale } from '../src/bot/talk.ts';
import { botAdded } from './groups.ts';
import type { Card, Message } from './contract.ts';
import { chatEvent } from './events.ts';
import { silentLog, type SimulatorLog } from './log.ts';
import { pointerTo } from './pointer.ts';
import { botId, botName, studyGroup } from './sample.ts';
import type { Simulator } from './simulator.ts';

const inChinese = {
  theme: '主题党日：重温入党誓词',
  bind: '绑定 向阳支部',
  open: (theme: string) => `签到 ${theme} 截止 明天18:00`,
};
const inEnglish: typeof inChinese = {
  theme: 'Theme day: renewing the pledge',
  bind: 'bind Sunward Branch',
  open: (theme) => `checkin ${theme} by tomorrow 18:00`,
};
/** The documents are Chinese, so are the questions about them. */
const question = '党员大会多久开一次？';

interface SceneOptions {
  /** What the people speak. */
  locale?: Locale;
  log?: SimulatorLog;
  /** Milliseconds to wait for each answer of the bot. */
  patience?: number;
}

/**
 * Plays the first minutes of a branch with the bot, once: people speak and press over the real wire,
 * so that whoever opens the page finds a conversation. Never throws: a scene that stops is only told.
 */
export async function openScene(simulator: Simulator, options: SceneOptions = {}): Promise<void> {
  const { log = silentLog, patience = 20_000, locale = 'zh-CN' } = options;
  const { state } = simulator.world;
  if (state.opened) return;
  state.opened = true;
  try {
    await play(simulator, patience, locale === 'zh-CN' ? inChinese : inEnglish);
  } catch (error) {
    log.warn({ err: error }, 'the opening scene stopped');
  }
}

async function play(simulator: Simulator, patience: number, say: typeof inChinese): Promise<void> {
  const [lin, wang, sun] = ['lin', 'wang', 'sun'].map((handle) => simulator.person(handle));
  if (!lin || !wang || !sun) return;
  /** Does `act` and waits for the next message of the bot in the group. */
  const answered = async (act: () => Promise<unknown>) => {
    const before = spoken(simulator).length;
    await act();
    await simulator.waitFor(() => spoken(simulator)[before], patience);
  };
  await answered(() => botComes(simulator, lin.id, lin.name));
  await answered(() => lin.says(studyGroup, `@${botName} ${say.bind}`));
  await lin.says(studyGroup, `@${botName} ${say.open(say.theme)}`);
  const [round, card] = await simulator.waitFor(() => roundCard(simulator, say.theme), patience);
  await wang.presses(round.id, pointerTo(card));
  await answered(() => sun.says(studyGroup, `@${botName} ${question}`));
}

function roundCard(simulator: Simulator, theme: string): [Message, Card] | undefined {
  for (const message of spoken(simulator)) {
    const { content } = message;
    if (content.kind === 'card' && JSON.stringify(content.card.header).includes(theme))
      return [message, content.card];
  }
  return undefined;
}

/** The bot has just been added: the platform says so to the group and to the app. */
async function botComes(simulator: Simulator, operator: string, name: string): Promise<void> {
  const group = simulator.world.chat(studyGroup);
  if (!group) return;
  simulator.world.tell(studyGroup, botAdded(name));
  await simulator.push('im.chat.member.bot.added_v1', chatEvent(group, operator));
}

function spoken(simulator: Simulator): Message[] {
  return simulator.messagesOf(studyGroup).filter(({ sender }) => sender === botId);
}
