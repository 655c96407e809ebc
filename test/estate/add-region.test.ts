import { cidr } from '../../lib/estate/addresses/cidr';
import { addRegion } from '../../lib/estate/changes/add-region';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { ALIYUN_REGIONS } from '../../lib/facts/aliyun/regions';
import { AWS_REGIONS } from '../../lib/facts/aws/regions';
import { beijing } from './cases/aliyun';
import { fleet } from './cases/case';
import { estateOf, filesOf, filesOfChange, fixtureProfiles, lines, type Written, written } from './written';

function filesWith(change: (w: Written) => void = () => {}): Record<string, string> {
  const w = written();
  change(w);
  return filesOf(w);
}

function findingsOf(files: Record<string, string>) {
  return readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' }).findings;
}

test('a region is added with the next free block, its zones, and nothing else changes', () => {
  const files = filesWith();
  const change = addRegion(estateOf(files), 'us-west-1');
  expect(Object.keys(filesOfChange(change))).toEqual(['regions/us-west-1.yaml']);
  const text = filesOfChange(change)['regions/us-west-1.yaml']!;
  expect(text).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/schemas\/region\.schema\.json\nregion: us-west-1\nprovider: aws\nblock: 10\.0\.0\.0\/16\n/,
  );
  expect(text).toContain('zones: [us-west-1a, us-west-1c]');
});

test('once pinned, an added region has no error', () => {
  const files = filesWith();
  Object.assign(files, filesOfChange(addRegion(estateOf(files), 'us-west-1')));
  const first = findingsOf(files).filter((f) => f.severity === 'error');
  expect(first.map((f) => f.code)).toEqual(['MEMBER_NOT_PINNED']);
  expect(first[0]!.fix).toContain('meissa pin us-west-1');
  Object.assign(files, filesOfChange(pinMembers(estateOf(files), 'us-west-1')));
  expect(findingsOf(files).map((f) => f.code)).toEqual(['VOTERS_NOT_SPREAD']);
});

test.each([...AWS_REGIONS.keys()])('%s can be added, and only its locks are missing', (name) => {
  const files = filesWith((w) => delete w.places['us-east-1'] && delete w.estate.central && delete w.places['sa-east-1']);
  const account = /^(cn|us-gov)-/.test(name) ? { account: '222222222222' } : {};
  Object.assign(files, filesOfChange(addRegion(estateOf(files), name, account)));
  const codes = new Set(findingsOf(files).map((f) => f.code));
  for (const lock of ['MEMBER_NOT_PINNED', 'IMAGE_MISSING', 'VOTERS_NOT_SPREAD', 'HOST_ALARMS']) codes.delete(lock);
  expect([...codes]).toEqual([]);
});

test('blocks are given one after the other until the pool is full', () => {
  const files = filesWith((w) => {
    w.estate.addressing.hosts = { pool: '10.8.0.0/14', block: 16 };
    w.places['us-east-1'].block = '10.8.0.0/16';
  });
  const names = ['eu-west-1', 'eu-west-2', 'eu-west-3'];
  const refused = names.map((name) => {
    const change = addRegion(estateOf(files), name);
    Object.assign(files, filesOfChange(change));
    return change.refused?.code;
  });
  expect(refused).toEqual([undefined, undefined, 'POOL_FULL']);
  expect(files['regions/eu-west-1.yaml']).toContain('block: 10.10.0.0/16');
  expect(files['regions/eu-west-2.yaml']).toContain('block: 10.11.0.0/16');
});

test.each([
  ['us-west-1', '126.0.0.0/7', ['126.0.0.0/9', '126.128.0.0/9'], 'POOL_FULL'],
  ['us-west-1', '198.16.0.0/13', ['198.16.0.0/15'], '198.20.0.0/16'],
  ['us-west-1', '100.0.0.0/9', ['100.0.0.0/10'], '100.64.0.0/16'],
  ['cn-beijing', '100.0.0.0/8', ['100.0.0.0/10'], '100.128.0.0/16'],
])('the next block of %s in %s, of which %j are taken, is none that nobody may have: %s', (name, pool, taken, next) => {
  const estate = estateOf(filesWith());
  const regions = taken.map((block) => ({ ...estate.regions[0]!, block: cidr(block) }));
  const hosts = { pool: cidr(pool), blockBits: 16 };
  const change = addRegion({ ...estate, addressing: { ...estate.addressing, hosts }, regions, idcs: [] }, name);
  expect(change.refused?.code ?? filesOfChange(change)[`regions/${name}.yaml`]).toContain(next);
});

test('a region may be like another, with zones of its own', () => {
  const files = filesWith((w) => (fleet(w).zones = ['sa-east-1c', 'sa-east-1a']));
  const estate = estateOf(files);
  const like = { region: estate.regions.find((r) => r.name === 'sa-east-1')!, text: files['regions/sa-east-1.yaml']! };
  const text = filesOfChange(addRegion(estate, 'ap-northeast-1', { like }))['regions/ap-northeast-1.yaml']!;
  expect(text).toContain('rcv@.service');
  expect(text).toContain('ap-northeast-1d');
  expect(text).not.toContain('sa-east');
  Object.assign(files, { 'regions/ap-northeast-1.yaml': text });
  expect(lines(findingsOf(files).filter((f) => !['MEMBER_NOT_PINNED', 'IMAGE_MISSING'].includes(f.code)))).toEqual([]);
});

const GATHERED = 'arn:aws:sns:sa-east-1:999999999999:alarms';

test.each([
  ['us-west-1', {}, 'arn:aws:sns:us-west-1:111111111111:ops', undefined],
  ['us-west-1', { account: '222222222222' }, 'arn:aws:sns:us-west-1:222222222222:ops', undefined],
  ['us-west-1', { account: '222222222222' }, 'arn:aws:sns:us-west-1:999999999999:alarms', GATHERED],
  ['us-gov-west-1', { account: '222222222222' }, 'arn:aws-us-gov:sns:us-gov-west-1:222222222222:alarms', GATHERED],
])('alarms of %s, added with %j, tell %s', (name, options, topicArn, topic) => {
  const files = filesWith((w) => {
    if (topic !== undefined) w.places['sa-east-1'].alarms.topicArn = topic;
  });
  const change = addRegion(estateOf(files), name, options);
  expect(filesOfChange(change)[`regions/${name}.yaml`]).toContain(`\nalarms: { topicArn: "${topicArn}" }\n`);
  expect(change).toMatchObject({
    words: expect.arrayContaining([`its alarms tell ${topicArn}, as those of sa-east-1 do: make it before the deploy`]),
  });
  Object.assign(files, filesOfChange(change));
  expect(findingsOf(files).map(({ code }) => code)).not.toEqual(expect.arrayContaining([expect.stringMatching(/ALARMS|ARN_/)]));
});

test('alarms of an added region of Aliyun tell the contact group of another one', () => {
  const files = filesWith((w) => beijing(w));
  const text = filesOfChange(addRegion(estateOf(files), 'cn-shanghai'))['regions/cn-shanghai.yaml'];
  expect(text).toContain('\nalarms: { contactGroup: ops }\n');
});

test('where no region of its cloud names anybody, it is said that nobody is told', () => {
  const nobody = (w: Written) => {
    for (const place of Object.values(w.places)) delete place.alarms;
  };
  const estate = estateOf(filesWith(nobody));
  const said = ['nobody is told when a host of it is not well: write `alarms`'];
  for (const [name, like] of [['us-west-1'], ['cn-shanghai'], ['us-west-1', 'sa-east-1']] as const) {
    const region = estate.regions.find((one) => one.name === like);
    const change = addRegion(estate, name, region && { like: { region, text: 'clusters: {}' } });
    expect(change).toMatchObject({ words: expect.arrayContaining(said) });
    expect(filesOfChange(change)[`regions/${name}.yaml`]).not.toContain('alarms');
  }
});

test('a region that is not there, or there already, is refused', () => {
  const estate = estateOf(filesWith());
  expect(addRegion(estate, 'eu-wets-1').refused).toMatchObject({
    code: 'REGION_UNKNOWN',
    fix: expect.stringContaining('did you mean eu-west-1?'),
  });
  expect(addRegion(estate, 'sa-east-1').refused).toMatchObject({ code: 'REGION_EXISTS' });
  expect(addRegion(estate, 'cn-north-1').refused).toMatchObject({ code: 'ACCOUNT_MISSING' });
});

test('the members subnet of a small block has room for what is written', () => {
  const files = filesWith((w) => (w.estate.addressing.hosts.block = 20));
  Object.assign(files, filesOfChange(addRegion(estateOf(files), 'us-west-2')));
  expect(findingsOf(files).map((f) => f.code)).not.toContain('MEMBERS_DONT_FIT');
});

const ADDED = ['MEMBER_NOT_PINNED', 'VOTERS_NOT_SPREAD'];

test.each([
  ['a hub with all spokes, by peering', { kind: 'peering', hub: 'us-east-1', spokes: 'all', carries: ['hosts'] }],
  ['a mesh of all, by peering', { kind: 'peering', mesh: 'all' }],
  ['a hub with all spokes, by transit', { kind: 'transit', hub: 'us-east-1', spokes: 'all' }],
])('a region that is added to %s is joined and valid, and no other file changes', (_, central) => {
  const files = filesWith((w) => {
    w.estate.links = { central };
    w.places['sa-east-1'].transit = { asn: 64601 };
    w.places['us-east-1'].transit = { asn: 64602 };
  });
  expect(findingsOf(files)).toEqual([]);
  const before = estateOf(files);
  const change = filesOfChange(addRegion(before, 'us-west-1'));
  expect(Object.keys(change)).toEqual(['regions/us-west-1.yaml']);
  Object.assign(files, change);
  const after = estateOf(files);
  expect(after.links.map((l) => l.id)).toContain('us-east-1--us-west-1');
  expect(after.links.filter((l) => !l.id.includes('us-west-1'))).toEqual(before.links);
  expect(lines(findingsOf(files).filter((f) => !ADDED.includes(f.code)))).toEqual([]);
  const outlined = readEstate(memorySource(files), { packaged: fixtureProfiles, regions: ['sa-east-1'] });
  expect(outlined.estate!.links).toEqual(after.links);
  expect(outlined.estate!.regions.map((r) => [r.name, r.transit])).toEqual(after.regions.map((r) => [r.name, r.transit]));
  expect(lines(outlined.findings.filter((f) => f.severity === 'error'))).toEqual([]);
});

test('a region gets an AS number that nobody has, only where links ask for one', () => {
  const text = (central: object | undefined) => {
    const files = filesWith((w) => {
      if (central) w.estate.links = { central };
      w.places['sa-east-1'].transit = { asn: 64601 };
    });
    return filesOfChange(addRegion(estateOf(files), 'us-west-1'))['regions/us-west-1.yaml']!;
  };
  expect(text({ kind: 'transit', mesh: 'all' })).toContain('\ntransit: { asn: 64602 }\n');
  for (const central of [undefined, { kind: 'peering', mesh: 'all' }, { kind: 'transit', between: ['sa-east-1', 'us-east-1'] }])
    expect(text(central)).not.toContain('transit');
});

test.each(ALIYUN_REGIONS)('%s of Aliyun can be added, and only its locks are missing', (name) => {
  const files = filesWith((w) => {
    delete w.places['us-east-1'];
    delete w.estate.central;
    delete w.places['sa-east-1'];
    w.estate.aliyun = { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd' };
  });
  Object.assign(files, filesOfChange(addRegion(estateOf(files), name, { provider: 'aliyun' })));
  const codes = new Set(findingsOf(files).map((f) => f.code));
  for (const lock of ['MEMBER_NOT_PINNED', 'VOTERS_NOT_SPREAD', 'HOST_ALARMS']) codes.delete(lock);
  expect([...codes]).toEqual([]);
});

test("a region that only Aliyun has needs no word of the cloud, and takes no fleets of AWS's regions", () => {
  const files = filesWith();
  const text = filesOfChange(addRegion(estateOf(files), 'cn-shanghai'))['regions/cn-shanghai.yaml']!;
  expect(text).toContain('provider: aliyun\n');
  expect(text).toContain('zones: [cn-shanghai-m, cn-shanghai-n, cn-shanghai-o]');
  expect(text).toContain('instanceType: ecs.g7.large');
  const like = { region: estateOf(files).regions[0]!, text: '' };
  expect(addRegion(estateOf(files), 'cn-shanghai', { like })).toMatchObject({ refused: { code: 'REGION_OTHER_CLOUD' } });
});
