import type { SimulatorClock } from './clock.ts';
import type { EntityRecord, MessageRecord } from './state.ts';
import { PlatformFault } from './platform-fault.ts';
import { newId } from './messages.ts';
import type { World } from './world.ts';

type Json = Record<string, unknown>;
type Parts = { world: World; clock: SimulatorClock };

const twoWeeks = 14 * 24 * 3600 * 1000;
/** After it the platform ends the growing by itself. */
const growsFor = 10 * 60 * 1000;

/** Creates a card entity and returns its record. */
export function addEntity({ world, clock }: Parts, card: string): EntityRecord {
  const madeAt = clock.now().getTime();
  const entity = { id: newId('card'), card, madeAt, sequence: 0, uuids: [] };
  world.state.entities.push(entity);
  return entity;
}

/** The entity that a message's content names; undefined where it is a card of its own. */
export function entityNamed({ world, clock }: Parts, content: string): EntityRecord | undefined {
  const { type, data } = parsed(content) as { type?: unknown; data?: Json };
  if (type !== 'card') return undefined;
  const entity = findEntity({ world, clock }, String(data?.['card_id']));
  if (entity.message)
    throw new PlatformFault(230099, 'Failed to send card, ext=ErrCode: 300306; card has been sent');
  return entity;
}

/** An entity that can still be changed. */
export function findEntity({ world, clock }: Parts, id: string): EntityRecord {
  const entity = world.state.entities.find((each) => each.id === id);
  if (!entity) throw new PlatformFault(300311, 'no permission or no such card');
  if (clock.now().getTime() - entity.madeAt > twoWeeks)
    throw new PlatformFault(200750, 'card is expired');
  return entity;
}

export const entityOf = (world: World, { id }: MessageRecord): EntityRecord | undefined =>
  world.state.entities.find(({ message }) => message === id);

/** Whether its texts grow: for ten minutes, unless it was switched off before. */
export function isGrowing({ clock }: Pick<Parts, 'clock'>, entity: EntityRecord): boolean {
  const { config } = parsed(entity.card) as { config?: Json };
  const isYoung = clock.now().getTime() - entity.madeAt < growsFor;
  return config?.['streaming_mode'] === true && isYoung;
}

/** Shows the entity as it stands now to all who see its message. */
export function changeEntity(world: World, entity: EntityRecord, card: string): void {
  entity.card = card;
  const message = entity.message ? world.message(entity.message) : undefined;
  if (message) world.changeMessage(message, { content: card });
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
