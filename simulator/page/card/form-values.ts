import type { FieldValue, PressRequest } from '../../contract.ts';
import { showToast } from '../toast.ts';
import { say } from '../words.ts';
import { isJson, stringIn, type CardHost, type Json, type Place } from './place.ts';

/** What stands in a form, by name; nothing when something required is missing, which is then shown. */
export function filledForm(node: HTMLElement, { host }: Place): Partial<PressRequest> | undefined {
  const fields = [...node.querySelectorAll<HTMLElement>('[data-field]')];
  const form: Record<string, FieldValue> = {};
  const missing = fields.filter((field) => {
    const name = field.dataset['field'] ?? '';
    const value = host.memory.get(name);
    const isMissing = field.dataset['required'] !== undefined && isEmpty(value);
    field.classList.toggle('missing', isMissing);
    if (value !== undefined) form[name] = value;
    return isMissing;
  });
  const [first] = missing;
  if (!first) return { form };
  first.querySelector<HTMLElement>('input, textarea, select')?.focus();
  showToast({ type: 'warning', content: say.required });
  return undefined;
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Forgets what was filled in; the card is drawn again with what it began with. */
export function resetForm(form: Json, { host }: Place): void {
  forget(form, host);
  host.redraw();
}

/**
 * A form that would tell the app something else is another form, such as the next question with the same
 * names for its options: nothing that was filled in before stands in it.
 */
export function beginForm(form: Json, { at, host }: Place): void {
  const key = `${stringIn(form, 'name') ?? at} tells`;
  const tells = JSON.stringify(valuesOf(form, 'behaviors'));
  if ((host.memory.get(key) ?? tells) !== tells) forget(form, host);
  host.memory.set(key, tells);
}

function forget(form: Json, { memory }: CardHost): void {
  for (const name of valuesOf(form, 'name')) memory.delete(String(name));
}

/** Every value of this key, however deep it stands. */
function valuesOf(node: unknown, key: string): unknown[] {
  if (Array.isArray(node)) return node.flatMap((each) => valuesOf(each, key));
  if (!isJson(node)) return [];
  const deeper = Object.values(node).flatMap((each) => valuesOf(each, key));
  return key in node ? [node[key], ...deeper] : deeper;
}
