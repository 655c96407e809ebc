/** The example estate with edits, as a reviewer reads them. Golden files: `MEISSA_UPDATE_GOLDEN=1` writes them anew. */
import { diffJson, diffMarkdown, diffStacks, diffStates, diffText, type StackDiff } from '../../../lib/review/diff';
import { diffSchema } from '../../../lib/review/diff/words/json-schema';
import { removeCopies } from '../../cli/run';
import { expectGolden } from '../../golden';
import { ungate } from '../../rehearsal/ungated';
import { type Edit, edited, replaced } from './estates';

afterEach(removeCopies);

const US = 'regions/us-east-1.yaml';

/** Compares the words with golden files, and holds what every diff must. */
async function changed(
  name: string,
  edits: Readonly<Record<string, Edit>>,
  regions = ['us-east-1'],
  links?: string[],
): Promise<StackDiff[]> {
  const { before, after } = await edited(regions, edits, links);
  const diffs = diffStates(before, after);
  const [text, markdown, json] = [diffText(diffs), diffMarkdown(diffs), JSON.stringify(diffJson(diffs))];
  for (const words of [text, markdown, json]) expect(words).not.toMatch(/[A-Za-z0-9+/]{160,}/);
  expect(diffSchema.safeParse(diffJson(diffs)).error).toBeUndefined();
  expectGolden(`diff-${name}.txt`, text);
  expectGolden(`diff-${name}.md`, markdown);
  return diffs;
}

function kinds(diffs: readonly StackDiff[]): string[] {
  return [...new Set(diffs.flatMap(({ meanings }) => meanings.map(({ kind }) => kind)))];
}

function hosts(diffs: readonly StackDiff[], kind: string): string[] {
  return diffs.flatMap(({ meanings }) => meanings.filter((meaning) => meaning.kind === kind).flatMap((meaning) => meaning.hosts));
}

test('nothing changed: no changes, and nothing else', async () => {
  const { before } = await edited(['us-east-1'], {});
  const diffs = diffStates(before, before);
  expect(diffText(diffs)).toBe('no changes\n');
  expect(diffJson(diffs)).toMatchObject({ version: 1, changed: false, total: 'no changes', meanings: [], userData: [] });
});

test('a member more: it comes, and nobody else is touched', async () => {
  const diffs = await changed('add-member', {
    [US]: replaced('count: 3\n        instanceType: r5', 'count: 4\n        instanceType: r5'),
  });
  expect(kinds(diffs)).toEqual(['host-comes']);
  expect(hosts(diffs, 'host-comes')).toEqual(['us-east-1-core-storage-4']);
});

test('a member less: it goes, its volume is kept and its address is given back', async () => {
  const more = replaced('count: 3\n        instanceType: r5', 'count: 4\n        instanceType: r5');
  const { before, after } = await edited(['us-east-1'], { [US]: more });
  const diffs = diffStates(after, before);
  expectGolden('diff-remove-member.txt', diffText(diffs));
  expect(kinds(diffs)).toEqual(['host-goes', 'interface-goes', 'data-retained']);
});

test('another text: members stop and start, elastic hosts are exchanged, and the text stands there once a fleet', async () => {
  const diffs = await changed('user-data', {
    [US]: (text) =>
      text.replaceAll(
        '        profiles: [base, docker, etcd, updates]',
        '        profiles: [base, docker, etcd, updates]\n        parameters: { docker: { stopTimeout: 90 } }',
      ),
  });
  expect(kinds(diffs)).toEqual(['fleet-rolls', 'host-restarts']);
  expect(hosts(diffs, 'host-restarts')).toHaveLength(6);
  const restarts = diffs.flatMap(({ meanings }) => meanings).filter(({ kind }) => kind === 'host-restarts');
  expect(restarts.map(({ pace }) => pace)).toEqual(Array(2).fill('one at a time behind a gate'));
  expect(diffs.flatMap(({ userData }) => userData.map(({ fleet }) => fleet))).toEqual([
    'us-east-1-core-adserver',
    'us-east-1-core-storage',
    'us-east-1-core-voters',
  ]);
  expect(diffText(diffs)).toContain('+');
});

test('another instance type: voters one at a time behind their gates', async () => {
  const diffs = await changed('instance-type', { [US]: replaced('instanceType: m5.large', 'instanceType: m5.xlarge') });
  expect(kinds(diffs)).toEqual(['host-restarts']);
  expect(diffs.flatMap(({ meanings }) => meanings)[0]).toMatchObject({
    pace: 'one at a time behind a gate',
    severity: 'interrupted',
  });
});

test('gates that come to members that stand: nobody restarts, and who is waited for from now on is told', async () => {
  const { before } = await edited(['us-east-1'], {});
  const without = structuredClone(before);
  for (const { path, template } of without) if (/storage|front-ends-1/.test(path)) ungate(template);
  const diffs = diffStates(without, before);
  expect(hosts(diffs, 'host-restarts')).toEqual([]);
  expect(hosts(diffs, 'gate').sort()).toEqual(
    ['collection-front-ends', 'core-storage'].flatMap((fleet) => [1, 2, 3].map((n) => `us-east-1-${fleet}-${n}`)),
  );
  expect(diffText(diffs)).toContain(
    '6 hosts are waited for from now on: the next one is touched when they are well (gates come)',
  );
});

test('another image in the lock of a member that stands is a replacement, said before anything else', async () => {
  const { before, after } = await edited(['us-east-1'], {
    'regions/us-east-1.members.lock.yaml': replaced(/image: ami-\w+/, 'image: ami-0123456789abcdef0'),
  });
  const diffs = diffStates(before, after);
  const text = diffText(diffs);
  expectGolden('diff-image.txt', text);
  expect(text.split('\n')[0]).toBe('Hosts and things that go or are made anew');
  expect(hosts(diffs, 'host-replaced')).toHaveLength(1);
  expect(text).toContain('meissa replace');
});

test('a link more: its routes by table, range and where they lead', async () => {
  const diffs = await changed(
    'add-link',
    {
      'regions/estate.yaml': (text) =>
        `${text}  asia: { kind: peering, between: [ap-south-1, ap-southeast-1], carries: [hosts] }\n`,
    },
    ['ap-south-1', 'ap-southeast-1'],
    ['ap-south-1--ap-southeast-1'],
  );
  expect(kinds(diffs)).toEqual(['link-comes', 'stack-comes', 'route-added']);
});

test('a rule for everyone is opened, and said so', async () => {
  const { before } = await edited(['us-east-1'], {});
  const widened = JSON.parse(JSON.stringify(before)) as {
    path: string;
    template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
  }[];
  const network = widened.find(({ path }) => path === 'us-east-1/network')!.template.Resources;
  const [, rule] = Object.entries(network).find(([, { Type }]) => Type === 'AWS::EC2::SecurityGroupIngress')!;
  delete rule.Properties.SourceSecurityGroupId;
  rule.Properties.CidrIp = '0.0.0.0/0';
  const diffs = diffStates(before, widened as never);
  expectGolden('diff-widen-rule.txt', diffText(diffs));
  expect(kinds(diffs)).toEqual(['rule-opened-to-everyone', 'rule-closed']);
});

test('a route less and one that leads elsewhere', async () => {
  const { before } = await edited(['us-east-1'], {});
  const cut = JSON.parse(JSON.stringify(before)) as {
    path: string;
    template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
  }[];
  const network = cut.find(({ path }) => path === 'us-east-1/network')!.template.Resources;
  const routes = Object.entries(network).filter(
    ([, { Type, Properties }]) => Type === 'AWS::EC2::Route' && Properties.NatGatewayId !== undefined,
  );
  delete network[routes[0]![0]];
  routes[1]![1].Properties.NatGatewayId = { Ref: 'NataG1' };
  const diffs = diffStates(before, cut as never);
  expectGolden('diff-routes.txt', diffText(diffs));
  expect(kinds(diffs)).toEqual(['route-removed', 'route-moved']);
});

test('a region less: a deploy leaves its stacks alone, and it is said how they go', async () => {
  const { before } = await edited(['us-east-1'], {});
  const diffs = diffStates(before, []);
  expectGolden('diff-region-goes.txt', diffText(diffs));
  expect(diffs.every(({ change }) => change.kind === 'removed')).toBe(true);
  expect(kinds(diffs)).toEqual(['stack-undescribed']);
  expect(hosts(diffs, 'stack-undescribed')).toHaveLength(21);
  expect(diffText(diffs)).toContain('until `meissa destroy --undescribed us-east-1`');
  expect(diffText(diffs)).not.toMatch(/\bgoe?s?\b/);
});

test('a region that is taken down: its hosts and stacks go, volumes are kept', async () => {
  const { before } = await edited(['us-east-1'], {});
  const diffs = before.map((state) => diffStacks(state, undefined));
  expectGolden('diff-region-taken-down.txt', diffText(diffs));
  expect(hosts(diffs, 'host-goes')).toHaveLength(21);
});
