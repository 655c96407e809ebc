/** Fleets of Aliyun: hosts of cn-beijing, whose images have cloud-init. */

import type { Profile } from '../../lib/estate/model/profile';
import { ALIYUN_TIME_SERVERS } from '../../lib/facts/host-services';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext } from '../../lib/plan/model';
import { context, defaults } from './fixtures';

export const bucket = 'meissa-example-1234567890123456-cn-beijing';

/** The context of an elastic fleet; of a members fleet with other changes. */
export function aliyunContext(profiles: readonly Profile[], changes: Partial<FleetContext> = {}): FleetContext {
  return {
    ...context(),
    numbering: undefined,
    region: {
      name: 'cn-beijing',
      id: 'cn-beijing',
      provider: 'aliyun',
      partition: 'aliyun',
      account: '1234567890123456',
      dnsSuffix: 'aliyuncs.com',
      cidr: '10.128.0.0/16',
    },
    fleet: { name: 'web', kind: 'elastic', metadata: { role: 'web' }, hostPrefix: 'cn-beijing-core-web' },
    artifacts: {
      url: `https://${bucket}.oss-cn-beijing-internal.aliyuncs.com`,
      items: { etcd: { version: '3.5.21', file: 'etcd.tar.gz', sha256: 'ab'.repeat(32) } },
    },
    time: ['100.100.61.88', ...ALIYUN_TIME_SERVERS],
    parameters: defaults(profiles),
    ...changes,
  };
}

/** What makes the members of a voters fleet, host-gw, of an elastic one. */
export const votersContext: Partial<FleetContext> = {
  fleet: { name: 'voters', kind: 'members', quorum: 'etcd', metadata: { role: 'voter' }, hostPrefix: 'cn-beijing-core-voters' },
  cluster: {
    name: 'core',
    generation: 1,
    etcd: {
      bootstrap: 'static',
      token: 'example-cn-beijing-core-g1',
      voter: true,
      size: 3,
      voters: [1, 2, 3].map((number) => ({
        number,
        name: `cn-beijing-core-voters-${number}`,
        address: `10.128.${8 + 32 * (number - 1)}.64`,
      })),
      formedMarker: '/meissa/example/cn-beijing/core/g1/formed',
    },
  },
  numbering: {
    zones: [
      { name: 'cn-beijing-h', base: '10.128.8.64' },
      { name: 'cn-beijing-i', base: '10.128.40.64' },
      { name: 'cn-beijing-j', base: '10.128.72.64' },
    ],
    perZone: 256,
    firstRange: 0,
  },
  containers: {
    mode: 'host-gw',
    block: '172.24.0.0/16',
    hostBits: 24,
    pools: ['10.0.0.0/8', '172.16.0.0/12'],
    mtu: 1500,
    hostPorts: [{ protocol: 'tcp', fromPort: 2379, toPort: 2380, from: '' }],
  },
  volumes: [{ name: 'etcd', device: '/dev/xvdf', gb: 20, type: 'gp3', mount: '/var/lib/etcd', filesystem: 'ext4' }],
};

/** The rendered text; throws what was found. */
export function rendered(profiles: readonly Profile[], changes: Partial<FleetContext> = {}): string {
  const { userData, findings } = renderUserData(aliyunContext(profiles, changes), profiles, { compress: 'auto' });
  if (userData === undefined) throw new Error(JSON.stringify(findings, null, 1));
  return userData.text;
}
