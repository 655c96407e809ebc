import type { HostStart } from '../../../lib/embedded-cloud/aws/hosts/hosts';
import { quorumOf } from '../../../lib/rehearsal/ledger/quorum';
import { mutated, rehearsed, type Side, sideOfFiles } from '../rehearsed';
import { each, LOCK, largerVoters, proposed, REGION, small, VOTERS, withoutPolicies } from '../small';

let stands: Side;
let larger: Side;
beforeAll(() => {
  stands = sideOfFiles(small());
  larger = largerVoters();
});

const withoutOrder = (side: Side) =>
  mutated(side, VOTERS, (template) => each(template, 'AWS::EC2::Instance', (instance) => delete instance.DependsOn));

test('a majority decides', () => {
  expect([1, 2, 3, 4, 5].map(quorumOf)).toEqual([1, 2, 2, 3, 3]);
});

test('a deploy that changes nothing loses nothing', async () => {
  expect((await rehearsed(stands, stands)).codes).toEqual([]);
});

test('voters that restart one after the other keep their quorum', async () => {
  const { rehearsal, codes } = await rehearsed(stands, larger);
  expect(rehearsal.hosts.filter(({ up }) => !up)).toHaveLength(3);
  expect(codes).toEqual([]);
});

test('without the order of the template all voters are down together, and that is an error which names them and says for how long', async () => {
  const { loss, codes } = await rehearsed(stands, withoutOrder(larger));
  expect(codes).toEqual(['error QUORUM_LOST']);
  expect(loss('QUORUM_LOST')).toMatchObject({
    name: 'QUORUM_LOST:sa-east-1/core-voters',
    stack: VOTERS,
    from: 0,
    to: 135,
    hosts: [1, 2, 3].map((n) => `${REGION}-core-voters-${n}`),
    what: 'etcd of sa-east-1/core/voters has fewer than 2 of 3 voters from 0 s to 135 s',
  });
  expect(loss('QUORUM_LOST').why).toContain('3 hosts stopped and started (InstanceType, Tags)');
});

test('without its gates the next voter stops before the one before it is well', async () => {
  const ungated = (side: Side) =>
    mutated(side, VOTERS, (template) => {
      each(template, 'AWS::EC2::Instance', (instance) => {
        const [gate] = instance.DependsOn ?? [];
        if (gate !== undefined) instance.DependsOn = [gate.replace(/Gate.*$/, 'InstanceG1')];
      });
      each(template, 'AWS::CloudFormation::WaitCondition', (_, id) => delete template.Resources[id]);
      each(template, 'AWS::CloudFormation::WaitConditionHandle', (_, id) => delete template.Resources[id]);
      for (const id of Object.keys(template.Resources)) if (/^M\d+Gate/.test(id)) delete template.Resources[id];
    });
  const { loss } = await rehearsed(stands, ungated(larger));
  expect(loss('QUORUM_LOST')).toMatchObject({ severity: 'error', stack: VOTERS });
});

test('a generation of the cluster raised: an empty etcd takes the place of the one that stands', async () => {
  const { loss } = await rehearsed(
    stands,
    proposed((core) => {
      core.generation = 2;
    }),
  );
  expect(loss('CLUSTER_EMPTIED')).toMatchObject({ severity: 'error', name: `CLUSTER_EMPTIED:${VOTERS}`, stack: VOTERS });
  expect(loss('CLUSTER_EMPTIED').why).toBe('generation of the cluster is raised from 1 to 2');
});

test('the first deploy of voters loses no quorum: there was none', async () => {
  const nothing = { ...stands, stacks: [] };
  expect((await rehearsed(nothing, stands)).codes).toEqual([]);
});

test('a voter that never gets well leaves exactly a quorum, which is a warning beside the failed deploy', async () => {
  const silent = ({ name, starts }: HostStart) => (name.endsWith('voters-1') && starts > 1 ? 'silent' : 'healthy');
  const { codes, loss } = await rehearsed(stands, larger, { onStart: silent });
  expect(codes).toEqual(['error DEPLOY_FAILS', 'warning QUORUM_AT_RISK']);
  expect(loss('QUORUM_AT_RISK').hosts).toEqual([`${REGION}-core-voters-1`]);
  expect(loss('DEPLOY_FAILS')).toMatchObject({ stack: VOTERS });
  expect(loss('DEPLOY_FAILS').what).toContain('half-made');
});

test('a voter that is left out counts as down: the next restart ends the quorum, in whichever order', async () => {
  const files = small();
  const without3 = { ...files, [LOCK]: files[LOCK]!.replace('core/voters/3: {', 'core/voters/3: { absent: true,') };
  const { loss } = await rehearsed(sideOfFiles(without3), largerVoters(without3));
  expect(loss('QUORUM_LOST').what).toContain('fewer than 2 of 3 voters');
  expect(loss('QUORUM_LOST').severity).toBe('error');
});

test('voters that are replaced come back empty, and are no voters any more', async () => {
  const [was, is] = [withoutPolicies(stands), withoutPolicies(larger)].map((side, at) => {
    // As CloudFormation may replace them: interfaces that are theirs alone, and a stack that rolls back.
    const own = mutated(side, VOTERS, (template) =>
      each(template, 'AWS::EC2::Instance', ({ Properties }) => {
        const id = Properties.NetworkInterfaces[0].NetworkInterfaceId.Ref;
        const { SubnetId, GroupSet } = template.Resources[id].Properties;
        delete Properties.Volumes;
        Properties.NetworkInterfaces = [{ DeviceIndex: '0', SubnetId, GroupSet }];
        if (at === 1) Properties.ImageId = 'ami-0dbd802e72d0b6fff';
      }),
    );
    return { ...own, stacks: own.stacks.map((stack) => ({ ...stack, disableRollback: false })) };
  });
  const { codes, loss } = await rehearsed(was!, is!);
  expect(codes).toEqual(expect.arrayContaining(['error QUORUM_LOST', 'error MEMBER_REPLACED', 'error ADDRESS_MOVES']));
  expect(loss('QUORUM_LOST').why).toContain('come back empty');
  expect(loss('QUORUM_LOST').fix).toContain('meissa replace sa-east-1/core/voters/<number>');
  expect(loss('MEMBER_REPLACED')).toMatchObject({ stack: VOTERS, hosts: [1, 2, 3].map((n) => `${REGION}-core-voters-${n}`) });
});
