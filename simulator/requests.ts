import { z } from 'zod';
import { badDays } from './bad-day-names.ts';
import type {
  BadDayRequest,
  ClockRequest,
  GroupRequest,
  PressRequest,
  SampleRequest,
  SayRequest,
} from './contract.ts';
import { Fault } from './fault.ts';
import { farthest } from './clock-moves.ts';

const Say: z.ZodType<SayRequest> = z.object({
  as: z.string(),
  chat: z.string(),
  text: z.string(),
  mentions: z.array(z.string()).optional(),
  replyTo: z.string().optional(),
});

const Press: z.ZodType<PressRequest> = z.object({
  as: z.string(),
  message: z.string(),
  at: z.string().startsWith('/'),
  form: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])).optional(),
  input: z.string().optional(),
  option: z.string().optional(),
  options: z.array(z.string()).optional(),
  checked: z.boolean().optional(),
});

const Sample: z.ZodType<SampleRequest> = z.object({
  as: z.string(),
  chat: z.string(),
  sample: z.enum(['bank', 'survey']),
});

const people = z.array(z.string()).min(1);
const Group: z.ZodType<GroupRequest> = z.object({
  as: z.string(),
  chat: z.string(),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('invite'), people }),
    z.object({ kind: z.literal('remove'), people }),
    z.object({ kind: z.literal('leave') }),
    z.object({ kind: z.literal('add-bot') }),
    z.object({ kind: z.literal('remove-bot') }),
    z.object({ kind: z.literal('owner'), person: z.string() }),
    z.object({ kind: z.literal('rename'), name: z.string() }),
    z.object({ kind: z.literal('disband') }),
  ]),
});

const Clock: z.ZodType<ClockRequest> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('by'), ms: z.int().min(1).max(farthest) }),
  z.object({ kind: z.literal('tomorrow') }),
  z.object({ kind: z.literal('next') }),
]);

const BadDays: z.ZodType<BadDayRequest> = z.object({ badDay: z.enum(badDays).optional() });

/** The bodies the page may post, by the last part of the path. */
export const readSay = reader(Say);
export const readPress = reader(Press);
export const readSample = reader(Sample);
export const readGroup = reader(Group);
export const readClock = reader(Clock);
export const readBadDay = reader(BadDays);

function reader<T>(schema: z.ZodType<T>): (body: Uint8Array) => T {
  return (body) => {
    try {
      return schema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    } catch {
      throw new Fault('请求不完整', 'The request is not complete');
    }
  };
}
