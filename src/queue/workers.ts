import type { PgBoss } from 'pg-boss';
import type { Lane } from './job.ts';
import { laneNames, lanes } from './lanes.ts';
import type { createRunner, Fetched } from './runner.ts';

interface WorkersNeeds {
  boss: PgBoss;
  runOne: ReturnType<typeof createRunner>['runOne'];
}

/** The workers of this process: each fetches batches of jobs from one lane and runs them. */
export function createWorkers({ boss, runOne }: WorkersNeeds) {
  const workers = new Map<Lane, string[]>();
  const busy = new Set<string>();
  const held = new Set<Lane>();
  let running = false;

  async function startLane(lane: Lane) {
    const plan = lanes[lane];
    const ofLane: string[] = [];
    workers.set(lane, ofLane);
    for (let i = 0; i < plan.workers; i += 1) {
      const id = await boss.work(
        lane,
        { ...plan.work, includeMetadata: true, perJobResults: true },
        async (batch: Fetched[]) => {
          busy.add(id);
          try {
            return await Promise.all(batch.map(runOne));
          } finally {
            busy.delete(id);
            // What stood behind these in their groups is ready now, not at the next poll.
            setImmediate(() => boss.notifyWorker(id));
          }
        },
      );
      ofLane.push(id);
    }
  }

  return {
    /** Wakes no more workers than there are new jobs; a busy one looks again by itself once it is done. */
    wake(lane: Lane, newJobs: number): void {
      const ofLane = workers.get(lane) ?? [];
      for (const id of ofLane.filter((each) => !busy.has(each)).slice(0, newJobs)) {
        boss.notifyWorker(id);
        moveToEnd(ofLane, id);
      }
    },
    isHeld: (lane: Lane): boolean => held.has(lane),
    /** Holds lanes back before `start`: they begin when they are released. */
    hold(heldBack: readonly Lane[]): void {
      for (const lane of heldBack) held.add(lane);
    },
    /** Begins to work in every lane that is not held. */
    async start(): Promise<void> {
      for (const lane of laneNames) if (!held.has(lane)) await startLane(lane);
      running = true;
    },
    /** Begins to work in a lane that was held. */
    async release(lane: Lane): Promise<void> {
      if (held.delete(lane) && running) await startLane(lane);
    },
    isRunning: (): boolean => running,
    /** Takes no more jobs and lets those in hand finish, at most ten seconds. */
    async stop(): Promise<void> {
      running = false;
      await boss.stop({ graceful: true, timeout: 9_000 });
    },
  };
}

/** So that the next call is for another worker. */
function moveToEnd(all: string[], id: string) {
  all.splice(all.indexOf(id), 1);
  all.push(id);
}
