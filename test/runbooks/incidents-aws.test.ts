/**
 * Incidents of a region of AWS, each made on the embedded cloud and ended by the commands of its page. The tests are one story: each ends
 * with the region as it should be, which is where the next begins.
 */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { startMeissa, until } from '../e2e/deployed-estate';
import { temporaryFolder } from '../e2e/example';
import { REGION, RehearsedRegion, succeeded } from '../e2e/rehearsed-region';
import { describeWithRealPart } from '../real-parts';
import { takeLeakedKeyAway } from './leaked-key';
import { lockArtifacts } from './locked-artifacts';
import { OnCall } from './on-call';

jest.setTimeout(400_000);

const VOTERS = `${REGION}-core-voters`;
const LOCK = `regions/${REGION}.members.lock.yaml`;
/** A text by which voters never become well. */
const BAD = 'electionMs: 49999';

let region: RehearsedRegion;
let oncall: OnCall;

/** Sets a key of a file of the estate. */
function set(file: string, path: readonly (string | number)[], value: unknown): void {
  const name = join(region.root, 'regions', file);
  const document = parseDocument(readFileSync(name, 'utf8'));
  document.setIn(path, document.createNode(value));
  writeFileSync(name, String(document));
}

const text = () => readFileSync(join(region.root, `regions/${REGION}.yaml`), 'utf8');
const tell = (incident: string, said: Record<string, string> = {}) => region.cloud.tell({ incident, ...said });

/** All stacks are whole, all members are there and run, nothing drifted, and there is nothing to do. */
async function well(): Promise<void> {
  const statuses = region.inventory.stacks.map(({ name, status }) => `${name} ${status}`);
  expect(statuses.filter((each) => !/ (CREATE|UPDATE)_COMPLETE$|UPDATE_ROLLBACK_COMPLETE$/.test(each))).toEqual([]);
  for (const fleet of ['core-voters', 'core-storage'])
    for (const n of [1, 2, 3]) expect(region.host(`${fleet}-${n}`)).toMatchObject({ state: 'running' });
  expect(await oncall.shell(`meissa drift ${REGION}`)).toContain('no drift');
  expect(await oncall.shell(`meissa deploy ${REGION}`)).toMatch(/no changes/);
}

let downloads: string;

/** What a deploy that fails says. */
async function failing(...more: string[]): Promise<string> {
  const { ended, said } = startMeissa(region.cloud, region.root, 'deploy', REGION, '--yes', ...more);
  expect({ code: await ended, said: said() }).toMatchObject({ code: 1 });
  return said();
}

describeWithRealPart('aws', 'incidents of a region of AWS, ended by their pages', () => {
  beforeAll(async () => {
    region = await RehearsedRegion.start({
      bootMilliseconds: 10,
      onStart: ({ name }) => (name.startsWith(VOTERS) && text().includes(BAD) ? 'silent' : 'healthy'),
    });
    oncall = new OnCall({ root: region.root, home: temporaryFolder(), env: () => region.cloud.env(REGION) });
    succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${REGION}`]));
    rmSync(join(region.root, 'cdk.out'), { recursive: true });
    downloads = lockArtifacts(region.root);
    await oncall.commit('The estate');
    await oncall.shell(`meissa deploy ${REGION}`);
  });
  afterAll(() => region.stop());

  test('a voter terminated', async () => {
    tell('host-gone', { region: REGION, host: `${VOTERS}-2` });
    // Whoever deploys a change first would take a second voter away from the two that are left.
    region.edit('instanceType: m5.large', 'instanceType: m5.xlarge');
    const refused = await failing();
    expect(refused).toContain(`when the deploy begins ${VOTERS}-2 (gone)`);
    expect(refused).toMatch(/QUORUM_LOST[\s\S]*first meissa repair sa-east-1/);
    region.edit('instanceType: m5.xlarge', 'instanceType: m5.large');
    const said = await oncall.follow('voter-terminated', { region: REGION });
    expect(said).toContain(`host ${VOTERS}-2 is gone`);
    await well();
  });

  test('a stopped deploy', async () => {
    region.edit('instanceType: m5.large', 'instanceType: m5.xlarge');
    const { child, ended } = startMeissa(region.cloud, region.root, 'deploy', REGION, '--yes');
    await until('voter 1 is changed', () => region.host('core-voters-1').type === 'm5.xlarge', 90);
    child.kill('SIGKILL');
    await ended;
    await oncall.follow('stopped-deploy', { region: REGION });
    expect(region.host('core-voters-3').type).toBe('m5.xlarge');
    await well();
    await oncall.commit('Larger voters');
  });

  test('a route and a rule changed by hand', async () => {
    const world = region.cloud.region(REGION);
    const { destination } = Object.values(world.routeTables)
      .flatMap(({ routes }) => routes)
      .find(({ target }) => target.kind === 'nat')!;
    tell('route-gone', { region: REGION, destination });
    const group = Object.values(world.groups).find(({ rules }) =>
      rules.some((r) => r.direction === 'ingress' && r.from === 2380),
    )!;
    tell('rule-gone', { region: REGION, group: group.id, port: '2380' });
    const said = await oncall.follow('route-changed', {
      region: REGION,
      from: `${VOTERS}-1`,
      to: `${VOTERS}-2`,
      port: '2380/tcp',
    });
    expect(said).toContain(`route ${destination}`);
    await well();
  });

  test('a disk that is full', async () => {
    await oncall.follow('broker-disk', { region: REGION, central: 'us-east-1', 'old size': '500', 'new size': '600' }, [0, 1]);
    const [volume] = Object.values(region.host('core-storage-1').volumes);
    expect(volume).toMatchObject({ size: 600 });
    await well();
    await oncall.commit('Larger disks');
  });

  test('a disk that is dead', async () => {
    const before = Object.values(region.host('core-voters-3').volumes)[0]!.id;
    tell('volume-lost', { region: REGION, volume: `${VOTERS}-3/etcd` });
    await oncall.follow('broker-disk', { region: REGION, host: `${VOTERS}-3`, volume: 'etcd', stack: 'core-voters' }, [2]);
    expect(Object.values(region.host('core-voters-3').volumes)[0]!.id).not.toBe(before);
    await well();
    await oncall.commit('A new disk');
  });

  test('a bad roll', async () => {
    set(`${REGION}.yaml`, ['profiles', 'etcd', 'electionMs'], 49_999);
    expect(text()).toContain(BAD);
    const commit = await oncall.commit('Wait longer for elections');
    const said = await failing();
    expect(said).toContain(`mend the host, then run the same command (docs/runbooks/incidents/bad-roll.md)`);
    await oncall.follow('bad-roll', { region: REGION, commit });
    expect(text()).not.toContain(BAD);
    await well();
  });

  test('a lost lock, and one in conflict', async () => {
    const commit = (await oncall.shell('git rev-parse HEAD')).trim();
    for (const damage of [
      () => rmSync(join(region.root, LOCK)),
      () =>
        writeFileSync(
          join(region.root, LOCK),
          `<<<<<<< HEAD\n${readFileSync(join(region.root, LOCK), 'utf8')}=======\n>>>>>>> b\n`,
        ),
    ]) {
      damage();
      await expect(oncall.shell('meissa validate')).rejects.toThrow(/ended with 1/);
      await oncall.follow('lock-lost', { region: REGION, commit });
    }
    await well();
  });

  test('a leaked key', async () => {
    await takeLeakedKeyAway(oncall, REGION, (keys) => set(`${REGION}.yaml`, ['profiles', 'base', 'sshAuthorizedKeys'], keys));
    await well();
    await oncall.commit('One key less');
  });

  test('an image gone', async () => {
    const newer = 'ami-0fedcba9876543210';
    const lock = parseDocument(readFileSync(join(region.root, 'regions/images.lock.yaml'), 'utf8')).toJS();
    const old = lock.images[REGION] as string;
    tell('image-gone', { region: REGION, image: old });
    // The fleet would heal with an image that is gone.
    region.edit('max: 40', 'max: 41');
    region.edit('min: 2', 'min: 3');
    expect(await failing()).toMatch(/IMAGE_GONE[\s\S]*meissa images update, meissa images copy/);
    const feed: Server = createServer((request, response) => {
      const names = Object.keys(lock.images as Record<string, string>);
      response.end(
        request.url === '/feed.json'
          ? JSON.stringify({ amis: names.map((name) => ({ name, hvm: name === REGION ? newer : lock.images[name] })) })
          : 'FLATCAR_VERSION=9999.0.0\nFLATCAR_BUILD_ID="2026-11-20-0000"\n',
      );
    });
    await new Promise<void>((listening) => feed.listen(0, '127.0.0.1', listening));
    try {
      set('estate.yaml', ['images', 'feed'], `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed.json`);
      set('estate.yaml', ['images', 'accept'], []);
      await oncall.follow('image-gone', { region: REGION, 'cloud-region': REGION }, [0, 1, 2, 4]);
    } finally {
      feed.close();
    }
    const images = region.inventory.hosts.filter(({ name }) => name === `${REGION}-core-adserver`).map(({ image }) => image);
    expect(images).toEqual([newer, newer, newer]);
    await well();
    await oncall.commit('Newer images');
  });

  test('a key about to be deleted', async () => {
    const things = Object.values(region.cloud.region(REGION).things);
    const alias = things.find(({ type }) => type === 'AWS::KMS::Alias')!.id;
    const key = things.find(({ type }) => type === 'AWS::KMS::Key')!.id;
    const at = { region: REGION, 'cloud-region': REGION };
    await oncall.shell(`aws kms schedule-key-deletion --region ${REGION} --key-id ${key} --pending-window-in-days 7`);
    set(`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'storage', 'volumes', 'more'], {
      device: '/dev/sdh',
      gb: 10,
      mount: '/srv/more',
    });
    expect(await failing()).toMatch(/KEY_UNUSABLE[\s\S]*aws kms cancel-key-deletion/);
    expect(await oncall.follow('key-or-bucket-gone', { ...at, alias }, [0, 1])).toMatch(
      new RegExp(`${key}\\s+PendingDeletion\\s+\\d+`),
    );
    // Before it is saved nobody can enable it.
    await expect(oncall.follow('key-or-bucket-gone', { ...at, key }, [3])).rejects.toThrow(/is pending deletion/);
    await oncall.follow('key-or-bucket-gone', { ...at, key }, [2, 3]);
    await well();
    await oncall.commit('More disks');
  });

  test('a bucket emptied, and one gone', async () => {
    const { buckets } = region.cloud.backend.world;
    const bucket = Object.keys(buckets).find((name) => name.startsWith('meissa-'))!;
    const artifacts = () => Object.keys(buckets[bucket]!.objects).filter((key) => /^[0-9a-f]{64}$/.test(key));
    const at = { region: REGION, folder: downloads };
    await oncall.shell(`meissa artifacts push ${REGION} --from ${downloads}`);
    const pushed = artifacts();
    expect(pushed.length).toBeGreaterThan(0);
    tell('bucket-emptied', { bucket });
    await oncall.follow('key-or-bucket-gone', at, [7]);
    expect(artifacts()).toEqual(pushed);
    await well();
    tell('bucket-gone', { bucket });
    await oncall.follow('key-or-bucket-gone', { ...at, 'cloud-region': REGION, bucket }, [0, 4, 6, 7]);
    await well();
  });

  test('somebody else deploys', async () => {
    region.edit('instanceType: m5.xlarge', 'instanceType: m5.2xlarge');
    const both = [1, 2].map(() => startMeissa(region.cloud, region.root, 'deploy', REGION, '--yes'));
    const ends = await Promise.all(both.map(async ({ ended, said }) => ({ code: await ended, said: said() })));
    expect(ends.map(({ code }) => code).sort()).toEqual([0, 1]);
    const refused = ends.find(({ code }) => code === 1)!.said;
    expect(refused).toMatch(/DEPLOYING_ALREADY[\s\S]*since/);
    expect(refused).toContain('--take-over');
    // The page: wait, or ask them. The other one is through by now.
    await well();
    await oncall.commit('Voters larger still');
  });

  test('a deploy that is stuck', async () => {
    const stack = `${REGION}-network`;
    const resources = Object.values(region.cloud.engine.stack(region.cloud.region(REGION), stack).resources);
    const [vpc, subnet] = ['VPC', 'Subnet'].map((type) => resources.find((each) => each.type === `AWS::EC2::${type}`)!.logicalId);
    tell('rollback-fails', { stack, resource: subnet!, back: vpc! });
    set('estate.yaml', ['tags', 'owner'], 'somebody');
    const first = await failing();
    expect(first).toMatch(/ROLLBACK|STACK_FAILED/);
    const second = await failing();
    expect(second).toMatch(/ROLLBACK_STUCK[\s\S]*continue-update-rollback --region sa-east-1 --stack-name sa-east-1-network/);
    tell('services-well');
    await oncall.follow('stuck-or-rival-deploy', { region: REGION, 'cloud-region': REGION, stack });
    await well();
    await oncall.commit('Another owner');
  });

  test('a zone lost', async () => {
    const zone = 'sa-east-1c';
    tell('zone-lost', { region: REGION, zone });
    const said = await oncall.follow('zone-lost', { region: REGION, zone }, [0, 1]);
    expect(said).toContain('ZONE_LOST');
    // Nothing that survives is restarted meanwhile.
    const before = text();
    set(`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'voters', 'instanceType'], 'm5.4xlarge');
    expect(await failing()).toContain('QUORUM_LOST');
    writeFileSync(join(region.root, `regions/${REGION}.yaml`), before);
    tell('zone-back', { region: REGION, zone });
    await oncall.follow('zone-lost', { region: REGION, zone }, [2]);
    await well();
  });

  test('a CVE', async () => {
    const file = join(downloads, 'etcd-v3.5.99-linux-amd64.tar.gz');
    writeFileSync(file, 'mended');
    const said = await oncall.follow('cve', { region: REGION, name: 'etcd', version: '3.5.99', file, folder: downloads });
    expect(said).toMatch(/etcd 3\.5\.99 .*uploaded/);
    const versions = await oncall.shell(`meissa versions ${REGION}`);
    expect(versions).toContain('3.5.99');
    expect(versions).not.toContain('3.5.21');
    await well();
  });
});
