import type { BadDay, World } from '../contract.ts';
import { api } from './api.ts';
import { el } from './element.ts';
import { attempt } from './toast.ts';
import { say } from './words.ts';

/** Chooses what goes wrong on the platform, to see how the bot bears it. */
export function createBadDaySwitch(world: World): HTMLElement {
  const options = Object.entries(say.badDays).map(([value, name]) =>
    el('option', { value, selected: value === (world.badDay ?? '') }, name),
  );
  const select = el('select', { class: 'bad-day', 'aria-label': say.badDay }, ...options);
  const mark = () => (select.dataset['bad'] = String(select.value !== ''));
  select.addEventListener('change', () => {
    mark();
    void attempt(() => api.badDay(select.value === '' ? undefined : (select.value as BadDay)));
  });
  mark();
  return select;
}
