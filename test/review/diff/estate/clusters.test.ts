/** What becomes of etcd and Kafka when their description changes: each example with its words. */
import type { EstatePlan } from '../../../../lib/plan/model';
import { clustersThatChange } from '../../../../lib/review/diff/estate';
import { type Edit, replaced } from '../edit';
import { type EstateName, plans, said } from './plans';

const US = 'regions/us-east-1.yaml';
const SA = 'regions/sa-east-1.yaml';

function changed(
  edits: Readonly<Record<string, Edit | undefined>>,
  expected: readonly string[] = [],
  estate: EstateName = 'example',
) {
  const { before, after } = plans(estate, edits, expected);
  return clustersThatChange(before, after);
}

/** The cluster `core` or `collection` of a region's file. */
const inCluster =
  (name: string, edit: Edit): Edit =>
  (text) => {
    const at = text.indexOf(`  ${name}:`);
    return text.slice(0, at) + edit(text.slice(at));
  };

test('an estate that stays says nothing', () => {
  expect(changed({})).toEqual([]);
});

describe('a generation', () => {
  test('of an etcd: an empty one in place of a full one, never a rolling restart', () => {
    const [found, ...others] = changed({ [US]: inCluster('core', replaced('generation: 1', 'generation: 2')) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'etcd-made-anew', severity: 'data-loss', stack: 'us-east-1/core-voters' });
    expect(found!.what).toBe(
      'etcd of us-east-1/core is made anew and empty: generation 1 -> 2: every key, lease and lock of generation 1 is out of reach',
    );
    expect(found!.hosts).toEqual(['us-east-1-core-voters-1', 'us-east-1-core-voters-2', 'us-east-1-core-voters-3']);
    expect(found!.details.join('\n')).toMatch(/^no rolling restart: the second voter that stops takes the quorum/);
    expect(found!.details.join('\n')).toMatch(
      /to keep the keys: leave the generation at 1; or save them first \(`etcdctl snapshot save`/,
    );
  });

  test('of a Kafka: topics and offsets are out of reach, and the copies of all regions with them', () => {
    const [found, ...others] = changed({ [US]: inCluster('collection', replaced('generation: 1', 'generation: 2')) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'kafka-made-anew', severity: 'data-loss', stack: 'us-east-1/collection-brokers' });
    expect(found!.what).toContain('the lines of clicks, impressions and the offsets of all groups are out of reach');
    expect(found!.details.join('\n')).toContain('copies of ap-northeast-1');
    expect(found!.details.join('\n')).toContain('/var/lib/kafka/g1');
  });

  test('of a region’s Kafka: what was carried already stays in the central one', () => {
    const [found] = changed({ [SA]: inCluster('collection', replaced('generation: 1', 'generation: 2')) });
    expect(found!.details).toContain(
      'copies that were carried already stay in us-east-1: sa-east-1.clicks, sa-east-1.impressions',
    );
  });

  test('with it, partitions may become fewer and brokers other ones: nothing of the old data is told', () => {
    const edit: Edit = (text) => text.replace('generation: 1', 'generation: 2').replace('partitions: 6', 'partitions: 3');
    expect(changed({ [US]: inCluster('collection', edit) }).map(({ kind }) => kind)).toEqual(['kafka-made-anew']);
  });
});

describe('topics', () => {
  const topic = (to: string, expected: readonly string[] = []) =>
    changed({ [SA]: replaced(/clicks: \{[^}]*\}/, `clicks: { ${to} }`) }, expected);

  test('retention 7d -> 1d: older lines are deleted, in the copy too', () => {
    const [found] = topic('partitions: 6, retention: 1d');
    expect(said([found!])).toEqual([
      'data-loss: topic clicks of sa-east-1/collection: retention 7d -> 1d: lines older than 1d are deleted',
    ]);
    expect(found!.details.join('\n')).toContain('its copy sa-east-1.clicks in us-east-1 follows');
    expect(said(topic('partitions: 6, retention: 14d'))).toEqual([expect.stringMatching(/^addition: .*retention 7d -> 14d/)]);
  });

  test('partitions 6 -> 3: Kafka takes none away, and the topic keeps its six', () => {
    const found = topic('partitions: 3').find(({ kind }) => kind === 'topic-partitions-fewer')!;
    expect(found.what).toContain('partitions 6 -> 3: Kafka takes no partition away: the topic keeps its 6');
  });

  test('partitions 6 -> 24: keys move to other partitions', () => {
    const found = topic('partitions: 24').find(({ kind }) => kind === 'topic-partitions-more')!;
    expect(found.what).toContain('partitions 6 -> 24: keys move to other partitions');
  });

  test('fewer copies, and fewer that must have a line', () => {
    const found = topic('partitions: 6, replication: 2, minInsync: 1');
    expect(said(found)).toEqual([
      'security: topic clicks of sa-east-1/collection: min in-sync 2 -> 1: a line is acknowledged when one disk has it, and is lost with it',
      expect.stringMatching(/^addition: .*replication 3 -> 2: the topic keeps its 3 copies/),
    ]);
    const more = topic('partitions: 6, minInsync: 3', ['KAFKA_MIN_INSYNC']).find(({ kind }) => kind === 'topic-insync-more');
    expect(more).toMatchObject({
      severity: 'quorum',
      what: expect.stringContaining('lines are refused when more than 0 of 3 copies are away'),
    });
  });

  test('one that is described no more stays in Kafka, and its lines are refused', () => {
    const found = changed({ [SA]: replaced(/ {8}impressions: .*\n/, '') });
    expect(said([found[0]!])).toEqual([
      "data-loss: topic impressions of sa-east-1/collection is described no more: front ends refuse its lines (404), and senders that don't keep them lose them",
    ]);
    expect(found[0]!.details.join('\n')).toMatch(/nothing deletes it.*\nit is carried into us-east-1 no more/);
    expect(found.map(({ kind }) => kind)).not.toContain('topic-comes');
  });

  test('one that comes first by name takes the lines that name no topic', () => {
    expect(said(changed({ [SA]: replaced('      topics:\n', '      topics:\n        audits: { partitions: 3 }\n') }))).toEqual([
      'network: lines of sa-east-1/collection that come by syslog and RELP go to topic audits (was clicks)',
      'network: ~ mirror sa-east-1 -> us-east-1/collection: topics clicks, impressions -> audits, clicks, impressions',
      'addition: + topic audits of sa-east-1/collection: 3 partitions, 3 copies',
    ]);
  });

  test('one that is carried no longer', () => {
    const found = topic('partitions: 6, mirrored: false').find(({ kind }) => kind === 'topic-unmirrored');
    expect(found!.what).toBe(
      'topic clicks of sa-east-1/collection is no longer carried: sa-east-1.clicks in us-east-1 gets nothing new, and sa-east-1 alone keeps its lines',
    );
  });
});

describe('spools', () => {
  test('drop-oldest: acknowledged lines are lost when they are full', () => {
    const [found] = changed({ [US]: replaced('whenFull: refuse', 'whenFull: drop-oldest') });
    expect(said([found!])).toEqual([
      'data-loss: spools of us-east-1/collection: when full refuse -> drop-oldest: full spools give up their oldest lines, which were acknowledged',
    ]);
  });

  test('less room, and a shorter time', () => {
    const edit: Edit = (text) =>
      text
        .replace(
          'profiles: [base, collection, front-end]',
          'profiles: [base, collection, front-end]\n        parameters: { front-end: { spoolPercent: 50 } }',
        )
        .replace('keep: 7d', 'keep: 3d');
    expect(said(changed({ [US]: edit }))).toEqual([
      'security: spools of us-east-1/collection: room a host 720 -> 400 GiB: sooner full while Kafka is away, then senders are refused',
      'security: spools of us-east-1/collection: keep 7d -> 3d of the average load: what disks are checked against; hosts fill the room that they have',
    ]);
  });

  test('a front end that goes has lines that Kafka may not have', () => {
    const edit = replaced(/count: 3\n(.*c5\.xlarge\n.*front-end\])/, 'count: 3\n        removed: [3]\n$1');
    const found = changed({ [US]: edit }).find(({ kind }) => kind === 'front-ends-go');
    expect(found).toMatchObject({ severity: 'data-loss', hosts: ['us-east-1-collection-front-ends-3'] });
    expect(found!.details.join()).toContain('front-end-drain');
  });
});

describe('voters', () => {
  const voters = (to: string) => changed({ [US]: replaced('quorum: etcd\n        count: 3', `quorum: etcd\n        ${to}`) });

  test('3 -> 5: the quorum doesn’t take them by itself, and their gates fail', () => {
    const [found] = voters('count: 5');
    expect(found).toMatchObject({
      kind: 'etcd-voters-come',
      severity: 'refused',
      hosts: ['us-east-1-core-voters-4', 'us-east-1-core-voters-5'],
    });
    expect(found!.what).toMatch(/\(3 -> 5 voters\).*its gate fails after 900 s$/);
    expect(found!.details[0]).toContain('meissa etcd replace us-east-1-core-voters-4 --yes');
  });

  test('5 -> 3: three of five members are left, and one more that fails takes the quorum', () => {
    const { after: five } = plans('example', {
      [US]: replaced('quorum: etcd\n        count: 3', 'quorum: etcd\n        count: 5'),
    });
    const { before: three } = plans('example', {});
    const found = clustersThatChange(five, three);
    expect(said(found)).toEqual([
      'quorum: etcd of us-east-1/core (5 -> 3 voters) still counts us-east-1-core-voters-4, us-east-1-core-voters-5 when they are gone: 3 of 5 members are left, 3 are needed, one more that fails takes its quorum',
    ]);
    expect(found[0]!.details[0]).toContain('etcdctl member remove');
  });

  test('one in place of another: both are said', () => {
    expect(voters('count: 4\n        removed: [2]').map(({ kind }) => kind)).toEqual(['etcd-voters-go', 'etcd-voters-come']);
  });

  test('other addresses: a voter elsewhere is a stranger', () => {
    const found = changed({ [US]: replaced('addresses: { first: 16, perZone: 16 }', 'addresses: { first: 32, perZone: 16 }') });
    expect(found).toMatchObject([{ kind: 'etcd-voters-move', severity: 'quorum' }]);
    expect(found[0]!.what).toMatch(/us-east-1-core-voters-1 10\.1\.\d+\.16 -> 10\.1\.\d+\.32/);
  });

  test('another bootstrap counts for nobody who has data', () => {
    const { before } = plans('example', {});
    const after = {
      ...before,
      regions: before.regions.map((region) =>
        JSON.parse(JSON.stringify(region).replaceAll('"bootstrap":"static"', '"bootstrap":"discovery"')),
      ),
    } as EstatePlan;
    const found = clustersThatChange(before, after);
    expect(found.map(({ kind }) => kind)).toEqual(found.map(() => 'etcd-bootstrap'));
    expect(found[0]!.what).toContain('bootstrap static -> discovery: counts only for a generation that is not formed yet');
  });
});

describe('versions', () => {
  const etcd = (to: string) => changed({ 'regions/artifacts.lock.yaml': (text) => text.replaceAll('3.5.21', to) });

  test('etcd 3.5 -> 3.6: voters first, gateways in the stacks that wait for them; many clusters are one line', () => {
    const found = etcd('3.6.1');
    expect(said(found)[0]).toBe('interrupted: etcd of 9 clusters 3.5.21 -> 3.6.1');
    expect(found[0]!.details.slice(0, 2)).toEqual([
      expect.stringContaining('us-east-1/core, us-west-1/core'),
      'order: <region>/core-voters, then <region>/core-storage-1 and <region>/core-adserver',
    ]);
    expect(found[0]!.details.join('\n')).toContain('no way back');
  });

  test('the order is the plan’s: no stack comes before one that it depends on', () => {
    const { after } = plans('example', {});
    for (const { stacks } of after.regions)
      for (const { id, dependsOn, cluster } of stacks)
        if (id === `${cluster}-voters`) expect(dependsOn).toEqual(['base', 'network']);
        else if (cluster === 'core') expect(dependsOn).toContain('core-voters');
  });

  test('an older minor version refuses the data; one that skips a version is not supported', () => {
    expect(said(etcd('3.4.30'))[0]).toMatch(/^quorum: .*the first voter does not come back and its gate stays shut/);
    expect(said(etcd('3.7.0'))[0]).toMatch(/^quorum: .*one minor version at a time/);
    expect(etcd('3.5.20')[0]).toMatchObject({ severity: 'interrupted' });
  });

  test('Kafka: controllers, then brokers, then front ends and mirrors', () => {
    const found = changed({ 'regions/artifacts.lock.yaml': (text) => text.replaceAll('4.3.1-1', '4.3.2-1') });
    const own = found.find(({ details }) => details[0]!.includes('us-east-1'))!;
    expect(own.what).toBe('Kafka and programs of 2 clusters 4.3.1-1 -> 4.3.2-1');
    expect(own.details.slice(0, 2)).toEqual([
      'cn-beijing/collection, us-east-1/collection',
      'order: <cluster>-controllers, then <cluster>-brokers, then <cluster>-front-ends-1 and <cluster>-mirrors-1'.replaceAll(
        '<cluster>',
        '<region>/collection',
      ),
    ]);
  });
});

describe('brokers and controllers', () => {
  const brokers = (to: string) =>
    changed({ [US]: replaced('quorum: replicas\n        count: 6', `quorum: replicas\n        ${to}`) });

  test('one that goes takes its replicas along: nothing moves them', () => {
    const [found] = brokers('count: 6\n        removed: [4]');
    expect(found).toMatchObject({ kind: 'brokers-go', severity: 'quorum', hosts: ['us-east-1-collection-brokers-4'] });
    expect(found!.what).toContain('their partitions have a copy less, and every gate of the cluster stays shut');
    expect(found!.details[0]).toContain('kafka-reassign-partitions');
  });

  test('two: partitions take no more lines; three: some are lost', () => {
    expect(brokers('count: 6\n        removed: [4, 5]')[0]!.what).toContain(
      'partitions with too few copies left take no more lines',
    );
    expect(brokers('count: 6\n        removed: [4, 5, 6]')[0]).toMatchObject({
      severity: 'data-loss',
      what: expect.stringContaining('partitions that have all of their copies there are lost'),
    });
  });

  test('one that comes is empty until somebody moves partitions there', () => {
    expect(brokers('count: 7')).toMatchObject([
      { kind: 'brokers-come', severity: 'addition', hosts: ['us-east-1-collection-brokers-7'] },
    ]);
  });

  test('controllers 3 -> 5, and back', () => {
    const edit = replaced('quorum: kraft\n        count: 3', 'quorum: kraft\n        count: 5');
    const { before, after } = plans('example', { [US]: edit });
    expect(clustersThatChange(before, after)).toMatchObject([{ kind: 'controllers-come', severity: 'addition' }]);
    expect(clustersThatChange(after, before)).toMatchObject([
      {
        kind: 'controllers-go',
        severity: 'quorum',
        what: expect.stringContaining('3 of 5 voters are left, 3 are needed, one more that fails takes the quorum'),
      },
    ]);
  });
});

describe('mirrors', () => {
  test('another central region: from where to where, and what becomes of the copies', () => {
    const found = changed({ [SA]: replaced('    kafka:\n', '    kafka:\n      into: sa-east-1\n') });
    expect(said(found)).toEqual([
      'network: sa-east-1/collection: carried into nowhere (was: us-east-1)',
      'network: - mirror sa-east-1 -> us-east-1/collection: its copies get nothing new',
    ]);
  });

  test('the rate that they may read at', () => {
    const found = changed({ [SA]: replaced(/peak: \d+MB\/s/, 'peak: 1MB/s') });
    expect(found.find(({ kind }) => kind === 'mirror-rate')!.what).toMatch(
      / -> 4 MB a second: after an outage it takes longer to catch up$/,
    );
  });
});

test('parameters of what keeps data are named, old and new', () => {
  const edit = replaced(
    '        metadata: { role: voter }',
    '        parameters: { etcd: { quotaBytes: 1073741824, heartbeatMs: 200 } }\n        metadata: { role: voter }',
  );
  expect(said(changed({ [US]: edit }))).toEqual([
    'quorum: etcd of us-east-1/core (voters): heartbeatMs 100 -> 200; quotaBytes 4294967296 -> 1073741824 (a database that is larger takes no more writes (NOSPACE): compact and defragment first)',
  ]);
});
