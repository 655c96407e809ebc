import { addArtifact } from '../../lib/estate/changes/artifacts';
import type { Change } from '../../lib/estate/changes/change';
import { recordCopy, updateImages } from '../../lib/estate/changes/images';
import { forgetMembers, pinMembers } from '../../lib/estate/changes/pin-members';
import { replaceDisk } from '../../lib/estate/changes/replace-disk';
import { replaceMember } from '../../lib/estate/changes/replace-member';
import { issueToken, markFormed, tokenWish } from '../../lib/estate/changes/tokens';
import { core, fleet, lockOf, south } from './cases/case';
import { estateOf, filesOf, filesOfChange, type Written, written } from './written';

const LOCK = 'regions/sa-east-1.members.lock.yaml';

function filesWith(change: (w: Written) => void = () => {}): Record<string, string> {
  const w = written();
  change(w);
  return filesOf(w);
}

function refusal(change: Change): string | undefined {
  return change.refused?.code;
}

function words(change: Change): string {
  return change.refused ? `${change.refused.message}; ${change.refused.fix}` : change.words.join('\n');
}

describe('pinning', () => {
  test('adds entries only for members that have none and changes no other line', () => {
    const before = filesWith();
    const grown: Record<string, string> = {
      ...before,
      'regions/sa-east-1.yaml': before['regions/sa-east-1.yaml']!.replace('count: 4', 'count: 11'),
    };
    grown['regions/images.lock.yaml'] = grown['regions/images.lock.yaml']!.replace(
      'ami-0dbd802e72d0b653d',
      'ami-0aaaaaaaaaaaaaaaa',
    );
    const after = filesOfChange(pinMembers(estateOf(grown), 'sa-east-1'))[LOCK]!;
    const old = before[LOCK]!.split('\n');
    const added = after.split('\n').filter((line) => !old.includes(line));
    expect(after.split('\n').filter((line) => old.includes(line))).toEqual(old);
    expect(added).toHaveLength(7);
    expect(added[6]).toBe(
      '  core/storage/11: { address: "10.9.40.67", generation: 1, image: ami-0aaaaaaaaaaaaaaaa, rootGb: 20, stack: core-storage-1, zone: sa-east-1b }',
    );
  });

  test('of what is pinned writes nothing', () => {
    expect(pinMembers(estateOf(filesWith()), 'sa-east-1')).toEqual({ files: [], words: ['sa-east-1: every member is pinned'] });
  });

  test('is refused without an image, and for a region that is not there', () => {
    const estate = estateOf(filesWith((w) => delete w.images.images['sa-east-1']));
    expect(refusal(pinMembers(estate, 'sa-east-1'))).toBe('IMAGE_MISSING');
    expect(words(pinMembers(estate, 'sa-east-2'))).toBe('there is no region "sa-east-2"; sa-east-1');
  });

  test('forgets a fleet only when it is no longer described', () => {
    const estate = estateOf(filesWith());
    expect(refusal(forgetMembers(estate, 'sa-east-1', 'core', 'storage'))).toBe('MEMBERS_DESCRIBED');
    const gone = estateOf(
      filesWith((w) => {
        w.members['sa-east-1'] = lockOf();
        delete core(w).fleets.storage;
        core(w).units = {};
      }),
    );
    const text = filesOfChange(forgetMembers(gone, 'sa-east-1', 'core', 'storage'))[LOCK]!;
    expect(text).not.toContain('storage');
    expect(text).toContain('core/voters/3');
  });
});

describe('replacing a member', () => {
  test('takes two steps: absent, then a higher generation', () => {
    const files = filesWith();
    const first = replaceMember(estateOf(files), 'sa-east-1-core-voters-2');
    expect(words(first)).toContain('deploy sa-east-1/core-voters: the instance goes, its interface and volumes stay');
    const one = { ...files, ...filesOfChange(first) };
    expect(one[LOCK]).toContain('core/voters/2: { absent: true, address: "10.9.40.16", generation: 1,');
    const second = replaceMember(estateOf(one), 'sa-east-1-core-voters-2');
    const two = filesOfChange(second)[LOCK]!;
    expect(two).toContain('core/voters/2: { address: "10.9.40.16", generation: 2, image: ami-0dbd802e72d0b653d,');
    expect(two).not.toContain('absent');
  });

  test('gives the new instance the image of today', () => {
    const files = filesWith((w) => {
      w.members['sa-east-1'] = lockOf({ absent: true });
      w.images.images['sa-east-1'] = 'ami-0aaaaaaaaaaaaaaaa';
    });
    const change = replaceMember(estateOf(files), 'sa-east-1-core-storage-1');
    expect(filesOfChange(change)[LOCK]).toContain('core/storage/1: { generation: 2, image: ami-0aaaaaaaaaaaaaaaa,');
    expect(words(change)).toContain('deploy sa-east-1/core-storage-1');
  });

  test('is refused in a quorum fleet while another member is absent', () => {
    const files = filesWith((w) => (w.members['sa-east-1'] = lockOf({ absent: true }, 'core/voters/1')));
    const change = replaceMember(estateOf(files), 'sa-east-1-core-voters-2');
    expect(refusal(change)).toBe('QUORUM_ABSENT');
    expect(refusal(replaceMember(estateOf(files), 'sa-east-1-core-storage-2'))).toBeUndefined();
  });

  test('is refused where the quorum would be lost', () => {
    const files = filesWith((w) => (fleet(w, 'voters').count = 1));
    expect(refusal(replaceMember(estateOf(files), 'sa-east-1-core-voters-1'))).toBe('QUORUM_LOST');
  });

  test('names the nearest host when there is none of that name', () => {
    const estate = estateOf(filesWith());
    expect(words(replaceMember(estate, 'sa-east-1-core-voter-1'))).toContain('; sa-east-1-core-voters-1');
    expect(words(replaceMember(estate, 'sa-east-1-core-voters-4'))).toContain('has no member 4');
  });

  test('finds a member whose cluster and fleet have hyphens in their names', () => {
    const files = filesWith((w) => {
      south(w).clusters['core-a'] = { fleets: { 'disks-1': { ...fleet(w), addresses: { first: 200, perZone: 8 } } } };
    });
    expect(words(replaceMember(estateOf(files), 'sa-east-1-core-a-disks-1-2'))).toContain('is marked absent');
  });
});

describe('replacing a disk', () => {
  const HOST = 'sa-east-1-core-storage-2';
  const accepted = [`${HOST}/data`];

  test('takes two steps: absent with the volume of the next generation, then the instance of that generation', () => {
    const files = filesWith();
    const first = replaceDisk(estateOf(files), HOST, 'data', accepted);
    expect(words(first)).toContain(`the old one is kept, no longer of the stack, under the same name (${HOST}-data)`);
    const one = { ...files, ...filesOfChange(first) };
    expect(one[LOCK]).toMatch(/core\/storage\/2: \{ absent: true, .*generation: 1, .*volumes: \{ data: 2 \}, zone/);
    const second = replaceDisk(estateOf(one), HOST, 'data');
    const two = { ...one, ...filesOfChange(second) };
    expect(two[LOCK]).toMatch(/core\/storage\/2: \{ address: .*generation: 2, .*volumes: \{ data: 2 \}, zone/);
    const third = replaceDisk(estateOf(two), HOST, 'data', accepted);
    expect(filesOfChange(third)[LOCK]).toMatch(/absent: true, .*generation: 2, .*volumes: \{ data: 3 \}/);
  });

  test('of a member that is absent already is one step: the new instance gets the new volume', () => {
    const files = filesWith((w) => (w.members['sa-east-1'] = lockOf({ absent: true }, 'core/storage/2')));
    expect(filesOfChange(replaceDisk(estateOf(files), HOST, 'data', accepted))[LOCK]).toMatch(
      /core\/storage\/2: \{ generation: 2, .*volumes: \{ data: 2 \}/,
    );
  });

  test('is refused where nobody else holds what is on it, unless that is accepted by name; and nothing else may be accepted', () => {
    const estate = estateOf(filesWith());
    const refused = replaceDisk(estate, HOST, 'data');
    expect(refusal(refused)).toBe('LAST_COPY');
    expect(words(refused)).toContain(`meissa replace --disk ${HOST}/data --accept ${HOST}/data`);
    expect(refusal(replaceDisk(estate, HOST, 'data', [...accepted, 'other/data']))).toBe('ACCEPTS_NOTHING');
    expect(refusal(replaceDisk(estate, HOST, 'dat', accepted))).toBe('VOLUME_UNKNOWN');
  });

  test('of a lock that a verb wrote is read as it was written, by either way', () => {
    const estate = estateOf({ ...filesWith(), ...filesOfChange(replaceDisk(estateOf(filesWith()), HOST, 'data', accepted)) });
    expect(estate.locks.members.get('sa-east-1')?.members.get('core/storage/2')).toMatchObject({
      absent: true,
      volumes: { data: 2 },
    });
  });
});

describe('images', () => {
  const feed = JSON.stringify({
    amis: [
      { name: 'sa-east-1', hvm: 'ami-0aaaaaaaaaaaaaaaa' },
      { name: 'us-east-1', hvm: 'ami-0bbbbbbbbbbbbbbbb' },
    ],
  });

  test('an update takes the feed and leaves the members alone', () => {
    const change = updateImages(estateOf(filesWith()), feed, { release: '4200.1.0', published: '2026-11-01' });
    expect(Object.keys(filesOfChange(change))).toEqual(['regions/images.lock.yaml']);
    expect(filesOfChange(change)['regions/images.lock.yaml']).toMatch(
      /release: "4200.1.0"\npublished: "2026-11-01"\narchitecture: amd64\nimages:\n {2}sa-east-1: ami-0a+\n/,
    );
  });

  test('an update drops the copies of another release, for they would win over it', () => {
    const estate = estateOf(filesWith((w) => (w.images.copies = { 'sa-east-1': 'ami-0cccccccccccccccc' })));
    expect(words(updateImages(estate, feed, { release: '4200.1.0', published: '2026-11-01' }))).toContain(
      'copies of release 4081.2.1 were dropped in sa-east-1',
    );
    expect(
      filesOfChange(updateImages(estate, feed, { release: '4081.2.1', published: '2026-09-01' }))['regions/images.lock.yaml'],
    ).toContain('ami-0cccccccccccccccc');
  });

  test('an update says which regions have no image', () => {
    const only = JSON.stringify({ release: '1.2.3', amis: [{ name: 'us-east-1', hvm: 'ami-0bbbbbbbbbbbbbbbb' }] });
    expect(words(updateImages(estateOf(filesWith()), only, { published: '2026-11-01' }))).toContain(
      'the feed has no image for sa-east-1',
    );
  });

  test.each([
    '',
    'null',
    '{}',
    '{"amis": []}',
    '{"amis": [{"name": "x"}]}',
    '{"amis": [{"name": "sa-east-1", "hvm": "vmlinuz"}]}',
    '<html>',
  ])('the feed %s is refused', (text) => {
    expect(refusal(updateImages(estateOf(filesWith()), text, { release: '1', published: '2026-11-01' }))).toBe('FEED_MALFORMED');
  });

  test('an update without a release or a date is refused', () => {
    const estate = estateOf(filesWith());
    expect(refusal(updateImages(estate, feed, { published: '2026-11-01' }))).toBe('RELEASE_MISSING');
    expect(refusal(updateImages(estate, feed, { release: '1', published: 'yesterday' }))).toBe('DATE_MALFORMED');
  });

  test('a copy is recorded for one region', () => {
    const estate = estateOf(filesWith());
    expect(filesOfChange(recordCopy(estate, 'sa-east-1', 'ami-0cccccccccccccccc'))['regions/images.lock.yaml']).toContain(
      'copies:\n  sa-east-1: ami-0cccccccccccccccc',
    );
    expect(refusal(recordCopy(estate, 'sa-east-1', 'emi-1'))).toBe('IMAGE_MALFORMED');
    expect(refusal(recordCopy(estate, 'nowhere', 'ami-0cccccccccccccccc'))).toBe('REGION_UNKNOWN');
  });
});

describe('tokens', () => {
  const url = 'https://discovery.etcd.io/3e86b59982e49066c5d813af1c2e2579cbf573de';
  const discovery =
    (more: (w: Written) => void = () => {}) =>
    (w: Written) => {
      core(w).etcd.bootstrap = 'discovery';
      more(w);
    };
  const issued = (w: Written) => {
    w.tokens = { tokens: [{ region: 'sa-east-1', cluster: 'core', size: 3, generation: 1, state: 'formed', url }] };
  };

  test('a token is bound to region, cluster, size and generation', () => {
    const change = issueToken(estateOf(filesWith(discovery())), 'sa-east-1', 'core', url);
    expect(filesOfChange(change)['regions/tokens.lock.yaml']).toContain(
      `  - { cluster: core, generation: 1, region: sa-east-1, size: 3, state: issued, url: "${url}" }`,
    );
  });

  test('a cluster that has its token gets no other', () => {
    expect(refusal(issueToken(estateOf(filesWith(discovery(issued))), 'sa-east-1', 'core', `${url}0`))).toBe('TOKEN_EXISTS');
  });

  test('a token is not given again to a rebuilt cluster, also under another name of the service', () => {
    const estate = estateOf(
      filesWith(
        discovery((w) => {
          issued(w);
          core(w).generation = 2;
        }),
      ),
    );
    expect(tokenWish(estate, 'sa-east-1', 'core')).toEqual({ region: 'sa-east-1', cluster: 'core', size: 3, generation: 2 });
    expect(refusal(issueToken(estate, 'sa-east-1', 'core', url.replace('discovery.etcd.io', 'discovery.internal')))).toBe(
      'TOKEN_REUSED',
    );
    expect(refusal(issueToken(estate, 'sa-east-1', 'core', `${url}0`))).toBeUndefined();
  });

  test('another size needs another generation', () => {
    const estate = estateOf(
      filesWith(
        discovery((w) => {
          issued(w);
          fleet(w, 'voters').count = 5;
        }),
      ),
    );
    expect(words(issueToken(estate, 'sa-east-1', 'core', `${url}0`))).toContain('write `generation: 2`');
  });

  test('a cluster that bootstraps by fixed addresses wants none', () => {
    expect(refusal(issueToken(estateOf(filesWith()), 'sa-east-1', 'core', url))).toBe('TOKEN_NOT_WANTED');
  });

  test('a formed cluster keeps its token in the lock', () => {
    const files = filesWith(
      discovery((w) => {
        issued(w);
        w.tokens.tokens[0].state = 'issued';
      }),
    );
    const change = markFormed(estateOf(files), 'sa-east-1', 'core');
    expect(filesOfChange(change)['regions/tokens.lock.yaml']).toContain('state: formed');
    expect(markFormed(estateOf({ ...files, ...filesOfChange(change) }), 'sa-east-1', 'core')).toMatchObject({ files: [] });
    expect(refusal(markFormed(estateOf(filesWith()), 'sa-east-1', 'core'))).toBe('TOKEN_MISSING');
  });

  test.each(['', 'discovery.etcd.io/abc', 'https://discovery.etcd.io/', 'ftp://x/y'])('"%s" is no token', (bad) => {
    expect(refusal(issueToken(estateOf(filesWith(discovery())), 'sa-east-1', 'core', bad))).toBe('TOKEN_MALFORMED');
  });
});

describe('artifacts', () => {
  const etcd = {
    name: 'etcd',
    version: '3.5.21',
    architecture: 'amd64',
    file: 'etcd.tar.gz',
    sha256: 'a'.repeat(64),
    source: 'https://example.com/etcd.tar.gz',
  };

  test('a newer version takes the place of the older one', () => {
    const change = addArtifact(estateOf(filesWith()), { ...etcd, version: '3.5.22', sha256: 'b'.repeat(64) });
    expect(words(change)).toContain('instead of 3.5.21');
    expect(filesOfChange(change)['regions/artifacts.lock.yaml']!.match(/- name/g)).toHaveLength(1);
  });

  test('another processor stands beside it', () => {
    const change = addArtifact(estateOf(filesWith()), { ...etcd, architecture: 'arm64' });
    expect(filesOfChange(change)['regions/artifacts.lock.yaml']!.match(/- name/g)).toHaveLength(2);
  });

  test('the same artifact changes nothing, and the same version with another digest is refused', () => {
    const estate = estateOf(filesWith());
    expect(addArtifact(estate, etcd)).toMatchObject({ files: [] });
    expect(refusal(addArtifact(estate, { ...etcd, sha256: 'b'.repeat(64) }))).toBe('ARTIFACT_CHANGED');
    expect(refusal(addArtifact(estate, { ...etcd, sha256: 'short' }))).toBe('ARTIFACT_MALFORMED');
  });
});
