/** Who refuses a template: the embedded cloud, AWS's validator, cfn-lint and moto. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolder } from '../../../lib/disk/scratch';
import { parseTemplate } from '../../../lib/embedded-cloud/aws/dialect/template';
import { cloudFormation } from '../../../lib/embedded-cloud/aws/services/cloudformation';
import { regionOf } from '../../../lib/embedded-cloud/store/world';
import { virtualCloud } from '../../../lib/embedded-cloud/virtual';
import { EngineError } from '../../../lib/engine/engine-error';
import type { Case } from './cases';

const ACCOUNT = '111111111111';
const REGION = 'us-east-1';

/** What is true only today: runtimes of functions that come to their end. */
const DATED = /^[EFW]253[123]$/;

export interface Opinion extends Case {
  /** The first that the embedded cloud says at the call; undefined where it is taken. */
  readonly refused: string | undefined;
  /** The first resource that fails when the stack is made; undefined where all stand, or it wasn't made. */
  readonly failed: string | undefined;
  /** Rules. */
  readonly validator: readonly string[];
  readonly lint: readonly string[];
  /** Whether moto makes it; undefined: it wasn't asked. */
  readonly moto: 'refused' | 'made' | undefined;
}

type Ours = Pick<Opinion, 'refused' | 'failed'>;
const asked = new Map<string, Promise<Ours>>();

/** What the embedded cloud does with a template, asked once. */
export function askUs(text: string): Promise<Ours> {
  const known = asked.get(text) ?? made(text);
  asked.set(text, known);
  return known;
}

/** `ValidateTemplate`, and where that takes it, a stack of it in virtual time. */
async function made(text: string): Promise<Ours> {
  const { backend, world, engine, clock } = virtualCloud();
  const region = regionOf(world, ACCOUNT, REGION);
  try {
    await cloudFormation(backend, region, 'ValidateTemplate', { TemplateBody: text });
  } catch (e) {
    // Anything that isn't one of its refusals fails the test.
    if (!(e instanceof EngineError)) throw e;
    const lasting = e.message.split('\n').filter((line) => !DATED.test(/\((\w+)\)$/.exec(line)?.[1] ?? ''));
    if (lasting.length > 0) return { refused: lasting[0], failed: undefined };
  }
  const request = { name: 'corpus', body: text, parameters: valuesOf(text), capabilities: ['CAPABILITY_NAMED_IAM'] };
  try {
    engine.target(engine.blank(region, 'corpus'), request);
  } catch (e) {
    if (!(e instanceof EngineError)) throw e;
    return { refused: undefined, failed: `CreateStack: ${e.message.split('\n')[0]}` };
  }
  const stack = engine.create(region, request);
  await clock.run(engine.over(stack.id));
  const first = stack.events.find(({ status }) => status === 'CREATE_FAILED');
  if (first === undefined && stack.status !== 'CREATE_COMPLETE') return { refused: undefined, failed: stack.reason };
  return { refused: undefined, failed: first && `${first.logicalId}: ${first.reason?.split('\n')[0]}` };
}

/** Values for the parameters of a template that has none for them. */
const valuesOf = (text: string): { key: string; value: string }[] =>
  Object.entries(parseTemplate(text).Parameters)
    .filter(([, p]) => p.Default === undefined)
    .map(([key, p]) => ({ key, value: String(Array.isArray(p.AllowedValues) ? p.AllowedValues[0] : (p.MinValue ?? '8')) }));

/** The validator as its own page says to call it, apart from how the embedded cloud does. */
function askValidator(): (text: string) => string[] {
  const { CompositeEngine, TemplateContent } = createRequire(require.resolve('aws-cdk-lib'))('@aws/cloudformation-validate');
  const engine = new CompositeEngine();
  return (text) => {
    const { diagnostics } = engine.validateTemplate(new TemplateContent(text), { severityLevel: 'ERROR' });
    return unique(diagnostics.map((d: { ruleId: string }) => d.ruleId));
  };
}

/** One process for all. */
function askLint(program: string, cases: readonly Case[]): Map<string, string[]> {
  const scratch = scratchFolder(tmpdir(), 'corpus');
  mkdirSync(scratch.path, { recursive: true });
  const files = cases.map(({ text }, i) => {
    const file = join(scratch.path, `${i}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const ran = spawnSync(program, ['--format', 'json', '--regions', REGION, '--', ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  scratch.remove();
  if (ran.stdout === '') throw new Error(`cfn-lint said nothing: ${ran.stderr}`);
  const found = JSON.parse(ran.stdout) as { Filename: string; Level: string; Rule: { Id: string } }[];
  return new Map(
    cases.map(({ name }, i) => [
      name,
      unique(found.filter((m) => m.Level === 'Error' && m.Filename === files[i]).map((m) => m.Rule.Id)),
    ]),
  );
}

const unique = (rules: string[]): string[] => [...new Set(rules)].filter((rule) => !DATED.test(rule)).sort();

/** What moto said when it was asked (ask-moto.py). */
export const MOTO = JSON.parse(readFileSync(join(__dirname, 'moto.json'), 'utf8')) as {
  readonly version: string;
  readonly refused: readonly string[];
  readonly made: readonly string[];
};

/** What everybody thinks of every case. */
export async function opinions(lintProgram: string, cases: readonly Case[]): Promise<Opinion[]> {
  const [validator, lint] = [askValidator(), askLint(lintProgram, cases)];
  const all: Opinion[] = [];
  for (const one of cases) {
    const moto = MOTO.refused.includes(one.name) ? 'refused' : MOTO.made.includes(one.name) ? 'made' : undefined;
    all.push({ ...one, ...(await askUs(one.text)), validator: validator(one.text), lint: lint.get(one.name) ?? [], moto });
  }
  return all;
}
