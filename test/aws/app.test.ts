import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cidr } from '../../lib/estate/addresses/cidr';
import { ADSERVER, FLEETS, plan, region, STORAGE, synth, VOTERS } from './fixtures';

const two = plan([region(FLEETS), region(FLEETS, { name: 'us-east-1', block: cidr('10.8.0.0/16') })]);

test("a region's templates are byte-identical with and without selection", () => {
  const all = synth(two).text;
  const one = synth(two, { regions: ['us-east-1'] }).text;
  expect([...one.keys()].every((name) => name.startsWith('us-east-1-'))).toBe(true);
  for (const [name, text] of one) expect(all.get(name)).toBe(text);
});

test('an unknown region throws with the nearest name', () => {
  expect(() => synth(two, { regions: ['us-east-l'] })).toThrow(
    'unknown region us-east-l: did you mean us-east-1? (regions: sa-east-1, us-east-1)',
  );
});

test('construct paths are what cdk selects, stack names are planned', () => {
  const assembly = synth(plan()).app.synth();
  expect(assembly.stacks.map((s) => [s.hierarchicalId, s.stackName])).toEqual([
    ['sa-east-1/base', 'sa-east-1-base'],
    ['sa-east-1/network', 'sa-east-1-network'],
    ['sa-east-1/core-voters', 'sa-east-1-core-voters'],
    ['sa-east-1/core-adserver', 'sa-east-1-core-adserver'],
    ['sa-east-1/core-storage-1', 'sa-east-1-core-storage-1'],
  ]);
});

test('shards are chained, and no region depends on another', () => {
  const assembly = synth(plan([region([{ ...STORAGE, count: 200 }, VOTERS])])).app.synth();
  const needs = (name: string) =>
    assembly.getStackByName(name).dependencies.flatMap((d) => ('stackName' in d ? [String(d.stackName)] : []));
  expect(needs('sa-east-1-core-storage-3')).toContain('sa-east-1-core-storage-2');
  expect(needs('sa-east-1-core-voters')).toEqual(['sa-east-1-base', 'sa-east-1-network']);
  for (const stack of synth(two).app.synth().stacks) {
    for (const needed of stack.dependencies) {
      if ('stackName' in needed) expect(String(needed.stackName).slice(0, 9)).toBe(stack.stackName.slice(0, 9));
    }
  }
});

test('stacks that hold data have termination protection and a stack policy beside the templates', () => {
  const { app, outdir } = synth(plan());
  const guarded = app
    .synth()
    .stacks.filter((s) => s.terminationProtection)
    .map((s) => s.stackName);
  expect(guarded).toEqual(['sa-east-1-base', 'sa-east-1-core-voters', 'sa-east-1-core-storage-1']);
  for (const name of guarded) {
    const policy = JSON.parse(readFileSync(join(outdir, 'stack-policies', `${name}.json`), 'utf8'));
    expect(policy.Statement[1]).toMatchObject({ Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Resource: '*' });
  }
  expect(existsSync(join(outdir, 'stack-policies', 'sa-east-1-network.json'))).toBe(false);
});

test('the policy lets go the instance of a member that is marked absent, and nothing else', () => {
  const from = plan([region([VOTERS])], (key, entry) => (key === 'core/voters/2' ? { ...entry, absent: true } : entry));
  const { outdir } = synth(from);
  const policy = JSON.parse(readFileSync(join(outdir, 'stack-policies', 'sa-east-1-core-voters.json'), 'utf8'));
  expect(policy.Statement[1]).toMatchObject({ NotResource: ['LogicalResourceId/M2InstanceG1'] });
});

test('it lets all of a member go whose number was retired', () => {
  const { outdir } = synth(plan([region([{ ...VOTERS, count: 5, removed: [1, 4] }])]));
  const policy = JSON.parse(readFileSync(join(outdir, 'stack-policies', 'sa-east-1-core-voters.json'), 'utf8'));
  const gone = policy.Statement[1].NotResource as string[];
  expect(gone.filter((id) => /\/M1[A-Z]/.test(id))).toEqual(
    ['M1InstanceG1', 'M1Interface', 'M1VolumeEtcd'].map((id) => `LogicalResourceId/${id}`),
  );
  expect(gone.filter((id) => /\/M[235][A-Z]/.test(id))).toEqual([]);
});

test('tags of estate, region and fleet are tags of the stack', () => {
  const assembly = synth(plan()).app.synth();
  expect(assembly.getStackByName('sa-east-1-core-adserver').tags).toEqual({
    owner: 'platform',
    team: 'ads',
    meissa_fleet: 'core/adserver',
  });
  expect(assembly.getStackByName('sa-east-1-network').tags).toEqual({ owner: 'platform' });
});

test('the bootstrap qualifier is the account’s', () => {
  const aws = { account: '111111111111', partition: 'aws', bootstrapQualifier: 'meissa1' } as const;
  const { text } = synth(plan([region(FLEETS, { aws })]));
  expect(text.get('sa-east-1-base')).toContain('/cdk-bootstrap/meissa1/version');
});

test('stacks over 500 resources are refused before anything is constructed, all at once', () => {
  const fleet = { ...STORAGE, count: 300, membersPerStack: 150, alarms: { recover: true } };
  expect(() => synth(plan([region([fleet, VOTERS])]))).toThrow(
    /STACK_TOO_MANY_RESOURCES stack sa-east-1-core-storage-1 has 601 resources\n.*core-storage-2 has 600 resources/,
  );
});

test('stacks over 200 outputs are refused: each fleet has one in its network, and two in its base', () => {
  const fleets = Array.from({ length: 100 }, (_, i) => ({ ...ADSERVER, name: `f${i}` }));
  expect(() => synth(plan([region([...fleets, VOTERS])]))).toThrow(/STACK_TOO_MANY_OUTPUTS stack sa-east-1-base has 204 outputs/);
});

test('a template over 1 MB is refused', () => {
  const volumes = [{ ...STORAGE.volumes[0]!, mount: '/m' }];
  const fleet = { ...STORAGE, count: 160, membersPerStack: 160, volumes };
  const from = plan([region([fleet, VOTERS])]);
  expect(() => synth(from, { userDataOf: () => ({ ...hugeText(), base64: '' }) })).toThrow(/TEMPLATE_TOO_LARGE/);
});

function hugeText() {
  const text = 'x'.repeat(800_000);
  return { format: 'coreos', text, base64: '', gzipped: false, bytes: text.length, digest: '', budget: [] } as const;
}
