/**
 * Every property of every type that is emitted, changed alone: what AWS publishes as a replacement (`@aws-cdk/aws-service-spec`, which the diff
 * doesn't load) is never told as a change in place, and nothing is left untold.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { diffStacks, type Meaning, type StackState } from '../../../../lib/review/diff';
import type { Json, JsonObject } from '../../../../lib/review/diff/model/json';
import { synthesized } from '../estates';

const specification = loadAwsServiceSpecSync();
const folders: string[] = [];
afterAll(() => folders.map((folder) => rmSync(folder, { recursive: true, force: true })));

/** The stacks of an estate of this repository. */
function emitted(from: string, regions: readonly string[]): StackState[] {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-emitted-'));
  folders.push(folder);
  cpSync(join(__dirname, '../../../..', from, 'regions'), join(folder, 'regions'), { recursive: true });
  return synthesized(folder, regions);
}

interface Changed {
  readonly type: string;
  readonly property: string;
  readonly meanings: readonly Meaning[];
}

/** Each property once, in the first resource that has it. */
function changes(states: readonly StackState[]): Changed[] {
  const seen = new Set<string>();
  return states.flatMap((state) =>
    Object.entries(state.template.Resources as Record<string, JsonObject>).flatMap(([id, resource]) =>
      Object.entries((resource.Properties ?? {}) as JsonObject).flatMap(([property, value]): Changed[] => {
        const type = String(resource.Type);
        if (seen.has(`${type} ${property}`)) return [];
        seen.add(`${type} ${property}`);
        const Properties = { ...(resource.Properties as JsonObject), [property]: another(value) };
        const Resources = { ...(state.template.Resources as JsonObject), [id]: { ...resource, Properties } };
        const { meanings } = diffStacks(state, { ...state, template: { ...state.template, Resources } });
        return [{ type, property, meanings }];
      }),
    ),
  );
}

function another(value: Json | undefined): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.slice(1);
  return typeof value === 'string' ? `${value}x` : { Ref: 'Another' };
}

function replaces(type: string, property: string): boolean {
  const [found] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  return found?.properties[property]?.causesReplacement === 'yes';
}

const STATES = [
  ...emitted('', ['us-east-1', 'sa-east-1', 'cn-beijing', 'cn-hangzhou']),
  ...emitted('test/estates/hybrid', ['eu-west-1', 'us-east-1']),
];
const SAID = changes(STATES.filter(({ provider }) => provider === 'aws'));

/** What is told by what it does: a route, a rule or an alarm that is another one has no replacement of its own. */
const BY_WHAT_IT_DOES = /^(?:route|rule|alarm)-/;

test('the estates emit what the diff must know: over thirty types, over a hundred properties', () => {
  expect(new Set(SAID.map(({ type }) => type)).size).toBeGreaterThan(30);
  expect(SAID.length).toBeGreaterThan(100);
});

test('what the specification calls a replacement is told as one, or as what it does', () => {
  const wrong = SAID.filter(({ type, property }) => replaces(type, property)).filter(({ meanings }) => {
    const bad = meanings.some(({ severity }) => ['data-loss', 'refused', 'replaced'].includes(severity));
    return !bad && !meanings.some(({ kind }) => BY_WHAT_IT_DOES.test(kind));
  });
  // Today's page of the type says "No interruption" (test/facts/aws-updates.test.ts has the differences).
  const listed = ['AWS::EC2::TransitGatewayRouteTable Tags'];
  expect(wrong.map(({ type, property }) => `${type} ${property}`)).toEqual(listed);
});

test('and nothing of it says that it happens in place', () => {
  const wrong = SAID.filter(({ type, property }) => replaces(type, property) && property !== 'Tags').flatMap(({ meanings }) =>
    meanings.map(({ what }) => what).filter((what) => /in place$|while they run|while it is in use/.test(what)),
  );
  expect(wrong).toEqual([]);
});

test('no property changes without a word', () => {
  const untold = SAID.filter(({ property, meanings }) => meanings.length === 0 && property !== 'Tags');
  expect(untold.map(({ type, property }) => `${type} ${property}`)).toEqual([]);
});

test('what is emitted is not said to be less safe than nothing', () => {
  const weak = STATES.flatMap((state) => diffStacks(undefined, state).meanings.filter(({ severity }) => severity === 'security'));
  expect(weak.map(({ stack, what }) => `${stack}: ${what}`)).toEqual([]);
});

test('the scheme of a load balancer, the port of a target group, the type of a flow log: replaced', () => {
  for (const [type, property] of [
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Scheme'],
    ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Port'],
    ['AWS::EC2::FlowLog', 'TrafficType'],
  ]) {
    const said = SAID.find((one) => one.type === type && one.property === property);
    expect([type, said?.meanings.some(({ severity, what }) => severity === 'replaced' && what.endsWith('is made anew'))]).toEqual(
      [type, true],
    );
  }
});

test('a logical id that means another type is refused, whatever else differs', () => {
  const stack = (Type: string): StackState => ({
    path: 'a/b',
    name: 'a-b',
    provider: 'aws',
    template: { Resources: { X: { Type, Properties: {} } } },
  });
  const { meanings } = diffStacks(stack('AWS::SNS::Topic'), stack('AWS::SQS::Queue'));
  expect(meanings).toMatchObject([
    { severity: 'refused', kind: 'type-changes', what: expect.stringContaining('AWS::SNS::Topic -> AWS::SQS::Queue') },
  ]);
});
