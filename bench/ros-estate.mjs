// Estates for the benchmarks of Aliyun: regions with one host-gw fleet of m members each, pinned, in a folder of their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pinAll } from './estates.mjs';

const require = createRequire(import.meta.url);
const { writeMembersLock } = require('../dist/lib/estate/lock-files/members-lock.js');

const IMAGE = 'aliyun_3_x64_20G_alibase_20240819.vhd';

/** Regions of Aliyun with three zones or more. */
export const ALIYUN = {
  'cn-beijing': 'hkl',
  'cn-hangzhou': 'hjk',
  'cn-shanghai': 'bef',
  'cn-shenzhen': 'def',
  'cn-zhangjiakou': 'abc',
  'cn-wulanchabu': 'abc',
  'cn-hongkong': 'bcd',
  'ap-southeast-1': 'abc',
  'ap-southeast-5': 'abc',
  'eu-central-1': 'abc',
};

/** Writes the estate; returns the names of its regions. */
export function writeAliyunEstate(folder, { regions: count, members, membersPerStack }) {
  const names = Object.keys(ALIYUN).slice(0, count);
  mkdirSync(join(folder, 'regions'), { recursive: true });
  const write = (path, text) => writeFileSync(join(folder, 'regions', path), text);
  write(
    'estate.yaml',
    `estate: bench
addressing:
  hosts: { pool: 10.0.0.0/8, block: 16 }
  containers: { pool: 172.16.0.0/12, block: 15 }
aliyun: { account: "1111111111111111", image: ${IMAGE} }
quotas: { aliyunRoutesPerTable: 500 }
`,
  );
  for (const [i, name] of names.entries()) {
    const zones = [...ALIYUN[name]].map((letter) => `${name}-${letter}`);
    write(
      `${name}.yaml`,
      `region: ${name}
provider: aliyun
block: 10.${i}.0.0/16
network: { zones: [${zones.join(', ')}] }
containers: { mode: host-gw, block: 172.${16 + (i >> 1)}.${(i & 1) * 128}.0/17, hostBits: 26 }
clusters:
  core:
    fleets:
      worker:
        kind: members
        count: ${members}
        instanceType: ecs.g7.xlarge
        profiles: [base, docker]
        addresses: { first: 64, perZone: 500 }
        membersPerStack: ${membersPerStack}
`,
    );
    const entries = Array.from({ length: members }, (_, n) => [
      `core/worker/${n + 1}`,
      { image: IMAGE, rootGb: 20, zone: zones[n % zones.length], generation: 1 },
    ]);
    write(`${name}.members.lock.yaml`, writeMembersLock(name, new Map(entries)));
  }
  pinAll(folder);
  return names;
}
