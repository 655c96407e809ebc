import { estateMeanings } from '../../../../lib/review/diff/estate';
import { replaced } from '../estates';
import { plans, said } from './plans';

const US = 'regions/us-east-1.yaml';
const show = (name: string, p: ReturnType<typeof plans>) => {
  const m = estateMeanings(p.before, p.after);
  process.stderr.write(
    `--- ${name}\n${m.map((x) => `${x.severity} [${x.stack}] ${x.what}\n${x.details.map((d) => `      ${d}\n`).join('')}`).join('')}`,
  );
};
test('x', () => {
  const all = 'MEMBER_NOT_PINNED MEMBERS_NOT_PINNED TOKEN_MISSING'.split(' ');
  const tryit = (name: string, estate: any, edits: any) => {
    try {
      show(name, plans(estate, edits, all));
    } catch (e) {
      process.stderr.write(`--- ${name}\n${e}\n`);
    }
  };
  tryit('gen', 'example', { [US]: (t: string) => t.replace(/generation: 1/g, 'generation: 2') });
  tryit('retention', 'example', {
    [US]: replaced('clicks: { partitions: 6, retention: 7d }', 'clicks: { partitions: 3, retention: 1d }'),
  });
  tryit('retention-sa', 'example', {
    'regions/sa-east-1.yaml': (t: string) =>
      t
        .replace(/retention: \d+d/, 'retention: 1d')
        .replace(/partitions: \d+/, 'partitions: 24')
        .replace('whenFull: refuse', 'whenFull: drop-oldest'),
  });
  tryit('topic', 'example', { [US]: replaced('        impressions: { partitions: 6, retention: 7d }\n', '') });
  tryit('insync', 'example', {
    [US]: replaced(
      'clicks: { partitions: 6, retention: 7d }',
      'clicks: { partitions: 6, minInsync: 1, replication: 2, mirrored: false }',
    ),
  });
  tryit('etcd', 'example', { 'regions/artifacts.lock.yaml': (t: string) => t.replace(/3\.5\.21/g, '3.6.1') });
  tryit('etcdold', 'example', { 'regions/artifacts.lock.yaml': (t: string) => t.replace(/3\.5\.21/g, '3.4.1') });
  tryit('voters5', 'example', { [US]: replaced('quorum: etcd\n        count: 3', 'quorum: etcd\n        count: 5') });
  tryit('voters removed', 'example', {
    [US]: replaced('quorum: etcd\n        count: 3', 'quorum: etcd\n        removed: [2]\n        count: 4'),
  });
  tryit('brokers', 'example', {
    [US]: replaced('quorum: replicas\n        count: 6', 'quorum: replicas\n        removed: [3]\n        count: 6'),
  });
  tryit('brokers+1', 'example', { [US]: replaced('quorum: replicas\n        count: 6', 'quorum: replicas\n        count: 7') });
  tryit('controllers', 'example', { [US]: replaced('quorum: kraft\n        count: 3', 'quorum: kraft\n        count: 5') });
  tryit('fe', 'example', {
    [US]: (t: string) =>
      t.replace(
        'count: 3\n        instanceType: c5.xlarge\n        profiles: [base, collection, front-end]',
        'count: 3\n        removed: [3]\n        instanceType: c5.xlarge\n        parameters: { front-end: { spoolPercent: 50 } }\n        profiles: [base, collection, front-end]',
      ),
  });
  tryit('central', 'example', {
    'regions/sa-east-1.yaml': (t: string) => t.replace('    kafka:\n', '    kafka:\n      into: sa-east-1\n'),
  });
  tryit('type', 'example', {
    [US]: replaced('instanceType: m5.large', 'instanceType: m5.xlarge'),
    'regions/cn-beijing.yaml': replaced('instanceType: ecs.g7.large', 'instanceType: ecs.g7.2xlarge'),
  });
  tryit('region removed', 'example', { 'regions/sa-east-1.yaml': undefined, 'regions/sa-east-1.members.lock.yaml': undefined });
  tryit('quota', 'example', {
    [US]: replaced(
      '        metadata: { role: voter }',
      '        parameters: { etcd: { quotaBytes: 1073741824, heartbeatMs: 200 } }\n        metadata: { role: voter }',
    ),
  });
});
