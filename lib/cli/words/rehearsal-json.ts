/** `meissa rehearse --json`: the timeline for a program, and its schema (`schemas/timeline.schema.json`). */
import { z } from 'zod';
import type { Loss } from '../../rehearsal/model';
import { hostStops } from '../../rehearsal/outages';
import type { Rehearsal } from '../../rehearsal/rehearse';

const seconds = z.number().describe('Seconds since the deploy began, of virtual time.');

const stack = z.strictObject({
  path: z.string().describe('Construct path.'),
  provider: z.enum(['aws', 'aliyun']),
  region: z.string(),
  from: seconds,
  to: seconds,
  outcome: z.enum(['created', 'updated', 'unchanged', 'failed', 'skipped']),
  status: z.string().optional().describe('The engine’s last word.'),
  reason: z.string().optional().describe('What failed first, in the engine’s words.'),
  fix: z.string().optional().describe('The way out, where there is one for this very refusal.'),
});

const step = z.strictObject({
  stack: z.string(),
  logicalId: z.string(),
  type: z.string(),
  act: z.enum(['create', 'replace', 'update', 'interrupt', 'delete', 'retain', 'wait']),
  from: seconds,
  to: seconds,
  properties: z.array(z.string()).describe('Properties that differ.'),
  through: z.array(z.string()).describe('Logical ids by whose replacement alone it changes.'),
  before: z.string().optional().describe('Physical id before.'),
  after: z.string().optional().describe('Physical id after.'),
  failed: z.string().optional(),
  rollback: z.boolean().optional().describe('It is part of a way back.'),
});

const outage = z.strictObject({
  name: z.string(),
  instanceId: z.string(),
  from: seconds,
  to: seconds.optional().describe('When it is well again, maybe after the end. Left out: never.'),
});

const loss = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  name: z.string().describe('What accepts it: meissa deploy --accept <name>.'),
  stack: z.string(),
  resource: z.string().optional(),
  from: seconds,
  to: seconds,
  hosts: z.array(z.string()),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
});

const timeline = z.strictObject({
  version: z.literal(1),
  seconds: z.number().describe('How long in all.'),
  stacks: z.array(stack),
  steps: z.array(step).describe('In order of their begin.'),
  killed: seconds.optional().describe('When the deploy was killed, to be run again (--kill-at).'),
  hosts: z.array(outage).describe('Hosts that stop, in order.'),
  exchanges: z
    .array(z.strictObject({ name: z.string(), hosts: z.int(), from: seconds, to: seconds }))
    .describe('Hosts of elastic fleets that went while others of their name were well.'),
  losses: z.array(loss).describe('What the deploy takes away, errors first.'),
});

export type TimelineJson = z.infer<typeof timeline>;

export function rehearsalJson(rehearsal: Rehearsal, losses: readonly Loss[]): TimelineJson {
  const { seconds: all, stacks, steps, killed } = rehearsal;
  return {
    version: 1,
    seconds: all,
    ...(killed === undefined ? {} : { killed }),
    stacks,
    steps,
    hosts: hostStops(rehearsal).outages,
    exchanges: hostStops(rehearsal).exchanges,
    losses,
  } as TimelineJson;
}

/** Text of `schemas/timeline.schema.json`. */
export function timelineJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(timeline, { target: 'draft-7', io: 'output' }), null, 2)}\n`;
}
