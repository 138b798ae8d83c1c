import type { ClockRequest } from '../contract.ts';
import { api } from './api.ts';
import { el } from './element.ts';
import type { Store } from './store.ts';
import { createTimes } from './times.ts';
import { attempt, showToast } from './toast.ts';
import { say } from './words.ts';

const minute = 60_000;
/** What a move has to exceed to be one: the true time goes on by itself. */
const noticed = 500;

const moves: Record<keyof typeof say.moves, ClockRequest> = {
  minutes: { kind: 'by', ms: 10 * minute },
  hour: { kind: 'by', ms: 60 * minute },
  tomorrow: { kind: 'tomorrow' },
  next: { kind: 'next' },
};

/** The branch's date and time, and a list of ways to move them on; undefined where they cannot be. */
export function createClock(store: Store): HTMLElement | undefined {
  if (!store.world.isMovable) return undefined;
  const times = createTimes(store);
  const face = el('option', { value: '', selected: true });
  const options = Object.entries(say.moves).map(([value, name]) => el('option', { value }, name));
  const select = el('select', { class: 'clock', 'aria-label': say.clock }, face, ...options);

  function draw(): void {
    const now = times.full(store.now());
    select.dataset['ahead'] = String(store.offsetMs > noticed);
    face.textContent = select.disabled ? say.moving(now) : now;
  }

  async function move(asked: ClockRequest): Promise<void> {
    const before = store.offsetMs;
    const { offsetMs } = await api.moveClock(asked);
    const isMoved = offsetMs - before > noticed;
    const content = isMoved ? say.nowIs(times.full(Date.now() + offsetMs)) : say.nothingDue;
    showToast({ type: isMoved ? 'success' : 'info', content });
  }

  select.addEventListener('change', () => {
    const asked = moves[select.value as keyof typeof moves];
    select.value = '';
    select.disabled = true;
    draw();
    void attempt(() => move(asked)).then(() => {
      select.disabled = false;
      draw();
    });
  });
  store.watch(({ kind }) => {
    if (kind === 'time') draw();
  });
  setInterval(draw, 1000);
  draw();
  return select;
}
