/** Linked regions, from request to routes and back to nothing, with the unmodified CDK CLI on the embedded cloud. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkedWorld, standsWhole } from '../../lib/cli/linked-world';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { MEISSA, type Ran, ROOT, run } from '../child/run';
import { removeTemporaryFolders, temporaryFolder } from './example';
import { LinkedEstate } from './linked-estate';
import { succeeded } from './rehearsed-region';

jest.setTimeout(240_000);

const PLACES = ['aws://111111111111/sa-east-1', 'aws://111111111111/us-east-1'];
const DEPLOY = ['--require-approval', 'never', '--concurrency', '4'];

/** All but the bases, which are protected: the CLI keeps the order. */
const DESTROY = ['--exclusively', 'links/**', '*/network'];

afterAll(removeTemporaryFolders);

/** What of a region must not be touched: everything with an id. */
const standing = (cloud: EmbeddedCloud, regions: readonly string[]): string =>
  JSON.stringify(regions.map((region) => ({ ...cloud.inventory(region), stacks: [] })));

/** Names of the stacks that stand, without the CDK's own. */
const stacksOf = (cloud: EmbeddedCloud, regions: readonly string[]): string[] =>
  regions.flatMap((region) => cloud.inventory(region).stacks.map((s) => s.name)).filter((name) => name !== 'CDKToolkit');

describe('two regions of the example, linked by a peering', () => {
  let estate: LinkedEstate;
  let cloud: EmbeddedCloud;
  beforeAll(async () => {
    estate = new LinkedEstate(ROOT, ['sa-east-1', 'us-east-1']);
    cloud = await startEmbeddedCloud();
    succeeded(await estate.cdk(cloud, 'bootstrap', '--app', estate.synth(), ...PLACES));
  });
  afterAll(() => cloud.close());

  test('cdk deploy --all is in order, and the routes of both ends stand and are active', async () => {
    succeeded(await estate.cdk(cloud, 'deploy', '--app', estate.synth(), '--all', ...DEPLOY));
    const [link, ...others] = estate.links(cloud);
    expect(others).toEqual([]);
    expect(link).toMatchObject({ kind: 'peering', path: 'sa-east-1--us-east-1' });
    for (const [place, towards] of [
      ['sa-east-1', '10.1.0.0/16'],
      ['us-east-1', '10.9.0.0/16'],
    ] as const) {
      const { peerings, routeTables } = cloud.inventory(place);
      expect(peerings).toMatchObject([{ status: 'active' }]);
      const own = routeTables.filter((t) => !t.main);
      expect(own.length).toBeGreaterThanOrEqual(4);
      for (const { routes } of own)
        expect(routes).toContainEqual({ destination: towards, target: peerings[0]?.id, kind: 'peering', state: 'active' });
      const end = link?.ends.find((e) => e.place === place);
      expect(end?.routes.map((r) => r.state)).toEqual(own.map(() => 'active'));
    }
  });

  test('deployed again, nothing changes', async () => {
    const before = standing(cloud, estate.regions);
    const { stdout, stderr } = succeeded(await estate.cdk(cloud, 'deploy', '--app', estate.synth(), '--all', ...DEPLOY));
    const stacks = stacksOf(cloud, estate.regions);
    expect((stdout + stderr).match(/\(no changes\)/g)).toHaveLength(stacks.length);
    expect(standing(cloud, estate.regions)).toBe(before);
  });

  test('without its peering the routes stand on and drop packets, and the read-back says so', async () => {
    const saved = Object.values(cloud.region('sa-east-1').peerings)[0]!;
    for (const region of estate.regions) delete cloud.region(region).peerings[saved.id];
    const [link] = estate.links(cloud);
    expect(link?.ends.flatMap((end) => end.routes.map((r) => r.state)).every((state) => state === 'blackhole')).toBe(true);
    expect(standsWhole(link!)).toBe(false);
    const { vpc, peerVpc } = saved;
    cloud.region('sa-east-1').peerings[saved.id] = saved;
    const there = { ...saved, vpc: peerVpc, peerVpc: vpc, peerRegion: 'sa-east-1', requester: false };
    cloud.region('us-east-1').peerings[saved.id] = there;
  });

  test('a network in use by a link is not destroyed; destroyed in order, nothing is left', async () => {
    const app = estate.synth();
    const refused = await estate.cdk(cloud, 'destroy', '--app', app, '--exclusively', '--force', 'sa-east-1/network');
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain('cannot be deleted as it is in use by links-sa-east-1--us-east-1-');
    succeeded(await estate.cdk(cloud, 'destroy', '--app', app, '--force', ...DESTROY));
    expect(stacksOf(cloud, estate.regions)).toEqual(['sa-east-1-base', 'us-east-1-base']);
    for (const region of estate.regions)
      expect(cloud.inventory(region)).toMatchObject({ vpcs: [], peerings: [], routeTables: [], subnets: [] });
  });
});

describe('two regions of two accounts, linked by a peering', () => {
  test("each end reads the other's outputs, and the peering is accepted, with the role of the other account and no more rights", async () => {
    const estate = new LinkedEstate(ROOT, ['sa-east-1', 'us-east-1']);
    estate.edit('us-east-1.yaml', ['aws'], { account: '222222222222' });
    const cloud = await startEmbeddedCloud();
    try {
      const { artifacts } = JSON.parse(readFileSync(join(estate.synth(), 'manifest.json'), 'utf8'));
      const stacks = Object.values<Artifact>(artifacts).filter((a) => a.type === 'aws:cloudformation:stack');
      const done = new Set<string>();
      const waitsFor = (s: Artifact) => (s.dependencies ?? []).flatMap((id) => artifacts[id]?.properties.stackName ?? []);
      const ready = () => stacks.filter((s) => !done.has(nameOf(s)) && waitsFor(s).every((name) => done.has(name)));
      for (let wave = ready(); wave.length > 0; wave = ready()) {
        for (const stack of wave) {
          const [, account, region] = /aws:\/\/(\d+)\/(.+)/.exec(stack.environment) ?? [];
          const body = readFileSync(join(estate.root, 'cdk.out', stack.properties.templateFile), 'utf8');
          const request = { name: nameOf(stack), body, parameters: [], capabilities: ['CAPABILITY_NAMED_IAM'] };
          const made = cloud.engine.create(cloud.region(region!, account), withBootstrap(request));
          await cloud.engine.settled(made.id, 20_000);
          expect([made.name, made.status, made.reason]).toEqual([made.name, 'CREATE_COMPLETE', undefined]);
          done.add(made.name);
        }
      }
      expect(done.size).toBe(stacks.length);
      const [link] = estate
        .plannedLinks()
        .map((l) => linkedWorld(l, ({ place }) => cloud.inventory(place, place === 'us-east-1' ? '222222222222' : undefined)));
      expect(link?.ends.map((end) => end.routes.length)).toEqual([4, 4]);
      expect(standsWhole(link!)).toBe(true);
    } finally {
      await cloud.close();
    }
  });
});

interface Artifact {
  readonly type: string;
  readonly environment: string;
  readonly dependencies?: readonly string[];
  readonly properties: { readonly templateFile: string; readonly stackName: string };
}

const nameOf = (stack: Artifact): string => stack.properties.stackName;

/** Without the CLI nobody bootstraps: the version that every template asks for is given. */
const withBootstrap = <T extends { body: string }>(request: T): T => {
  const { Parameters: _, Rules: __, ...template } = JSON.parse(request.body);
  return { ...request, body: JSON.stringify(template) };
};

describe('two regions and a data centre, linked by transit, a leased line and a VPN', () => {
  const regions = ['eu-west-1', 'us-east-1'];
  let estate: LinkedEstate;
  let state: string;
  beforeAll(() => {
    estate = new LinkedEstate(join(ROOT, 'test/estates/hybrid'), regions);
    state = temporaryFolder();
  });

  const rehearse = (...args: string[]): Promise<Ran> => {
    const program = [...MEISSA, 'rehearse', ...args, '--root', estate.root, '--state', state];
    return run(process.execPath, program, { env: { CI: '1', NO_COLOR: '1', CDK_VALIDATION: undefined }, timeout: 200 });
  };

  test('meissa rehearse deploys regions and links, accepts the peering, and reads back both ends', async () => {
    const { code, stdout, stderr } = await rehearse(...regions, '--json');
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    const { links, changed } = JSON.parse(stdout);
    expect(changed).toBe(true);
    const told = Object.fromEntries(links.map((l: { id: string }) => [l.id, l]));
    const kinds = links.map((l: { path: string; kind: string }) => `${l.path} ${l.kind}`);
    expect(kinds.sort()).toEqual([
      'beijing--eu-west-1 transit',
      'beijing--us-east-1 leased-line',
      'beijing--us-east-1 vpn',
      'eu-west-1--us-east-1 transit',
    ]);
    expect(Object.values(told).every((l) => standsWhole(l as never))).toBe(true);
    const backbone = links.find((l: { path: string }) => l.path === 'eu-west-1--us-east-1');
    expect(backbone.ends.map((e: { attachments: object[] }) => e.attachments)).toMatchObject([
      [{ kind: 'peering', state: 'available', associated: true, propagated: false }],
      [{ kind: 'peering', state: 'available', associated: true, propagated: false }],
    ]);
    expect(backbone.ends[0].attachments[0].id).toBe(backbone.ends[1].attachments[0].id);
    const leased = links.find((l: { kind: string }) => l.kind === 'leased-line');
    expect(leased.ends[0].attachments).toMatchObject([{ kind: 'direct-connect-gateway', propagated: true }]);
    expect(stderr).toMatch(/eu-west-1 {2}transit {2}172\.16\.0\.0\/16 -> tgw-attach-\w+ {2}active/);
    expect(stderr).toMatch(/us-east-1 {2}route PrivateA {2}172\.20\.0\.0\/16 -> tgw-\w+ {2}active/);
    expect(stderr).toContain('2 regions and 4 links of hybrid deployed (rehearsal).');
  });

  test('rehearsed again, nothing changes: no function is called for nothing', async () => {
    const { code, stderr } = await rehearse(...regions);
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(stderr).toMatch(/^no changes$/m);
  });

  test('destroyed in order, nothing is left', async () => {
    const cloud = await startEmbeddedCloud({ stateDir: join(state, 'world') });
    try {
      succeeded(await estate.cdk(cloud, 'destroy', '--app', estate.synth(), '--force', ...DESTROY, '*/transit'));
      expect(stacksOf(cloud, regions)).toEqual(['eu-west-1-base', 'us-east-1-base']);
      for (const region of regions)
        expect(cloud.inventory(region)).toMatchObject({ vpcs: [], transitGateways: [], vpns: [], interfaces: [] });
    } finally {
      await cloud.close();
    }
  });
});
