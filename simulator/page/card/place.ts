import type { FieldValue, Person, PressRequest } from '../../contract.ts';
import { language } from '../words.ts';

export type Json = Record<string, unknown>;

/** What a card needs of the page around it. */
export interface CardHost {
  person(id: string): Person | undefined;
  /** Whom one may pick where a card offers no choice of its own. */
  people(): Person[];
  press(at: string, more: Partial<PressRequest>): void;
  /** Its button waits for an answer. */
  isPressed(at: string): boolean;
  /** Draws the card again from what is remembered. */
  redraw(): void;
  /** What was typed, ticked and unfolded, by name or place: it outlives a new version of the card. */
  memory: Map<string, FieldValue>;
}

/** Where an element stands, and how what is inside it is drawn. */
export interface Place {
  /** JSON pointer into the card. */
  at: string;
  host: CardHost;
  form?: { at: string; element: Json };
  draw(element: unknown, place: Place): Node;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
export function stringIn(holder: unknown, name: string): string | undefined {
  const value = isJson(holder) ? holder[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
export function listIn(holder: Json, name: string): unknown[] {
  const value = holder[name];
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The words of a text element in the reader's language. */
export function wordsOf(text: unknown): string {
  const own = language === 'zh' ? 'zh_cn' : 'en_us';
  const translated = isJson(text) ? stringIn(text['i18n_content'], own) : undefined;
  return translated ?? stringIn(text, 'content') ?? '';
}

/** Draws the elements of a container, each at its own pointer. */
export function drawAll(elements: unknown[], at: string, place: Place): Node[] {
  return elements.map((element, index) => place.draw(element, { ...place, at: `${at}/${index}` }));
}

/** A number of pixels as the platform writes it (`8px`), or undefined. */
export function pixels(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{1,4}px$/.test(value) ? value : undefined;
}

/** Whether a press of this element goes to the app. */
export function callsBack(element: Json): boolean {
  return listIn(element, 'behaviors').some((each) => stringIn(each, 'type') === 'callback');
}
