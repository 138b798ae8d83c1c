import { jsonBody, type Call, type Route } from './api-call.ts';
import { readCard } from './card-rules.ts';
import type { SimulatorClock } from './clock.ts';
import { addEntity, changeEntity, findEntity, isGrowing } from './entities.ts';
import type { Limits } from './limits.ts';
import { PlatformFault } from './platform-fault.ts';
import type { EntityRecord } from './state.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

interface Parts {
  world: World;
  clock: SimulatorClock;
  limits: Limits;
  switches: Switches;
}
type Json = Record<string, unknown>;

const biggest = 2 ** 31 - 1;
const badBody = (what: string) => new PlatformFault(10002, `invalid parameter: ${what}`);

/** Cards that lie at the platform: made, changed as a whole, and their texts let grow. */
export function cardkitRoutes(parts: Parts): Route[] {
  const path = '/cardkit/v1/cards';
  const one = `${path}/:id`;
  const routes: Route[] = [
    { method: 'POST', path, work: (call) => create(parts, call) },
    { method: 'PUT', path: one, work: (call, id) => update(parts, call, id) },
    { method: 'PATCH', path: `${one}/settings`, work: (call, id) => settings(parts, call, id) },
    {
      method: 'PUT',
      path: `${one}/elements/:key/content`,
      work: (call, id, key) => grow(parts, call, id, key),
      // While a text grows only the card's own limit counts.
      uncounted: true,
    },
  ];
  return routes.map((route) => ({ ...route, work: permitted(parts, route) }));
}

/** Without the scope nothing of it is to be had. */
const permitted =
  ({ switches }: Parts, { work }: Route): Route['work'] =>
  (...given) => {
    if (switches.badDay !== 'no-streaming') return work(...given);
    const scope = 'One of the following scopes is required: [cardkit:card:write]';
    throw new PlatformFault(99991672, `Access denied. ${scope}`);
  };

function create(parts: Parts, call: Call) {
  const { type, data } = jsonBody(call);
  if (type !== 'card_json' || typeof data !== 'string') throw badBody('type or data');
  readCard(data, parts.world.known);
  return { card_id: addEntity(parts, data).id };
}

/** Does a change once, with a number above all before; the same `uuid` again changes nothing. */
function change(parts: Parts, id: string, body: Json, next: (entity: EntityRecord) => string) {
  const { sequence, uuid } = body;
  const entity = findEntity(parts, id);
  if (typeof uuid === 'string' && entity.uuids.includes(uuid)) return {};
  if (!Number.isInteger(sequence) || Number(sequence) < 0 || Number(sequence) > biggest)
    throw badBody('sequence');
  if (Number(sequence) <= entity.sequence)
    throw new PlatformFault(300317, 'sequence number compare failed');
  parts.limits.ten(id);
  const card = next(entity);
  entity.sequence = Number(sequence);
  if (typeof uuid === 'string') entity.uuids.push(uuid);
  changeEntity(parts.world, entity, card);
  return {};
}

function update(parts: Parts, call: Call, id: string) {
  const body = jsonBody(call);
  const { type, data } = (body['card'] ?? {}) as { type?: unknown; data?: unknown };
  if (type !== 'card_json' || typeof data !== 'string') throw badBody('card');
  return change(parts, id, body, () => {
    readCard(data, parts.world.known);
    return data;
  });
}

function settings(parts: Parts, call: Call, id: string) {
  const body = jsonBody(call);
  if (typeof body['settings'] !== 'string') throw badBody('settings');
  const { config } = JSON.parse(body['settings']) as { config?: Json };
  return change(parts, id, body, ({ card }) => {
    const before = JSON.parse(card) as { config?: Json };
    const changed = JSON.stringify({ ...before, config: { ...before.config, ...config } });
    readCard(changed, parts.world.known);
    return changed;
  });
}

function grow(parts: Parts, call: Call, id: string, element: string) {
  const body = jsonBody(call);
  const { content } = body;
  if (typeof content !== 'string' || content === '') throw badBody('content');
  return change(parts, id, body, (entity) => {
    if (!isGrowing(parts, entity)) throw new PlatformFault(300309, 'streaming mode is closed');
    const changed = withText(entity.card, element, content);
    readCard(changed, parts.world.known);
    return changed;
  });
}

const growable = ['plain_text', 'markdown'];

/** The card with another text in the element of this id. */
function withText(card: string, id: string, content: string): string {
  let found = 0;
  const changed: unknown = JSON.parse(card, (_, value: unknown) => {
    const part = value as { tag?: string; element_id?: string } | null;
    if (part?.element_id !== id) return value;
    if (!growable.includes(part.tag ?? ''))
      throw new PlatformFault(300313, 'element does not support streaming');
    found += 1;
    return { ...part, content };
  });
  if (found === 0) throw new PlatformFault(300314, 'element not found');
  return JSON.stringify(changed);
}
