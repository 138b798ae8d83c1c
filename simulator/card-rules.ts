import { cardProperties, tagRules, type Kind, type Properties } from './card-table.ts';
import { cardFault, PlatformFault } from './platform-fault.ts';

/** What a card may point at. */
export interface Known {
  person(id: string): boolean;
  image(key: string): boolean;
}

const mostBytes = 30 * 1024;
const mostElements = 200;
const mostTables = 5;
const deepest = 5;

// Sub-codes of 230099. The platform's page names them for these causes; what it does not name is
// told as 200621 ("the JSON cannot be read as a card").
const unreadable = 200621;
const tooMany = 11310;
const notInVersion2 = 200861;
const noName = 200530;
const badImage = 200570;
const badPerson = 100290;

const removedIn2 = new Set(['note', 'action', 'actions']);
const barredInForm = new Set(['form', 'table', 'chart']);

interface Walk {
  known: Known;
  elements: number;
  tables: number;
  ids: Set<string>;
  names: Set<string>;
}
/** Where an element stands. */
interface Place {
  path: string;
  depth: number;
  form?: { submits: number };
  inPanel?: boolean;
}
type Json = Record<string, unknown>;

/** Reads `text` as a JSON 2.0 card, or throws the platform's complaint about it. */
export function readCard(text: string, known: Known): Json {
  if (Buffer.byteLength(text) > mostBytes)
    throw new PlatformFault(230025, 'The length of the message content reaches its limit.');
  const card = parsed(text);
  const walk: Walk = { known, elements: 0, tables: 0, ids: new Set(), names: new Set() };
  if (card['schema'] !== '2.0') refuse(unreadable, 'only card JSON 2.0 is known here', 'schema');
  checkProperties(card, cardProperties.card, { path: '', depth: 0 }, walk);
  checkPart(card, 'config', walk);
  checkPart(card, 'header', walk);
  if (!isObject(card['body'])) refuse(unreadable, 'a card needs a body', 'body');
  checkPart(card, 'body', walk);
  if (isObject(card['config']) && card['config']['update_multi'] === false)
    refuse(unreadable, 'update_multi can only be true in JSON 2.0', 'config.update_multi');
  return card;
}

function parsed(text: string): Json {
  try {
    const card: unknown = JSON.parse(text);
    if (isObject(card)) return card;
  } catch {
    // told below
  }
  return refuse(unreadable, 'parse card json err', 'card');
}

function checkPart(card: Json, name: 'config' | 'header' | 'body', walk: Walk): void {
  const part = card[name];
  if (isObject(part)) checkProperties(part, cardProperties[name], { path: name, depth: 0 }, walk);
}

function checkProperties(holder: Json, allowed: Properties, place: Place, walk: Walk): void {
  for (const [name, value] of Object.entries(holder)) {
    const path = place.path ? `${place.path}.${name}` : name;
    const kind = allowed[name];
    if (!kind) refuse(unreadable, `unknown property, property: ${name}, path`, path);
    checkValue(value, kind, { ...place, path }, walk);
  }
}

const simple: Partial<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  size: (value) => typeof value === 'string' || typeof value === 'number',
  object: isObject,
  list: Array.isArray,
};

function checkValue(value: unknown, kind: Kind, place: Place, walk: Walk): void {
  const fits = simple[kind];
  if (fits && !fits(value)) refuse(unreadable, `not a ${kind}`, place.path);
  if (fits) return;
  if (kind === 'text') checkTagged(value, ['plain_text', 'lark_md', 'markdown'], place, walk);
  else if (kind === 'icon') checkTagged(value, ['standard_icon', 'custom_icon'], place, walk);
  else if (kind === 'confirm') checkHeld(value, 'confirm', place, walk);
  else if (kind === 'panel-header') checkHeld(value, 'panel-header', place, walk);
  else checkList(value, kind, place, walk);
}

function checkHeld(value: unknown, part: keyof typeof cardProperties, place: Place, walk: Walk) {
  if (!isObject(value)) return refuse(unreadable, 'not an object', place.path);
  checkProperties(value, cardProperties[part], place, walk);
}

function checkList(value: unknown, kind: Kind, place: Place, walk: Walk): void {
  if (!Array.isArray(value)) return refuse(unreadable, 'not a list', place.path);
  value.forEach((each: unknown, index) => {
    const here = { ...place, path: `${place.path}[${index}]` };
    if (kind === 'options') checkHeld(each, 'option', here, walk);
    else if (kind === 'behaviors') checkBehavior(each, here);
    else if (kind === 'columns') checkTagged(each, ['column'], here, walk);
    else checkElement(each, here, walk);
  });
}

const behaviors: Record<string, readonly string[]> = {
  callback: ['type', 'value'],
  open_url: ['type', 'default_url', 'pc_url', 'ios_url', 'android_url'],
};

function checkBehavior(value: unknown, { path }: Place): void {
  const type = isObject(value) ? String(value['type']) : '';
  const allowed = behaviors[type];
  if (!isObject(value) || !allowed) return refuse(unreadable, 'unknown behavior', path);
  const strange = Object.keys(value).find((name) => !allowed.includes(name));
  if (strange) refuse(unreadable, `unknown property, property: ${strange}, path`, path);
  if (type === 'callback' && !isObject(value['value']))
    refuse(unreadable, 'the value of a callback must be an object', path);
}

/** A part that may only be one of `tags`. */
function checkTagged(value: unknown, tags: string[], place: Place, walk: Walk): void {
  const tag = isObject(value) ? value['tag'] : undefined;
  if (typeof tag !== 'string' || !tags.includes(tag))
    refuse(unreadable, `expected ${tags.join(' or ')}`, place.path);
  checkElement(value, place, walk);
}

function checkElement(value: unknown, place: Place, walk: Walk): void {
  if (!isObject(value) || typeof value['tag'] !== 'string')
    return refuse(unreadable, 'an element needs a tag', place.path);
  const { tag } = value;
  if (removedIn2.has(tag))
    refuse(notInVersion2, `cards of schema V2 no longer support ${tag}`, tag);
  const rule = tagRules[tag];
  if (!rule) return refuse(unreadable, `not support tag: ${tag}`, place.path);
  const missing = rule.needs?.find((name) => value[name] === undefined);
  if (missing) refuse(unreadable, `${tag} needs ${missing}`, place.path);
  count(value, tag, walk);
  checkWhere(value, tag, place);
  if (place.form && rule.interactive) checkNamed(value, place.form, walk);
  if (tag === 'form') return checkForm(value, rule.properties, place, walk);
  const inner = {
    ...place,
    depth: place.depth + (rule.container ? 1 : 0),
    inPanel: place.inPanel === true || tag === 'collapsible_panel',
  };
  checkProperties(value, rule.properties, inner, walk);
}

function count(element: Json, tag: string, walk: Walk): void {
  walk.elements += 1;
  walk.tables += tag === 'table' ? 1 : 0;
  if (walk.elements > mostElements || walk.tables > mostTables)
    refuse(tooMany, 'card element exceeds the limit', tag);
  const { element_id: id, user_id: person, img_key: image } = element;
  if (id !== undefined) takeId(id, walk);
  if (typeof person === 'string' && !walk.known.person(person))
    refuse(badPerson, 'invalid user id', person);
  if (typeof image === 'string' && !walk.known.image(image))
    refuse(badImage, 'card contains invalid image keys', image);
}

function takeId(id: unknown, walk: Walk): void {
  if (typeof id !== 'string' || !/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(id))
    return refuse(unreadable, 'not a letter and up to 19 letters, digits, _', 'element_id');
  if (walk.ids.has(id)) refuse(unreadable, 'element_id is not unique', id);
  walk.ids.add(id);
}

function checkWhere(element: Json, tag: string, { path, depth, form, inPanel }: Place): void {
  if (depth > deepest) refuse(tooMany, 'containers are nested too deeply', path);
  if (form && barredInForm.has(tag)) refuse(unreadable, `no ${tag} inside a form`, path);
  if (tag === 'form' && inPanel) refuse(unreadable, 'no form inside a collapsible_panel', path);
  if ((tag === 'form' || tag === 'table') && depth > 0)
    refuse(unreadable, `${tag} can only stand at the root`, path);
  if (!form && element['form_action_type'] !== undefined)
    refuse(unreadable, 'a form button outside a form', path);
}

function checkForm(element: Json, allowed: Properties, place: Place, walk: Walk): void {
  takeName(element, walk);
  const form = { submits: 0 };
  const inner = { ...place, depth: place.depth + 1, form };
  checkProperties(element, allowed, inner, walk);
  if (form.submits === 0) refuse(unreadable, 'a form needs a button that submits it', place.path);
}

function checkNamed(element: Json, form: { submits: number }, walk: Walk): void {
  takeName(element, walk);
  if (element['form_action_type'] === 'submit') form.submits += 1;
}

function takeName(element: Json, walk: Walk): void {
  const name = element['name'];
  if (typeof name !== 'string' || name === '')
    return refuse(
      noName,
      'name is required on a form and on what answers in it',
      String(element['tag']),
    );
  if (walk.names.has(name)) refuse(noName, 'name is not unique in the card', name);
  walk.names.add(name);
}

function refuse(code: number, message: string, value: string): never {
  throw cardFault(code, message, value);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
