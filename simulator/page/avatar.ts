import type { Person } from '../contract.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';

const hues = 10;

/** A round picture made of the name's last two letters, as the client does for who has none. */
export function avatar(person: Person, size: 'tiny' | 'small' | 'usual' = 'usual'): HTMLElement {
  const looks = { class: `avatar avatar-${size}`, 'aria-hidden': 'true' };
  if (person.handle === 'bot') return el('span', { ...looks, 'data-hue': 'bot' }, icon('book'));
  const letters = [...person.name].slice(-2).join('');
  return el('span', { ...looks, 'data-hue': hueOf(person.handle) }, letters);
}

export function groupAvatar(): HTMLElement {
  const looks = { class: 'avatar avatar-usual avatar-group', 'aria-hidden': 'true' };
  return el('span', looks, icon('people'));
}

function hueOf(id: string): number {
  return [...id].reduce((sum, letter) => (sum * 52 + letter.charCodeAt(0)) % 9973, 6) % hues;
}
