import { z } from 'zod';
import type { Ask } from '../ask/service.ts';
import { defineJob } from './job.ts';

/** Forgets what was asked half an hour ago. */
export const createForgetTurns = ({ ask }: { ask: Ask }) =>
  defineJob({ name: 'ask.forget', payload: z.object({}), run: () => ask.turns.forget() });
