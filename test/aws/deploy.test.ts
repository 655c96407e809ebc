/** What was emitted, deployed on the embedded cloud: an engine that was written against AWS's own pages, not against this emitter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostStart, startEmbeddedCloud } from '../../lib/embedded-cloud';
import type { EstatePlan } from '../../lib/plan/model';
import { joined } from '../e2e/variants';
import { Driver, type Resources } from '../embedded-cloud/driver';
import { deploy as deployAll } from '../flow/in-process';
import { ADSERVER, HOST_GW, plan, region, STORAGE, synth, template, textOf, VOTERS } from './fixtures';

const IMAGE = 'ami-0dbd802e72d0b653d';
const FLEETS = [ADSERVER, { ...STORAGE, count: 6, membersPerStack: 4, maxUnavailable: 2 }, VOTERS];

let driver: Driver;
let started: HostStart[];

beforeEach(async () => {
  started = [];
  driver = await Driver.start({
    hosts: {
      bootMilliseconds: 5,
      onStart: (host) => {
        started.push(host);
        return 'healthy';
      },
    },
  });
});
afterEach(() => driver.close());

/** Deploys every stack in order, each with its own tags and policy; returns the names of those that changed. */
async function deploy(from: EstatePlan, text = '#cloud-config\n'): Promise<string[]> {
  const synthesized = synth(from, { userDataOf: textOf(text) });
  const changed: string[] = [];
  for (const artifact of synthesized.app.synth().stacks) {
    const name = artifact.stackName;
    const { Resources: resources, Outputs: outputs, Mappings } = template(synthesized, name);
    const policy = artifact.terminationProtection
      ? readFileSync(join(synthesized.outdir, 'stack-policies', `${name}.json`), 'utf8')
      : undefined;
    const options = { outputs, sections: { Mappings }, tags: artifact.tags, disableRollback: name.endsWith('voters') };
    const standing = driver.cloud.engine.find(driver.region, name);
    const events = standing?.events.length ?? 0;
    const stack = await driver.deploy(name, resources as unknown as Resources, { ...options, policy });
    expect([name, stack.status, driver.failures(stack)]).toEqual([name, expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/), []]);
    if (driver.lines(stack, events).length > 0) changed.push(name);
  }
  return changed;
}

const estate = (fleets = FLEETS, lock?: Parameters<typeof plan>[1]) => {
  const from = plan([region(fleets, HOST_GW)], lock);
  return {
    ...from,
    regions: from.regions.map((r) => ({
      ...r,
      fleets: r.fleets.map((f) => (f.kind === 'elastic' ? { ...f, image: IMAGE } : f)),
    })),
  };
};

const names = () => started.map((host) => host.name);
const addresses = () => Object.fromEntries(driver.inventory.hosts.map((host) => [host.name, host.privateIp]));

test('a region comes up, and the same again changes nothing', async () => {
  await deploy(estate());
  expect(addresses()).toMatchObject({
    'sa-east-1-core-voters-1': '10.9.8.16',
    'sa-east-1-core-voters-2': '10.9.40.16',
    'sa-east-1-core-storage-6': '10.9.72.65',
  });
  expect(driver.inventory.hosts).toHaveLength(3 + 6 + 2);
  expect(names().filter((name) => name.includes('voters'))).toEqual([1, 2, 3].map((n) => `sa-east-1-core-voters-${n}`));
  expect(await deploy(estate())).toEqual([]);
});

test('new user-data stops and starts voters one at a time; addresses stay', async () => {
  await deploy(estate());
  const before = addresses();
  started = [];
  await deploy(estate(), '#cloud-config\n# changed\n');
  expect(names().filter((name) => name.includes('voters'))).toEqual([1, 2, 3].map((n) => `sa-east-1-core-voters-${n}`));
  expect(names().filter((name) => name.includes('storage'))).toHaveLength(6);
  expect(addresses()).toMatchObject(Object.fromEntries(Object.entries(before).filter(([name]) => !name.includes('adserver'))));
});

test('a voter is replaced in two deploys, under its stack policy, on the same address and volume', async () => {
  const lock = (entry: object) => (key: string, e: Parameters<NonNullable<Parameters<typeof plan>[1]>>[1]) =>
    key === 'core/voters/2' ? { ...e, ...entry } : e;
  const disk = () =>
    driver.inventory.hosts.find((h) => h.name === 'sa-east-1-core-voters-2')!.volumes.find((v) => v.device === '/dev/sdf');
  await deploy(estate());
  const before = addresses();
  const kept = disk();
  started = [];
  expect(await deploy(estate(FLEETS, lock({ absent: true })))).toEqual(['sa-east-1-core-voters']);
  expect(Object.keys(addresses())).not.toContain('sa-east-1-core-voters-2');
  expect(await deploy(estate(FLEETS, lock({ generation: 2, image: 'ami-0aaaaaaaaaaaaaaaa' })))).toEqual([
    'sa-east-1-core-voters',
  ]);
  expect(disk()).toEqual(kept);
  expect(addresses()['sa-east-1-core-voters-2']).toBe(before['sa-east-1-core-voters-2']);
  expect(names()).toEqual(['sa-east-1-core-voters-2']);
});

test('one member more touches one stack, and stops nobody', async () => {
  await deploy(estate());
  started = [];
  const more = FLEETS.map((fleet) =>
    fleet.name === 'storage' ? { ...STORAGE, count: 7, membersPerStack: 4, maxUnavailable: 2 } : fleet,
  );
  expect(await deploy(estate(more))).toEqual(['sa-east-1-core-storage-2']);
  expect(names()).toEqual(['sa-east-1-core-storage-7']);
});

test('links of every kind come up after their networks, across accounts too, and the same again changes nothing', async () => {
  const { app, text } = synth(joined(), { userDataOf: textOf('#cloud-config\n') });
  const templates = app.synth().stacks.map(({ stackName, environment, tags }) => ({
    name: stackName,
    region: environment.region,
    account: environment.account,
    // The embedded cloud is bootstrapped with the usual qualifier.
    body: text.get(stackName)!.replaceAll('/cdk-bootstrap/ops/', '/cdk-bootstrap/hnb659fds/'),
    tags,
  }));
  const cloud = await startEmbeddedCloud({ hosts: { bootMilliseconds: 1 } });
  try {
    expect((await deployAll(cloud, templates)).filter((name) => name.startsWith('links-'))).toHaveLength(11);
    expect(await deployAll(cloud, templates)).toEqual([]);
    const peerings = (region: string, account: string) => Object.values(cloud.region(region, account).peerings);
    expect(peerings('us-west-2', '222222222222')).toMatchObject([{ status: 'active', peerRegion: 'us-east-1' }]);
  } finally {
    await cloud.close();
  }
}, 30_000);
