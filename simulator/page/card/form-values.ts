import type { FieldValue, PressRequest } from '../../contract.ts';
import { showToast } from '../toast.ts';
import { say } from '../words.ts';
import { isJson, stringIn, type Json, type Place } from './place.ts';

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
  for (const name of namesIn(form)) host.memory.delete(name);
  host.redraw();
}

function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (!isJson(node)) return [];
  const own = stringIn(node, 'name');
  return [...(own === undefined ? [] : [own]), ...Object.values(node).flatMap(namesIn)];
}
