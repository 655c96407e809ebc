import { beijing } from './aliyun';
import { fleet, type RuleCases, south } from './case';

export const fleetCases: RuleCases[] = [
  {
    code: 'INSTANCE_TYPE',
    refuses: {
      'a size that the family has not': (w) => (fleet(w).instanceType = 'r5.3xlarge'),
      'a family that is not known, as a warning': (w) => (fleet(w).instanceType = 'q9.large'),
    },
    accepts: {
      'a type of Graviton': (w) => (fleet(w).instanceType = 'm7g.large'),
      'bare metal': (w) => (fleet(w).instanceType = 'm5.metal'),
    },
  },
  {
    code: 'ARCHITECTURE',
    refuses: { 'Graviton with images of amd64': (w) => (fleet(w, 'adserver').instanceType = 'c6g.xlarge') },
    accepts: { 'AMD with images of amd64': (w) => (fleet(w, 'adserver').instanceType = 'c5a.xlarge') },
  },
  {
    code: 'INSTANCE_STORE',
    refuses: {
      'members on m5d': (w) => (fleet(w).instanceType = 'm5d.large'),
      'members on i3': (w) => (fleet(w).instanceType = 'i3.large'),
      'members on r6id': (w) => (fleet(w).instanceType = 'r6id.large'),
      'members on d2, which is a Xen family, too: told once': (w) => (fleet(w).instanceType = 'd2.xlarge'),
      'members on local SSDs of Aliyun': (w) => beijing(w, (b) => (b.clusters.core.fleets.storage.instanceType = 'ecs.i4.large')),
      'members on a type of Aliyun for big data': (w) =>
        beijing(w, (b) => (b.clusters.core.fleets.storage.instanceType = 'ecs.d1ne.2xlarge')),
    },
    accepts: { 'an elastic fleet on c5d': (w) => (fleet(w, 'adserver').instanceType = 'c5d.large') },
  },
  {
    code: 'VOLUME_SERIAL',
    refuses: {
      'members with a volume on m4': (w) => (fleet(w).instanceType = 'm4.xlarge'),
      'members with a volume on t2': (w) => (fleet(w).instanceType = 't2.micro'),
      'voters, whose profile brings the volume': (w) => (fleet(w, 'voters').instanceType = 'c4.large'),
      'members on the first generation of Aliyun': (w) =>
        beijing(w, (b) => (b.clusters.core.fleets.storage.instanceType = 'ecs.s2.large')),
    },
    accepts: {
      'an older type of Aliyun, whose disks have serial numbers': (w) =>
        beijing(w, (b) => (b.clusters.core.fleets.storage.instanceType = 'ecs.sn2ne.large')),
      'bare metal of a Xen family': (w) => (fleet(w, 'adserver').instanceType = 'i3.metal'),
      'an elastic fleet, which has no volumes': (w) => (fleet(w, 'adserver').instanceType = 'm4.large'),
    },
  },
  {
    code: 'NITRO',
    refuses: {
      'prefixes on m4': (w) => {
        south(w).containers = { mode: 'prefix' };
        fleet(w, 'adserver').instanceType = 'm4.large';
      },
    },
    accepts: {
      'prefixes on m5': (w) => (south(w).containers = { mode: 'prefix' }),
      'm4 without prefixes': (w) => (fleet(w, 'adserver').instanceType = 'm4.large'),
    },
  },
  {
    code: 'ELASTIC_SIZE',
    refuses: {
      'min over max': (w) => (fleet(w, 'adserver').min = 41),
      'a batch over max': (w) => (fleet(w, 'adserver').maxBatch = 41),
    },
    accepts: {
      'an empty fleet': (w) => Object.assign(fleet(w, 'adserver'), { min: 0, max: 0 }),
      'min equal to max': (w) => (fleet(w, 'adserver').min = 40),
    },
  },
  {
    code: 'ALARM_RECOVER',
    refuses: { 'recovery of an elastic fleet': (w) => (fleet(w, 'adserver').alarms = { recover: true }) },
    accepts: { 'recovery of members': (w) => (fleet(w).alarms = { recover: true }) },
  },
];
