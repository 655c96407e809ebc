/** The schema of `meissa diff --json`: `schemas/diff.schema.json` is made from it, and a test holds every diff of the tests to it. */
import { z } from 'zod';
import { MEANING_KINDS } from '../kinds';
import { SEVERITIES } from '../meaning/meaning';
import { HOST_ACTS } from './hosts';
import { DIFF_JSON_VERSION } from './json';

const CHANGE = z.enum(['added', 'removed', 'changed']);
const PROVIDER = z.enum(['aws', 'aliyun']);

const value = z.strictObject({
  path: z.array(z.union([z.string(), z.int()])).describe('Keys and positions from the entry down.'),
  kind: CHANGE,
  before: z.json().optional(),
  after: z.json().optional(),
});

const entry = z.strictObject({
  section: z.string().describe('Resources, Outputs ...; Template for what stands beside them.'),
  id: z.string().describe('Logical id.'),
  type: z.string().optional().describe('Of a resource.'),
  kind: CHANGE,
  changes: z.array(value),
});

const stack = z.strictObject({
  path: z.string().describe('Construct path: sa-east-1/network, links/a--b/routes-a.'),
  name: z.string().describe('The name that the engine has for it.'),
  provider: PROVIDER,
  region: z.string().optional(),
  kind: z.enum([...CHANGE.options, 'same']).describe('removed: no longer described; a deploy leaves it alone.'),
  entries: z.array(entry),
  parameters: z.array(value),
  tags: z.array(value),
  configurations: z.array(z.strictObject({ fleet: z.string(), kind: CHANGE })),
});

const meaning = z.strictObject({
  kind: z.enum(MEANING_KINDS),
  severity: z.enum(SEVERITIES),
  stack: z.string().describe('Construct path; empty where it is of no single stack.'),
  what: z.string(),
  hosts: z.array(z.string()),
  details: z.array(z.string()),
  pace: z.string().optional().describe('How hosts follow each other.'),
});

const host = z.strictObject({
  name: z.string().describe('<region>-<cluster>-<fleet>-<number>.'),
  region: z.string().optional().describe('Region or data centre.'),
  cluster: z.string().optional(),
  fleet: z.string().optional(),
  number: z.int().optional(),
  act: z.enum(HOST_ACTS).describe('refused: the deploy would fail; stays: no longer described, and left alone.'),
});

const userData = z.strictObject({
  fleet: z.string(),
  stacks: z.array(z.string()),
  added: z.int().describe('Lines that come.'),
  removed: z.int().describe('Lines that go.'),
  patch: z.string().describe('Unified.'),
});

const loss = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  name: z.string().describe('What is named to accept it.'),
  stack: z.string(),
  resource: z.string().optional(),
  from: z.number().describe('Seconds since the deploy began.'),
  to: z.number(),
  hosts: z.array(z.string()),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
});

const place = { file: z.string(), line: z.int(), column: z.int().optional() };
const finding = z.strictObject({
  ...place,
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  path: z.string(),
  message: z.string(),
  multiline: z.literal(true).optional(),
  why: z.string(),
  fix: z.string(),
  also: z.array(z.strictObject(place)).optional(),
});

export const diffSchema = z.strictObject({
  version: z.literal(DIFF_JSON_VERSION),
  changed: z.boolean(),
  total: z.string().describe('One line.'),
  stacks: z.array(stack),
  meanings: z.array(meaning).describe('Of each stack worst first; not merged over stacks.'),
  hosts: z.array(host).describe('Every host that something happens to.'),
  userData: z.array(userData),
  timeline: z
    .strictObject({ seconds: z.number().describe('Of virtual time.'), losses: z.array(loss) })
    .optional()
    .describe('The deploy in virtual time.'),
  findings: z
    .strictObject({ since: z.string(), new: z.array(finding), standing: z.int() })
    .optional()
    .describe('Findings that the base does not have, and how many it has too.'),
  unfinished: z
    .array(z.strictObject({ path: z.string(), status: z.string() }))
    .optional()
    .describe('Stacks that an earlier deploy left half-made.'),
});

/** Text of `schemas/diff.schema.json`. */
export function diffJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(diffSchema, { target: 'draft-7', io: 'output' }), null, 2)}\n`;
}
