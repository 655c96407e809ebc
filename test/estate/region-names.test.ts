/** What an estate calls a region, and what its cloud does. */
import { addRegion } from '../../lib/estate/changes/add-region';
import { recordCopy } from '../../lib/estate/changes/images';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { fleet, south } from './cases/case';
import { estateOf, filesOf, filesOfChange, fixtureProfiles, lines, loadChanged, type Written, written } from './written';

const ALIYUN = { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd' };

function called(name: string): (w: Written) => void {
  return (w) => {
    w.places[name] = { ...south(w), region: 'sa-east-1' };
    delete w.places['sa-east-1'];
  };
}

const errors = (w: (w: Written) => void): string[] =>
  lines(loadChanged(w).findings.filter(({ severity }) => severity === 'error'));

test('a region has the id that its file is named by, where none is written', () => {
  const { estate, findings } = loadChanged((w) => delete south(w).region);
  expect(lines(findings)).toEqual([]);
  expect(estate!.regions.map(({ name, cloudRegion }) => [name, cloudRegion])).toContainEqual(['sa-east-1', 'sa-east-1']);
});

test('a region of another name has its locks by the name, and its image by the id', () => {
  const { estate, findings } = loadChanged(called('brazil'));
  expect(lines(findings)).toEqual([]);
  expect(estate!.regions.map(({ name, cloudRegion }) => [name, cloudRegion])).toContainEqual(['brazil', 'sa-east-1']);
  expect(estate!.locks.members.get('brazil')!.members.get('core/voters/1')).toMatchObject({
    image: 'ami-0dbd802e72d0b653d',
    zone: 'sa-east-1a',
  });
});

test('a copied image is kept by the id of its region, and the region is described', () => {
  const files = filesOf(
    (() => {
      const w = written();
      called('brazil')(w);
      return w;
    })(),
  );
  Object.assign(files, filesOfChange(recordCopy(estateOf(files), 'brazil', 'ami-0123456789abcdef0')));
  expect(files['regions/images.lock.yaml']).toContain('sa-east-1: ami-0123456789abcdef0');
  const { findings } = readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' });
  expect(lines(findings)).toEqual([]);
});

test.each(['Brazil', 'south--2', 'links', 'con', '7south', 'sa_east', 's'.repeat(64)])('%s is no name of a region', (name) => {
  expect(errors(called(name)).filter((line) => line.includes('is no name of a region'))).toHaveLength(1);
});

test.each(['a', 'aliyun-ap-southeast-1', 'südamerika'.replace('ü', 'u'), 's'.repeat(20)])('%s is one', (name) => {
  expect(errors(called(name))).toEqual([]);
});

test('a parameter that is an ARN of another partition is warned of, where it stands', () => {
  const key = 'arn:aws-cn:kms:cn-north-1:222222222222:key/0000';
  const { findings } = loadChanged((w) => (fleet(w).parameters = { base: { sshAuthorizedKeys: [key] } }));
  expect(findings.filter(({ code }) => code === 'ARN_ELSEWHERE')).toMatchObject([
    {
      severity: 'warning',
      path: 'clusters.core.fleets.storage.parameters.base.sshAuthorizedKeys.0',
      message: `base.sshAuthorizedKeys.0 names ${key}, of the partition aws-cn; the hosts are in aws`,
    },
  ]);
});

test.each(['Acme_Q', 'acme_q', 'acme--q', '-acme', 'acme-', 'acme.q', 'acmeacmeacm', ''])(
  'the qualifier %p makes no bucket, or no repository',
  (bootstrapQualifier) => {
    for (const at of ['estate', 'region'] as const) {
      const { findings } = loadChanged((w) => {
        if (at === 'estate') w.estate.aws.bootstrapQualifier = bootstrapQualifier;
        else south(w).aws = { bootstrapQualifier };
      });
      expect(findings.map(({ path }) => path)).toContain('aws.bootstrapQualifier');
    }
  },
);

test.each(['hnb659fds', 'a', '0', 'my-app', 'abcdefghij'])('the qualifier %p makes both', (bootstrapQualifier) => {
  expect(errors((w) => (w.estate.aws.bootstrapQualifier = bootstrapQualifier))).toEqual([]);
});

describe('a region that is added under another name', () => {
  const files = filesOf(
    (() => {
      const w = written();
      w.estate.aliyun = ALIYUN;
      return w;
    })(),
  );
  const added = (name: string, options: Parameters<typeof addRegion>[2]) => addRegion(estateOf(files), name, options);

  test('says the id, and has its zones and the next free block', () => {
    const change = added('aliyun-us-east-1', { provider: 'aliyun', cloudRegion: 'us-east-1' });
    const text = filesOfChange(change)['regions/aliyun-us-east-1.yaml']!;
    expect(text).toContain('region: us-east-1\nprovider: aliyun\nblock: 10.0.0.0/16\n');
    expect(text).toContain('zones: [us-east-1a, us-east-1b]');
    const more = { ...files, 'regions/aliyun-us-east-1.yaml': text };
    const pinned = { ...more, ...filesOfChange(pinMembers(estateOf(more), 'aliyun-us-east-1')) };
    const { findings } = readEstate(memorySource(pinned), { packaged: fixtureProfiles, today: '2026-11-21' });
    expect(
      lines(findings.filter(({ code }) => code !== 'VOTERS_NOT_SPREAD' && !/PROFILE|ARTIFACT|HOST_ALARMS/.test(code))),
    ).toEqual([]);
  });

  test('is of the cloud that has the id', () => {
    const text = filesOfChange(added('shanghai', { cloudRegion: 'cn-shanghai' }))['regions/shanghai.yaml']!;
    expect(text).toContain('region: cn-shanghai\nprovider: aliyun\n');
  });

  test('takes over clusters word for word, but for what named the other one', () => {
    const [like] = estateOf(files).regions.filter(({ name }) => name === 'sa-east-1');
    const text = files['regions/sa-east-1.yaml']!.replace('role: storage', 'role: storage\n          seat: sa-east-1');
    const change = added('paris', { cloudRegion: 'eu-west-3', like: { region: like!, text } });
    expect(filesOfChange(change)['regions/paris.yaml']).toContain('seat: paris');
    expect(filesOfChange(change)['regions/paris.yaml']).not.toContain('sa-east-1');
  });

  test.each([
    [
      'us-east-1',
      { provider: 'aliyun' },
      'REGION_EXISTS',
      'region add aliyun-us-east-1 --provider aliyun --cloud-region us-east-1',
    ],
    ['south', { cloudRegion: 'sa-east-1' }, 'REGION_EXISTS', 'edit that file'],
    ['south', { cloudRegion: 'sa-esat-1' }, 'REGION_UNKNOWN', 'did you mean sa-east-1?'],
    ['south', {}, 'REGION_UNKNOWN', '--cloud-region'],
    ['us-west-2', { cloudRegion: 'us-west-1' }, 'FILE_NAME', 'aws-us-west-1'],
    ['South', { cloudRegion: 'eu-west-1' }, 'FILE_NAME', 'lower-case'],
    ['links', { cloudRegion: 'eu-west-1' }, 'FILE_NAME', 'links'],
  ] as const)('%s %j is refused', (name, options, code, fix) => {
    expect(added(name, options).refused).toMatchObject({ code, fix: expect.stringContaining(fix) });
  });
});
