import { join } from 'node:path';
import { loadEstate } from '../../../lib/estate/read/load';
import type { EstateSource } from '../../../lib/estate/read/source';
import { MOST_LOOKS } from '../../../lib/rehearsal/ledger/reach/over-time';
import { ROOT } from '../../root';
import { mutated, rehearsed, type Side, sideOf, sideOfFiles } from '../rehearsed';
import { small } from '../small';

let hybrid: Side;
beforeAll(() => {
  const { estate, findings } = loadEstate(join(ROOT, 'test/estates/hybrid'), { today: '2026-11-21' });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  hybrid = sideOf(estate);
});

const TO_BEIJING = 'links/beijing--eu-west-1/routes-b';
const ACROSS = 'links/eu-west-1--us-east-1/routes-a';

test('what turns no path is not looked at, and cuts nothing', async () => {
  const tagged = mutated(hybrid, TO_BEIJING, (template) => {
    template.Resources.TransitRouteBeijingContainersG1.Metadata = { note: 'other' };
  });
  expect((await rehearsed(hybrid, tagged)).codes).toEqual([]);
});

test('a route that is dropped cuts containers of both places off for good, with its stack and its name', async () => {
  const dropped = mutated(hybrid, TO_BEIJING, ({ Resources }) => delete Resources.TransitRouteBeijingContainersG1);
  const { codes, loss } = await rehearsed(hybrid, dropped);
  expect(codes).toEqual(['error CUT_OFF']);
  const { what, why, fix, ...rest } = loss('CUT_OFF');
  expect(rest).toMatchObject({ name: `CUT_OFF:${TO_BEIJING}`, stack: TO_BEIJING, resource: 'TransitRouteBeijingContainersG1' });
  expect(what).toBe(
    'no way from 0 s on, and at the end still: containers of beijing -> eu-west-1; eu-west-1 -> containers of beijing',
  );
  expect(why).toContain('TransitRouteBeijingContainersG1 of links/beijing--eu-west-1/routes-b goes; packets end with BLACKHOLE');
  expect(fix).toContain('--accept CUT_OFF:links/beijing--eu-west-1/routes-b');
});

test('a rule that moves into a stack which deploys later cuts for as long as neither has it', async () => {
  const rule = 'IngressContainersAllFromEuWest1HostsG1';
  let moved: unknown;
  const without = mutated(hybrid, 'eu-west-1/network', ({ Resources }) => {
    moved = Resources[rule];
    delete Resources[rule];
  });
  const after = mutated(without, ACROSS, ({ Resources }) => {
    const { GroupId } = Resources.IngressAllFromUsEast1HostsG1.Properties;
    Resources[rule] = { ...(moved as object), Properties: { ...(moved as { Properties: object }).Properties, GroupId } };
  });
  const { codes, loss, rehearsal } = await rehearsed(hybrid, after);
  expect(codes).toEqual(['error CUT_OFF']);
  const { from, to, what, fix } = loss('CUT_OFF');
  const made = rehearsal.steps.find(({ logicalId, act }) => logicalId === rule && act === 'create');
  const gone = rehearsal.steps.find(({ logicalId, act }) => logicalId === rule && act === 'delete');
  expect([from, to]).toEqual([gone!.from, made!.to]);
  expect(what).toContain(`no way for ${to - from} s from ${from} s: eu-west-1-core-voters-* -> `);
  expect(what).toContain('eu-west-1-core-worker-*:container');
  expect(what).toContain('eu-west-1-core-voters-* (all but 2379/tcp, 2380/tcp, 2381/tcp)');
  expect(fix).toContain('deploy the new way first');
});

test('a port that is no more let in is lost, one that is new is opened', async () => {
  const stands = sideOfFiles(small());
  const after = mutated(stands, 'sa-east-1/network', ({ Resources }) => {
    const rule = Resources.IngressCoreVotersEtcdPeerFromCoreVotersG1;
    Resources.IngressCoreVotersSshFromCoreVotersG1 = {
      ...rule,
      Properties: { ...rule.Properties, FromPort: 22, ToPort: 22, Description: 'ssh' },
    };
    delete Resources.IngressCoreVotersEtcdPeerFromCoreVotersG1;
  });
  const { codes, loss } = await rehearsed(stands, after);
  expect(codes).toEqual(['error CUT_OFF', 'warning OPENED']);
  expect(loss('CUT_OFF').what).toContain('sa-east-1-core-voters-* -> sa-east-1-core-voters-* (2380/tcp)');
  expect(loss('OPENED').what).toContain('sa-east-1-core-voters-* -> sa-east-1-core-voters-* (22/tcp)');
});

test('a route that is dropped on one side only, where the routers of the data centre are to make up for it, cuts until they have their files', async () => {
  const vlan = (side: Side, id: number): Side => ({
    ...mutated(side, 'links/beijing--us-east-1/line-line', ({ Resources }) => {
      for (const { Type, Properties } of Object.values<{ Type: string; Properties: Record<string, unknown> }>(Resources))
        if (Type === 'AWS::DirectConnect::TransitVirtualInterface') Properties.Vlan = id;
    }),
    idc: rewritten(side.idc, /Id=301/g, `Id=${id}`),
  });
  const line = { ...hybrid, stacks: hybrid.stacks.filter(({ path }) => !path.endsWith('vpn-fallback')) };
  const { timeline } = await rehearsed(line, vlan(line, 302));
  const cuts = timeline.losses.filter(({ code }) => code === 'CUT_OFF');
  expect(cuts.map(({ what }) => what).join('\n')).toContain('until the routers of the data centres have their new files');
});

test('more turns than are looked at are said, not hidden', async () => {
  const many = mutated(hybrid, ACROSS, ({ Resources }) => {
    let last: string | undefined;
    for (let port = 0; port <= MOST_LOOKS; port++) {
      const id = `IngressMoreG${port}`;
      const rule = Resources.IngressAllFromUsEast1HostsG1;
      Resources[id] = {
        Type: rule.Type,
        Properties: { ...rule.Properties, IpProtocol: 'tcp', FromPort: port, ToPort: port },
        ...(last === undefined ? {} : { DependsOn: [last] }),
      };
      last = id;
    }
  });
  const { loss } = await rehearsed(hybrid, many);
  expect(loss('REACH_NOT_FOLLOWED')).toMatchObject({ severity: 'warning' });
  expect(loss('REACH_NOT_FOLLOWED').why).toContain(`${MOST_LOOKS} times`);
});

function rewritten(files: EstateSource, from: RegExp, to: string): EstateSource {
  return { list: (folder) => files.list(folder), read: (path) => files.read(path)?.replace(from, to) };
}
