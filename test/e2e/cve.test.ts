/** A CVE in etcd, region by region, as docs/runbooks says it: on a region of each cloud that stands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VersionsJson } from '../../lib/cli/words/versions-json';
import { ossReportStore } from '../../lib/deploy/host-reports/oss-report-store';
import type { EmbeddedCloud } from '../../lib/embedded-cloud';
import { meissaOn } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { RehearsedRegion, REGION as SOUTH, succeeded } from './rehearsed-region';
import { ACCOUNT, REGION as HANGZHOU, SmallAliyun } from './small-aliyun';

jest.setTimeout(420_000);

interface Place {
  readonly name: string;
  readonly root: string;
  readonly env: () => Record<string, string>;
  /** What of it would tell that something was touched. */
  readonly stands: () => string;
  readonly close: () => Promise<void>;
}

let place: Place;
afterEach(async () => {
  await place.close();
  removeTemporaryFolders();
});

const meissa = (...args: string[]) => meissaOn({ env: place.env }, place.root, ...args);
async function done(...args: string[]): Promise<string> {
  const { code, stderr, stdout } = await meissa(...args);
  expect({ args, code, said: code === 0 ? '' : stderr }).toEqual({ args, code: 0, said: '' });
  return `${stdout}${stderr}`;
}
async function etcdVersions(): Promise<VersionsJson> {
  const { stdout } = await meissa('versions', place.name, '--json');
  const all = JSON.parse(stdout) as VersionsJson;
  return { ...all, programs: all.programs.filter(({ program }) => program === 'etcd') };
}

/** The story, but for what differs between clouds. */
async function cve({ again = true } = {}): Promise<void> {
  const { name, root } = place;
  mkdirSync(join(root, 'files'), { recursive: true });
  for (const file of ['etcd-3.5.20', 'etcd-3.5.22']) writeFileSync(join(root, 'files', file), file);
  await done('artifacts', 'add', 'etcd', '3.5.20', 'files/etcd-3.5.20');
  // A first deploy: the bucket comes with it, and hosts wait in it for what is pushed then.
  await done('deploy', name, '--yes');
  if (again)
    expect(await done('deploy', name, '--yes')).toContain(
      `${name}: its bucket has no artifact yet, and hosts wait for them: meissa artifacts push ${name} etcd`,
    );
  expect(await done('artifacts', 'push', name, 'etcd', '--from', 'files')).toContain(`${name}: etcd 3.5.20 uploaded`);

  expect((await etcdVersions()).programs.map(({ version, source }) => [version, source])).toEqual([['3.5.20', 'described']]);
  await done('artifacts', 'add', 'etcd', '3.5.22', 'files/etcd-3.5.22');
  const before = place.stands();
  const refused = await meissa('deploy', name, '--yes', '--json');
  expect([refused.code, JSON.parse(refused.stdout).error]).toEqual([
    1,
    {
      code: 'ARTIFACT_NOT_PUSHED',
      message: `the bucket of ${name} has not etcd: hosts that start would wait for it; nothing was touched`,
      fix: `meissa artifacts push ${name} etcd; then the same command`,
    },
  ]);
  expect(place.stands()).toBe(before);

  const unknown = await meissa('artifacts', 'push', name, 'etdc');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/ARTIFACT_UNKNOWN: .*"?etdc"?[\s\S]*etcd/)]);
  await done('artifacts', 'push', name, 'etcd', '--from', 'files');
  if (again) expect((await meissa('diff', name)).code).toBe(2);
  await done('deploy', name, '--yes');
  expect(place.stands()).not.toBe(before);
  if (again) expect((await meissa('diff', name)).code).toBe(0);
}

test('on Aliyun: members restart and elastic hosts are exchanged; versions says who runs it by their own word', async () => {
  const region = await SmallAliyun.start();
  const clusters = {
    core: {
      generation: 1,
      etcd: { bootstrap: 'static', voters: 'voters' },
      fleets: {
        web: { ...ETCD, kind: 'elastic', instanceType: 'ecs.c7.large', min: 2, max: 3 },
        voters: {
          ...ETCD,
          kind: 'members',
          quorum: 'etcd',
          count: 3,
          instanceType: 'ecs.g7.large',
          addresses: { first: 16, perZone: 16 },
          membersPerStack: 5,
        },
      },
    },
  };
  region.edit(`${HANGZHOU}.yaml`, ['clusters'], clusters);
  region.edit(`${HANGZHOU}.members.lock.yaml`, ['members'], {});
  const hosts = () => Object.values(region.cloud.region(HANGZHOU, ACCOUNT).aliyun.instances);
  place = {
    name: HANGZHOU,
    root: region.root,
    env: () => region.env(),
    stands: () => JSON.stringify(hosts().map(({ id, applied, starts, restarts }) => [id, applied.digest, starts, restarts])),
    close: () => region.cloud.close(),
  };
  await done('pin', HANGZHOU);
  await cve();
  await reported(region);
  const { programs, hosts: told, unread } = await etcdVersions();
  expect(unread).toEqual([]);
  expect(programs).toEqual([
    { program: 'etcd', version: '3.5.22', source: 'after a restart', hosts: [expect.stringMatching(/-voters-3$/)] },
    {
      program: 'etcd',
      version: '3.5.22',
      source: 'runs',
      hosts: [
        expect.stringMatching(/-voters-1$/),
        expect.stringMatching(/-voters-2$/),
        expect.stringMatching(/-web i-\w+$/),
        expect.stringMatching(/-web i-\w+$/),
      ].sort(),
    },
  ]);
  expect(told).toHaveLength(5);
  expect(await done('versions', HANGZHOU)).toMatch(
    /-voters-3 waits for a restart: it runs with 000000000000, [0-9a-f]{12} is described/,
  );

  /** As hosts do: each below its fleet's name. One runs with something else. */
  async function reported({ cloud }: { cloud: EmbeddedCloud }): Promise<void> {
    const { OssClient } = await import('../../lib/aliyun/cloud');
    const client = new OssClient({ region: HANGZHOU, environment: cloud.aliyun.env(HANGZHOU) as NodeJS.ProcessEnv });
    const bucket = `meissa-inland-${ACCOUNT}-${HANGZHOU}`;
    for (const { id, name, applied } of hosts()) {
      const fleet = name.includes('-voters-') ? 'CoreVoters' : 'CoreWeb';
      const digest = name.endsWith('-voters-3') ? '0'.repeat(64) : applied.digest;
      const report = { host: name, instance: id, applied: digest, well: 'yes', 'last-good': 'no' };
      await client.put(bucket, `meissa/reports/${fleet}/${id}`, JSON.stringify(report));
    }
    expect(await ossReportStore(HANGZHOU as never, bucket, client).list('meissa/reports/')).toHaveLength(5);
  }
});

const ETCD = { profiles: ['base', 'docker', 'etcd'], zones: ['cn-hangzhou-h', 'cn-hangzhou-j', 'cn-hangzhou-k'] };

test('on AWS: the same commands', async () => {
  const region = await RehearsedRegion.start({ bootMilliseconds: 10 });
  succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${SOUTH}`]));
  place = {
    name: SOUTH,
    root: region.root,
    env: () => region.cloud.env(),
    stands: () => JSON.stringify(region.inventory),
    close: () => region.stop(),
  };
  // Each deploy of it takes half a minute.
  await cve({ again: false });
});
