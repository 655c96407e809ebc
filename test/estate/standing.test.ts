/** What the members lock remembers: written by `meissa pin`, told when it would be lost, accepted by name. */
import fc from 'fast-check';
import { parse } from 'yaml';
import { forgetMembers, pinMembers } from '../../lib/estate/changes/pin-members';
import { replaceMember } from '../../lib/estate/changes/replace-member';
import { readMembersLock } from '../../lib/estate/lock-files/members-lock';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { standingRules } from '../../lib/estate/rules/standing/rules';
import { estateFiles } from './arbitrary';
import { core, fleet, lockOf, south, stood } from './cases/case';
import { estateOf, filesOf, filesOfChange, fixtureProfiles, lines, load, loadChanged, type Written, written } from './written';

const LOCK = 'regions/sa-east-1.members.lock.yaml';
const CODES: readonly string[] = standingRules.map(({ code }) => code);

function filesWith(change: (w: Written) => void): Record<string, string> {
  const w = written();
  change(w);
  return filesOf(w);
}

const pinned = (files: Record<string, string>): Record<string, string> => ({
  ...files,
  ...filesOfChange(pinMembers(estateOf(files), 'sa-east-1')),
});
const loaded = (files: Record<string, string>) => readEstate(memorySource(files), { packaged: fixtureProfiles });
const edited = (files: Record<string, string>, from: string, to: string): Record<string, string> => {
  const path = 'regions/sa-east-1.yaml';
  expect(files[path]).toContain(from);
  return { ...files, [path]: files[path]!.replace(from, to) };
};

describe('the members lock', () => {
  test('remembers the block, generations, volumes, and where each member stands', () => {
    expect(parse(filesWith(() => {})[LOCK]!)).toMatchObject({
      block: '10.9.0.0/16',
      generation: 1,
      clusters: { core: { generation: 1 } },
      volumes: {
        'core/storage/data': { device: '/dev/sdg', gb: 500, type: 'gp3' },
        'core/voters/etcd': { device: '/dev/sdf', gb: 20, type: 'gp3' },
      },
      members: {
        'core/storage/2': { address: '10.9.40.64', stack: 'core-storage-1', zone: 'sa-east-1b' },
        'core/storage/4': { address: '10.9.8.65', stack: 'core-storage-1', zone: 'sa-east-1a' },
        'core/voters/1': { address: '10.9.8.16', stack: 'core-voters', zone: 'sa-east-1a' },
      },
    });
  });

  test('of before is completed by pin, which changes nothing else of its entries', () => {
    const old = filesWith((w) => (w.members['sa-east-1'] = lockOf({ generation: 3, key: 'ops' })));
    const { members } = parse(pinned(old)[LOCK]!);
    expect(members['core/storage/1']).toEqual({
      address: '10.9.8.64',
      generation: 3,
      image: 'ami-0dbd802e72d0b653d',
      key: 'ops',
      rootGb: 20,
      stack: 'core-storage-1',
      zone: 'sa-east-1a',
    });
    expect(Object.keys(members)).toHaveLength(7);
  });

  test('of before is valid: it is one warning, however many there are', () => {
    const { findings } = loadChanged((w) => {
      w.members['sa-east-1'] = lockOf();
      w.members['us-east-1'] = JSON.parse(JSON.stringify(lockOf()).replaceAll('sa-east', 'us-east'));
    });
    expect(findings.map(({ code, severity, fix }) => `${severity} ${code}: ${fix}`)).toEqual([
      'warning LOCK_BEHIND: run `meissa pin`; and commit what it writes',
    ]);
  });

  test('keeps what it remembers while a member is replaced', () => {
    const files = filesWith(() => {});
    const replaced = filesOfChange(replaceMember(estateOf(files), 'sa-east-1-core-voters-2'))[LOCK]!;
    expect(replaced.split('\n').filter((line) => !files[LOCK]!.includes(line))).toEqual([
      '  core/voters/2: { absent: true, address: "10.9.40.16", generation: 1, image: ami-0dbd802e72d0b653d, rootGb: 20, stack: core-voters, zone: sa-east-1b }',
    ]);
  });

  test('remembers a larger volume from the next pin on', () => {
    const grown = edited(filesWith(stood(() => {})), 'gb: 500', 'gb: 1000');
    expect(loaded(grown).findings.map((f) => f.code)).toEqual(['LOCK_BEHIND']);
    expect(loaded(edited(pinned(grown), 'gb: 1000', 'gb: 500')).findings.map((f) => f.message)).toEqual([
      'the volume "data" has 1000 GiB, and would have 500',
    ]);
  });

  test('forgets the volumes of a fleet with its members, and a cluster with its last fleet', () => {
    const gone = filesWith(
      stood((w) => {
        core(w).units = {};
        delete core(w).fleets.storage;
      }),
    );
    const lock = parse(filesOfChange(forgetMembers(estateOf(gone), 'sa-east-1', 'core', 'storage'))[LOCK]!);
    expect(Object.keys(lock.volumes)).toEqual(['core/voters/etcd']);
    expect(lock.clusters).toEqual({ core: { generation: 1 } });
    const all = filesWith((w) => {
      stood(() => {})(w);
      south(w).clusters = {};
      for (const n of [1, 2, 3, 4]) delete w.members['sa-east-1'].members[`core/storage/${n}`];
    });
    const last = parse(filesOfChange(forgetMembers(estateOf(all), 'sa-east-1', 'core', 'voters'))[LOCK]!);
    expect(last).not.toHaveProperty('clusters');
    expect(last.members).toEqual({});
  });
});

describe('what would be lost', () => {
  const raised = stood((w) => (core(w).generation = 2));
  const accepted = stood((w) => {
    core(w).generation = 2;
    south(w).accept = [{ code: 'GENERATION_RAISED', name: 'core', reason: 'it was a trial' }];
  });

  test('is an error that says how it is accepted', () => {
    const [only, ...others] = loadChanged(raised).findings;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ code: 'GENERATION_RAISED', severity: 'error' });
    expect(only!.fix).toBe(
      'write `generation: 1`, or add `{ code: GENERATION_RAISED, name: core, reason: "..." }` to `accept` at the top; one member is rebuilt by `meissa replace`',
    );
  });

  test('is a warning with its reason once it is accepted by name', () => {
    const { findings } = loadChanged(accepted);
    expect(findings.map(({ code, severity, message, fix }) => ({ code, severity, message, fix }))).toEqual([
      {
        code: 'GENERATION_RAISED',
        severity: 'warning',
        message: 'generation 2, but generation 1 stands: its etcd would form anew and stand empty (accepted: it was a trial)',
        fix: 'once it is deployed, run `meissa pin sa-east-1` and take it out of `accept`',
      },
    ]);
  });

  test('is not forgotten by pin before it is accepted', () => {
    expect(pinMembers(estateOf(filesWith(raised)), 'sa-east-1').refused).toMatchObject({ code: 'GENERATION_RAISED' });
  });

  test('is remembered anew by pin once it is accepted, and then the acceptance has to go', () => {
    const after = pinned(filesWith(accepted));
    expect(after[LOCK]).toContain('core: { generation: 2 }');
    expect(loaded(after).findings.map((f) => f.code)).toEqual(['ACCEPTANCE_UNUSED']);
  });

  test('a code that can not be accepted is refused with those that can', () => {
    const { findings } = loadChanged((w) => (south(w).accept = [{ code: 'QUOTA', name: 'core', reason: 'x' }]));
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['ACCEPTANCE_UNUSED accept.0.code']);
    expect(findings[0]!.message).toContain('GENERATION_RAISED');
  });

  test('the member that stands where another block begins is told once, for its region', () => {
    const w = written();
    stood(() => (south(w).block = '10.12.0.0/16'))(w);
    expect(lines(load(w).findings)).toEqual([
      'regions/sa-east-1.yaml:3 BLOCK_MOVED block: 7 members stand in 10.9.0.0/16, and would stand in 10.12.0.0/16',
    ]);
  });

  test('of a fleet that is renamed is told as hosts that are no longer described', () => {
    const { findings } = loadChanged(
      stood((w) => {
        core(w).fleets.disks = fleet(w);
        delete core(w).fleets.storage;
      }),
    );
    expect(findings.filter((f) => CODES.includes(f.code))).toEqual([]);
    expect(findings.map((f) => f.code)).toContain('MEMBER_NOT_DESCRIBED');
  });
});

describe('of any estate', () => {
  const anyEstate = estateFiles();
  const regionsOf = (files: Record<string, string>) => estateOf(files).regions;

  test('what is pinned has no finding about what stands, and is pinned already', () => {
    fc.assert(
      fc.property(anyEstate, (files) => {
        expect(loaded(files).findings.filter(({ code }) => CODES.includes(code) || code === 'LOCK_BEHIND')).toEqual([]);
        for (const { name } of regionsOf(files)) expect(filesOfChange(pinMembers(estateOf(files), name))).toEqual({});
      }),
      { numRuns: 15 },
    );
  });

  test('a member that stands elsewhere than the lock says is told, whatever was changed', () => {
    fc.assert(
      fc.property(anyEstate, fc.integer({ min: 1, max: 40 }), (files, by) => {
        for (const { name, clusters } of regionsOf(files)) {
          const path = `regions/${name}.yaml`;
          const moved = { ...files, [path]: files[path]!.replace(/first: (\d+)/, (_, first) => `first: ${Number(first) + by}`) };
          if (moved[path] === files[path]) continue;
          const stands = clusters
            .flatMap(({ fleets }) => fleets)
            .some((one) => one.kind === 'members' && one.count > one.removed.length);
          const { lock } = readMembersLock('x', files[`regions/${name}.members.lock.yaml`] ?? 'region: x\nmembers: {}\n');
          if (!stands || lock === undefined) continue;
          expect(loaded(moved).findings.some(({ file, code }) => file === path && code === 'MEMBER_MOVED')).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });
});
