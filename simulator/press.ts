import { z } from 'zod';
import type { FieldValue, PressAnswer, PressRequest, Toast } from './contract.ts';
import { readCard, type Known } from './card-rules.ts';
import { both } from './bilingual.ts';
import { Fault } from './fault.ts';
import { PlatformFault } from './platform-fault.ts';
import type { Answer } from './answer.ts';

type Json = Record<string, unknown>;

/** The element at a JSON pointer, and the form it stands in. */
export interface Found {
  element: Json;
  form?: Json;
}

export function findElement(card: unknown, pointer: string): Found {
  let here: unknown = card;
  let form: Json | undefined;
  for (const step of pointer.split('/').slice(1)) {
    here = isObject(here) || Array.isArray(here) ? (here as Json)[step] : undefined;
    if (isObject(here) && here['tag'] === 'form') form = here;
  }
  if (!isObject(here) || typeof here['tag'] !== 'string')
    throw new Fault('卡片已经更新，请再看一眼', 'The card has changed, please look again');
  return { element: here, form };
}

/** What the client sends of a press: the card's own value, never one the page made up. */
export function pressedAction({ element, form }: Found, pressed: PressRequest): Json {
  const value = callbackValue(element);
  const submits = form !== undefined && element['form_action_type'] === 'submit';
  if (value === undefined && !submits)
    throw new Fault('这个组件没有回调', 'This element sends nothing back');
  if (element['disabled'] === true) throw new Fault('按钮已停用', 'This button is disabled');
  const fields = submits
    ? { form_value: formValue(form, pressed.form ?? {}) }
    : ownValue(pressed, element);
  return {
    ...(value !== undefined && { value }),
    tag: element['tag'],
    timezone: 'Asia/Shanghai',
    ...(typeof element['name'] === 'string' && { name: element['name'] }),
    ...fields,
  };
}

const Behaviors = z.array(z.object({ type: z.string(), value: z.unknown() })).catch([]);

function callbackValue(element: Json): unknown {
  return Behaviors.parse(element['behaviors']).find(({ type }) => type === 'callback')?.value;
}

/** The form's fields by name; the client holds back a form that lacks what is required. */
function formValue(form: Json, given: Record<string, FieldValue>): Json {
  const filled: Json = {};
  for (const field of fieldsIn(form)) {
    const name = String(field['name']);
    const value = given[name];
    const empty =
      value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty && field['required'] === true)
      throw new Fault('请填写必填项', 'Please fill in what is required');
    const most = field['max_length'];
    if (typeof value === 'string' && typeof most === 'number' && value.length > most)
      throw new Fault(`最多 ${most} 个字`, `At most ${most} characters`);
    if (!empty) filled[name] = platformValue(String(field['tag']), value);
  }
  return filled;
}

function fieldsIn(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(fieldsIn);
  if (!isObject(node)) return [];
  const own = typeof node['name'] === 'string' && !['form', 'button'].includes(String(node['tag']));
  return [...(own ? [node] : []), ...Object.values(node).flatMap(fieldsIn)];
}

function ownValue({ input, option, options, checked }: PressRequest, element: Json): Json {
  const picked = option !== undefined && platformValue(String(element['tag']), option);
  return {
    ...(input !== undefined && { input_value: input }),
    ...(picked !== false && { option: picked }),
    ...(options && { options }),
    ...(checked !== undefined && { checked }),
  };
}

/** Dates and times travel with the zone they were picked in. */
function platformValue(tag: string, value: FieldValue): FieldValue {
  const dated = ['date_picker', 'picker_time', 'picker_datetime'].includes(tag);
  return dated && typeof value === 'string' ? `${value} +0800` : value;
}

const Response = z.object({
  toast: z
    .object({
      type: z.enum(['info', 'success', 'error', 'warning']).default('info'),
      content: z.string().default(''),
    })
    .optional(),
  card: z.object({ type: z.literal('raw'), data: z.record(z.string(), z.unknown()) }).optional(),
});

/** What the app's answer to a press shows: a toast, a new card, or the client's own error. */
export function readAnswer(answer: Answer, known: Known): PressAnswer & { card?: string } {
  if ('failed' in answer) return errorToast(answer.failed === 'timeout' ? 200341 : 200342);
  if (answer.status !== 200) return errorToast(200671);
  const response = responseIn(answer.body);
  if (!response) return errorToast(200672);
  const { toast, card } = response;
  if (!card) return { toast };
  const text = JSON.stringify(card.data);
  try {
    readCard(text, known);
    return { toast, card: text };
  } catch (error) {
    if (error instanceof PlatformFault) return errorToast(200673);
    throw error;
  }
}

function responseIn(body: string): z.infer<typeof Response> | undefined {
  try {
    return Response.parse(JSON.parse(body || '{}'));
  } catch {
    return undefined;
  }
}

export function errorToast(code: number): { toast: Toast } {
  const { text: content, en } = both(
    `出错了，请稍后重试 code: ${code}`,
    `Something went wrong, please try again later. code: ${code}`,
  );
  return { toast: { type: 'error', content, en } };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
