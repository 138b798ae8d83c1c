import type { Card, Message } from '../../simulator/contract.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { fromBot, read, reads } from './running-app.ts';
import { bankRow, bankSheet } from './sheet.ts';

/** A bank of three questions, one of each kind. */
const bank = [
  bankRow('单选', '宗旨是什么', ['享乐', '为人民服务', '发财'], 'B', '见总纲', '党章', '党章'),
  bankRow('多选', '义务有哪些', ['学习', '交党费', '罢工'], 'AB', '见第三条', '', '党章'),
  bankRow('判断', '预备期为一年', [], '对', '见第七条', '', '党章'),
];
const right = ['为人民服务', '学习', '交党费', '对'];

/** Sends the bank as the branch's secretary and confirms it. */
export async function fillsBank(sim: Simulator, secretary: SimulatedPerson): Promise<void> {
  await secretary.sendsFile(secretary.private, '党章题库.xlsx', await bankSheet(bank));
  const preview = await reads(sim, secretary.private, '党章题库', '[确认入库]');
  await secretary.presses(preview.id, '确认入库');
}

const optionsOn = (message: Message) =>
  [...read(message).matchAll(/^(?:\[|[☐☑] )((?:[A-F]\. )?(.+?))\]?$/gmu)].map(
    ([, label, text]) => ({
      label: label ?? '',
      isRight: right.includes(text ?? ''),
    }),
  );

/** Answers every question on the card rightly, and hands in. */
export async function pressesThrough(sim: Simulator, person: SimulatedPerson, sheet: Message) {
  for (let now: Message | undefined = sheet; now && !read(now).includes('答对');) {
    const { pressed, form } = read(now).includes('都答完了') ? { pressed: '交卷' } : rightOn(now);
    await person.presses(now.id, pressed, form ? { form } : {});
    now = fromBot(sim, person.private).find(({ id }) => id === sheet.id);
  }
}

/** What to press for the right answer: a button, or the ticks of the form. */
function rightOn(message: Message): { pressed: string; form?: Record<string, boolean> } {
  const options = optionsOn(message);
  const isForm = (message.content as { card: Card }).card.body.elements.some(
    ({ tag }) => tag === 'form',
  );
  if (!isForm) return { pressed: options.find(({ isRight }) => isRight)?.label ?? '' };
  const ticks = options.filter(({ label }) => /^[A-F]\. /.test(label));
  const form = Object.fromEntries(ticks.map(({ isRight }, i) => [`option_${i}`, isRight]));
  return { pressed: '确定', form };
}
