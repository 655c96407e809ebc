import fc from 'fast-check';
import { writeImagesLock } from '../../lib/estate/lock-files/images-lock';
import { readMembersLock, writeMembersLock } from '../../lib/estate/lock-files/members-lock';
import type { MemberEntry, Standing } from '../../lib/estate/model/locks';
import { parseYaml } from '../../lib/estate/read/yaml-file';

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,7}[a-z0-9])?$/);
const entry = fc.record(
  {
    image: fc.stringMatching(/^ami-[0-9a-f]{17}$/),
    rootGb: fc.integer({ min: 8, max: 16384 }),
    key: fc.oneof(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_. -]{0,8}[a-z]$/),
      fc.constantFrom('yes', 'null', '7', 'a: b', 'x"y', 'größe'),
    ),
    zone: fc.constantFrom('sa-east-1a', 'sa-east-1b'),
    generation: fc.integer({ min: 1, max: 99 }),
    absent: fc.constant(true as const),
    address: fc.ipV4(),
    containers: fc.ipV4().map((address) => `${address}/24`),
    stack: name,
  },
  { requiredKeys: ['image', 'rootGb', 'zone', 'generation'], noNullPrototype: true },
);
const members = fc
  .array(fc.tuple(name, name, fc.integer({ min: 1, max: 200 }), entry), { maxLength: 20 })
  .map((list) => new Map<string, MemberEntry>(list.map(([c, f, n, e]) => [`${c}/${f}/${n}`, e])));

const byName = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(key, value), { maxLength: 5 }).map((list) => new Map(list));
const standing: fc.Arbitrary<Standing> = fc.record(
  {
    block: fc.constantFrom('10.9.0.0/16', '10.12.0.0/20'),
    generation: fc.integer({ min: 1, max: 99 }),
    clusters: byName(name, fc.record({ generation: fc.integer({ min: 1, max: 99 }) }, { noNullPrototype: true })),
    volumes: byName(
      fc.tuple(name, name, name).map((parts) => parts.join('/')),
      fc.record(
        {
          device: fc.constantFrom('/dev/sdf', '/dev/sdp'),
          gb: fc.integer({ min: 1, max: 65_536 }),
          type: fc.constantFrom('gp3', 'io2', 'st1'),
          iops: fc.integer({ min: 100, max: 256_000 }),
        },
        { requiredKeys: ['device', 'gb', 'type'], noNullPrototype: true },
      ),
    ),
    topics: byName(
      fc.tuple(name, fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,9}$/)).map((parts) => parts.join('/')),
      fc.record(
        { partitions: fc.integer({ min: 1, max: 10_000 }), replication: fc.integer({ min: 1, max: 9 }) },
        { noNullPrototype: true },
      ),
    ),
  },
  { requiredKeys: ['clusters', 'volumes', 'topics'], noNullPrototype: true },
);

test('a members lock that is written reads back to the same', () => {
  fc.assert(
    fc.property(members, standing, (entries, stands) => {
      const { lock, findings } = readMembersLock('x', writeMembersLock('sa-east-1', entries, stands));
      expect(findings).toEqual([]);
      expect(Object.fromEntries(lock!.members)).toEqual(Object.fromEntries(entries));
      expect(lock!.standing).toEqual(stands);
    }),
  );
});

test('a members lock reads the same the quick way and through YAML', () => {
  fc.assert(
    fc.property(members, standing, (entries, stands) => {
      const text = writeMembersLock('sa-east-1', entries, stands);
      // A comment more and the text is canonical no longer.
      expect(readMembersLock('x', `${text}# by hand\n`)).toEqual(readMembersLock('x', text));
    }),
  );
});

test('a members lock has one line a member, by number and not by digits', () => {
  const one: MemberEntry = { image: 'ami-0dbd802e72d0b653d', rootGb: 20, zone: 'sa-east-1a', generation: 1 };
  const text = writeMembersLock('sa-east-1', new Map([10, 9, 1].map((n) => [`core/storage/${n}`, one])));
  expect(
    text
      .split('\n')
      .slice(3)
      .map((line) => line.split(':')[0]),
  ).toEqual(['  core/storage/1', '  core/storage/9', '  core/storage/10', '']);
  expect(text).toContain('# Written by `meissa pin` and `meissa replace`.');
});

test('ten thousand members are read in well under a second', () => {
  const one: MemberEntry = {
    ...{ image: 'ami-0dbd802e72d0b653d', rootGb: 20, zone: 'sa-east-1a', generation: 1 },
    ...{ address: '10.9.8.64', containers: '172.16.0.0/24', stack: 'core-storage-1' },
  };
  const text = writeMembersLock('sa-east-1', new Map(Array.from({ length: 10_000 }, (_, i) => [`core/storage/${i + 1}`, one])));
  const start = process.cpuUsage();
  expect(readMembersLock('x', text).lock!.members.size).toBe(10_000);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(0.5);
});

test('a release that looks like a number stays text', () => {
  const text = writeImagesLock({ release: '3510.2', published: '2023-07-14', architecture: 'amd64', images: {}, copies: {} });
  expect(parseYaml('x', text).value).toEqual({
    release: '3510.2',
    published: '2023-07-14',
    architecture: 'amd64',
    images: {},
    copies: {},
  });
});
