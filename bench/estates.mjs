// Estates for the benchmarks: n regions with one storage fleet of m members each, pinned, in a folder of their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { writeMembersLock } = require('../dist/lib/estate/lock-files/members-lock.js');
const { loadEstate } = require('../dist/lib/estate/read/load.js');
const { pinMembers } = require('../dist/lib/estate/changes/pin-members.js');

/** Regions that AWS has today come first; further ones are declared in the estate, as a region newer than this version would be. */
const REAL = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-south-1',
];
const TWO_ZONES = { 'us-west-1': ['a', 'c'] };

export function benchRegions(count) {
  return Array.from({ length: count }, (_, i) => {
    const name = REAL[i] ?? `zz-bench-${i}`;
    return { name, zones: (TWO_ZONES[name] ?? ['a', 'b', 'c']).map((letter) => name + letter) };
  });
}

/** Completes members locks as `meissa pin` does: with where members stand and what they hold. */
export function pinAll(folder) {
  const { estate } = loadEstate(folder);
  for (const { name } of estate.regions)
    for (const { path, text } of pinMembers(estate, name).files) writeFileSync(join(folder, path), text);
}

/** Writes the estate; returns its regions. */
export function writeEstate(folder, { regions: count, members, membersPerStack }) {
  const regions = benchRegions(count);
  const lines = (path, text) => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, 'regions'), { recursive: true });
  const declared = regions.filter((r) => !REAL.includes(r.name));
  const own =
    declared.length === 0 ? '' : `awsRegions:\n${declared.map((r) => `  ${r.name}: { zones: [a, b, c] }`).join('\n')}\n`;
  lines(
    'regions/estate.yaml',
    `estate: bench
addressing:
  hosts: { pool: 10.0.0.0/8, block: 16 }
  containers: { pool: 172.16.0.0/12, block: 16 }
aws: { account: "111111111111" }
${own}profiles:
  base: { sshAuthorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBenchBenchBenchBenchBenchBenchBenchBenchBenc bench"] }
`,
  );
  for (const [i, region] of regions.entries()) {
    lines(
      `regions/${region.name}.yaml`,
      `# yaml-language-server: $schema=../schemas/region.schema.json
region: ${region.name}
provider: aws
block: 10.${i}.0.0/16
network: { zones: [${region.zones.join(', ')}], nat: per-zone, flowLogDays: 30 }
containers: { mode: host }
clusters:
  core:
    generation: 1
    fleets:
      storage:
        kind: members
        count: ${members}
        instanceType: r5.xlarge
        profiles: [base, docker]
        addresses: { first: 64, perZone: 1000 }
        membersPerStack: ${membersPerStack}
        volumes:
          data: { device: /dev/sdg, gb: 500, type: gp3, mount: /srv/data }
`,
    );
    const entries = Array.from({ length: members }, (_, n) => [
      `core/storage/${n + 1}`,
      { image: 'ami-0dbd802e72d0b653d', rootGb: 20, zone: region.zones[n % region.zones.length], generation: 1 },
    ]);
    lines(`regions/${region.name}.members.lock.yaml`, writeMembersLock(region.name, new Map(entries)));
  }
  pinAll(folder);
  return regions;
}
