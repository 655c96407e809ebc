/** Hosts that do not run when a deploy begins: what it takes away depends on who is left. */
import { join } from 'node:path';
import type { AwayHost } from '../../../lib/clouds/away-host';
import { loadEstate } from '../../../lib/estate/read/load';
import { ROOT } from '../../root';
import { mutated, rehearsed, type Side, sideOf, sideOfFiles } from '../rehearsed';
import { each, largerVoters, REGION, STORAGE, small, VOTERS, withoutPolicies } from '../small';

const voter = (n: number) => `${REGION}-core-voters-${n}`;

function away(side: Side, path: string, ...hosts: readonly AwayHost[]): Side {
  return { ...side, stacks: side.stacks.map((stack) => (stack.path === path ? { ...stack, away: hosts } : stack)) };
}

let stands: Side;
let larger: Side;
beforeAll(() => {
  stands = sideOfFiles(small());
  larger = largerVoters();
});

test('a voter that is gone: the first restart of another one ends the quorum, and its own fails', async () => {
  const { codes, loss } = await rehearsed(away(stands, VOTERS, { name: voter(2), state: 'gone' }), larger);
  expect(codes).toEqual(['error QUORUM_LOST', 'error DEPLOY_FAILS', 'warning HOST_AWAY']);
  const lost = loss('QUORUM_LOST');
  expect(lost).toMatchObject({ hosts: [voter(1), voter(2)], from: 0 });
  expect(lost.why).toContain(`when the deploy begins ${voter(2)} (gone)`);
  expect(lost.fix).toMatch(/^first meissa repair sa-east-1: .*--accept QUORUM_LOST:sa-east-1\/core-voters$/);
  expect(loss('DEPLOY_FAILS')).toMatchObject({ stack: VOTERS, resource: 'M2InstanceG1' });
  expect(loss('DEPLOY_FAILS').fix).toContain('first meissa repair sa-east-1');
  expect(loss('HOST_AWAY')).toMatchObject({ stack: 'sa-east-1/core-voters', hosts: [voter(2)], why: `${voter(2)} (gone)` });
});

test('one that is stopped is down until its own turn, and runs then', async () => {
  const { codes, loss, rehearsal } = await rehearsed(away(stands, VOTERS, { name: voter(3), state: 'stopped' }), larger);
  expect(codes).toEqual(['error QUORUM_LOST']);
  expect(loss('QUORUM_LOST').hosts).toEqual([voter(1), voter(2), voter(3)]);
  expect(rehearsal.hosts.some(({ name, up, at }) => name === voter(3) && up && at > 0)).toBe(true);
});

test('the one that would restart first anyway is none that another waits for', async () => {
  const { codes } = await rehearsed(away(stands, VOTERS, { name: voter(1), state: 'stopped' }), larger);
  expect(codes).toEqual([]);
});

test('where nobody else restarts it is told, and nothing is lost by the deploy', async () => {
  const kept = mutated(stands, VOTERS, (template) => {
    template.Description = 'another text';
  });
  const { codes, loss } = await rehearsed(away(stands, VOTERS, { name: voter(2), state: 'gone' }), kept);
  expect(codes).toEqual(['warning HOST_AWAY']);
  expect(loss('HOST_AWAY').fix).toBe('first meissa repair sa-east-1');
});

test('a member in the place of one that is gone is no such host', async () => {
  const [storage] = stands.plan.regions[0]!.fleets.flatMap((fleet) => (fleet.kind === 'members' ? fleet.members : [])).filter(
    ({ name }) => name.includes('storage'),
  );
  const anew = mutated(stands, STORAGE, (template) => {
    const id = `M${storage!.number}InstanceG1`;
    template.Resources[`M${storage!.number}InstanceG2`] = template.Resources[id];
    delete template.Resources[id];
    const text = JSON.stringify(template.Resources).replaceAll(`"${id}"`, `"M${storage!.number}InstanceG2"`);
    template.Resources = JSON.parse(text);
  });
  const [was, is] = [away(stands, STORAGE, { name: storage!.name, state: 'gone' }), anew].map(withoutPolicies);
  const { codes } = await rehearsed(was!, is!);
  expect(codes).toEqual(['warning MEMBER_REPLACED']);
});

test('members of Aliyun that are down hold a roll back: nobody else is restarted', async () => {
  const { estate } = loadEstate(join(ROOT, 'test/estates/aliyun'), { today: '2026-11-21' });
  const aliyun = sideOf(estate!);
  const path = 'cn-beijing/core-voters';
  const other = (side: Side): Side => ({
    ...side,
    stacks: side.stacks.map((stack) =>
      stack.path === path
        ? { ...stack, configurations: new Map([...(stack.configurations ?? [])].map(([f, text]) => [f, `${text}\n# other\n`])) }
        : stack,
    ),
  });
  const names = aliyun.stacks.find((stack) => stack.path === path)!.ros!.members.map(({ name }) => name);
  for (const state of ['stopped', 'gone'] as const) {
    const { codes, rehearsal } = await rehearsed(away(aliyun, path, { name: names[1]!, state }), other(aliyun));
    expect(codes).toEqual(['error DEPLOY_FAILS', 'warning HOST_AWAY']);
    expect(rehearsal.hosts.filter(({ up, at }) => !up && at > 0)).toEqual([]);
  }
});

test('a changed template on Aliyun meets the member that is gone as CloudFormation does', async () => {
  const { estate } = loadEstate(join(ROOT, 'test/estates/aliyun'), { today: '2026-11-21' });
  const aliyun = sideOf(estate!);
  const path = 'cn-beijing/core-voters';
  const typed = mutated(aliyun, path, (template) =>
    each(template, 'ALIYUN::ECS::Instance', ({ Properties }) => {
      Properties.InstanceType = 'ecs.g7.4xlarge';
    }),
  );
  const names = aliyun.stacks.find((stack) => stack.path === path)!.ros!.members.map(({ name }) => name);
  const { codes, loss } = await rehearsed(away(aliyun, path, { name: names[2]!, state: 'gone' }), typed);
  expect(codes).toEqual(expect.arrayContaining(['error QUORUM_LOST', 'error DEPLOY_FAILS']));
  expect(loss('QUORUM_LOST').fix).toContain('first meissa repair cn-beijing');
});
