/** An estate calls regions as it likes: nothing but names depends on it, and clouds hear their own ids alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { idcFiles } from '../../lib/cli/idc-out';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { type Anything, estateOf, filesOfChange, fixtureProfiles, lines } from '../estate/written';
import { filesOfSeed, seeds } from '../proof/estates';
import { ROOT } from '../root';
import { runs } from '../runs';
import { type Emitted, emitEstate } from './emitted';
import { arriving } from './pairs';

jest.setTimeout(60_000);

type Files = Record<string, string>;

const isPlace = (path: string): boolean => /^regions\/[^.]+\.yaml$/.test(path) && path !== 'regions/estate.yaml';
const regionsIn = (files: Files): string[] =>
  Object.keys(files).flatMap((path) => (isPlace(path) && parse(files[path]!).provider ? [path.slice(8, -5)] : []));

/** The same estate with other names for its regions. Zones keep theirs: a letter follows the id. */
function renamed(files: Files, names: ReadonlyMap<string, string>): Files {
  const inText = (text: string): string =>
    [...names].reduce((now, [from, to]) => now.replace(new RegExp(`(?<![a-z0-9-])${from}(?![a-z0-9]|-[a-z]\\b)`, 'g'), to), text);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (path === 'regions/images.lock.yaml') return [path, text];
      const [place = '', ...rest] = path.slice(8).split('.');
      const to = `regions/${[names.get(place) ?? place, ...rest].join('.')}`;
      if (!names.has(place) || rest[0] !== 'yaml') return [to, inText(text)];
      return [to, stringify({ ...parse(text), region: place })];
    }),
  );
}

/** Two regions of Aliyun beside them, called as their cloud calls them, joined by transit routers. */
function withAliyun(files: Files): Files {
  const estate = parse(files['regions/estate.yaml']!);
  const region = (id: string, second: number) => ({
    provider: 'aliyun',
    block: `10.${second}.0.0/16`,
    network: { zones: [`${id}a`, `${id}b`] },
    clusters: {
      core: {
        fleets: {
          worker: {
            kind: 'members',
            count: 2,
            instanceType: 'ecs.g7.large',
            profiles: ['base', 'docker'],
            addresses: { first: 16, perZone: 16 },
            membersPerStack: 5,
          },
        },
      },
    },
  });
  const more: Files = {
    ...files,
    'regions/estate.yaml': stringify({
      ...estate,
      aliyun: { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd', cen: ALIYUN[0] },
      links: { ...estate.links, inland: { kind: 'transit', between: ALIYUN, carries: ['hosts'] } },
    }),
    ...Object.fromEntries(ALIYUN.map((id, i) => [`regions/${id}.yaml`, stringify(region(id, 101 + i))])),
  };
  for (const id of ALIYUN) Object.assign(more, filesOfChange(pinMembers(estateOf(more), id)));
  return more;
}

const ALIYUN = ['eu-west-1', 'us-east-1'];

const word = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}$/)
  .filter((name) => !/^(links|estate|beijing|langfang)/.test(name));

/** Places in which only an id of a cloud may stand. */
const ASKED = /^(?:\w*Region(?:Id)?|AvailabilityZone|ZoneId|ServiceName)$/;

/** Where a template names a region to its cloud: values of such keys, regions of ARNs, hosts of URLs. */
function asked(emitted: Emitted): Set<string> {
  const found = new Set<string>();
  const look = (value: Anything, key: string): void => {
    if (typeof value === 'string') {
      if (ASKED.test(key)) found.add(value.replace(/^com\.amazonaws\.(.*)\.s3$/, '$1'));
      for (const [, region] of value.matchAll(/\b(?:arn:aws|acs):[a-z0-9]+:([^:*]+):/g)) found.add(region!);
      for (const [, region] of value.matchAll(
        /https:\/\/[^/\s]*?\.(?:s3\.|oss-)([a-z0-9-]+?)(?:-internal)?\.(?:amazonaws|aliyuncs)\.com/g,
      ))
        found.add(region!);
    } else if (Array.isArray(value)) for (const one of value) look(one, key);
    else if (value !== null && typeof value === 'object')
      for (const [name, one] of Object.entries<Anything>(value)) look(one, name.startsWith('Fn::') ? key : name);
  };
  emitted.everyFile((text) => look(JSON.parse(text), ''));
  return found;
}

test('whatever an estate calls its regions, the same hosts reach each other, beside regions of another cloud with those ids', () => {
  fc.assert(
    fc.property(seeds(3), fc.uniqueArray(word, { minLength: 3, maxLength: 3 }), (seed, words) => {
      const files = filesOfSeed({ ...seed, regions: seed.regions.slice(0, 3), idcs: seed.idcs.slice(0, 1) });
      const ids = regionsIn(files);
      const names = new Map(ids.map((id, i) => [id, words[i]!]));
      const otherwise = withAliyun(renamed(files, names));
      const { estate, findings } = readEstate(memorySource(otherwise), { packaged: fixtureProfiles, today: '2026-11-21' });
      expect(lines(findings.filter(({ severity }) => severity === 'error'))).toEqual([]);
      const [before, emitted] = [emitEstate(estateOf(files)), emitEstate(estate!)];
      const world = emitted.read();
      expect(world.faults).toEqual([]);
      const called = (host: string): string => {
        const id = ids.find((one) => host.startsWith(`${one}-`));
        return id === undefined ? host : names.get(id)! + host.slice(id.length);
      };
      const pairs = [...arriving(before.read())].map((pair) => pair.split(' ').map(called).join(' '));
      const inland = (pair: string) => ALIYUN.some((id) => pair.startsWith(`${id}-`));
      expect(new Set([...arriving(world)].filter((pair) => !inland(pair)))).toEqual(new Set(pairs));
      const across = [...arriving(world)].filter(
        (pair) => inland(pair) && pair.includes(' us-east-1-') && !pair.startsWith('us-east-1-'),
      );
      expect(across.length).toBeGreaterThan(0);
    }),
    { numRuns: runs(10) },
  );
});

test('templates and manifests name regions to their clouds by the ids that these have', () => {
  fc.assert(
    fc.property(seeds(5), fc.uniqueArray(word, { minLength: 3, maxLength: 3 }), (seed, words) => {
      const files = filesOfSeed({ ...seed, regions: seed.regions.slice(0, 3), idcs: seed.idcs.slice(0, 1) });
      const ids = regionsIn(files);
      const emitted = emitEstate(estateOf(withAliyun(renamed(files, new Map(ids.map((id, i) => [id, words[i]!]))))));
      const zone = new RegExp(`^(?:${[...ids, ...ALIYUN].join('|')})[a-c]?$`);
      expect([...asked(emitted)].filter((region) => !zone.test(region))).toEqual([]);
      expect(asked(emitted).size).toBeGreaterThan(3);
      const places = emitted.environments();
      for (const [path, region] of places) {
        const i = words.findIndex((name) => path.startsWith(`${name}/`));
        if (i >= 0) expect([path, region]).toEqual([path, ids[i]]);
        else expect([path, [...ids, ...ALIYUN]]).toEqual([path, expect.arrayContaining([region])]);
      }
    }),
    { numRuns: runs(10) },
  );
});

test('so do those of lines, VPNs and racks of an Aliyun estate, and what its people are told to type', () => {
  const folder = join(ROOT, 'test/estates/aliyun/regions');
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [`regions/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
  const names = new Map([
    ['cn-beijing', 'north'],
    ['cn-hangzhou', 'east-2'],
  ]);
  const { estate, findings } = readEstate(memorySource(renamed(files, names)), { packaged: diskSource(packageRoot()) });
  expect(lines(findings.filter(({ severity }) => severity === 'error'))).toEqual([]);
  const emitted = emitEstate(estate!);
  expect(emitted.read().faults).toEqual([]);
  expect([...asked(emitted)].filter((region) => !/^cn-(?:beijing|hangzhou)(?:-[a-l])?$/.test(region))).toEqual([]);
  expect(new Set(emitted.environments().map(([, region]) => region))).toEqual(new Set(names.keys()));
  const told = [...idcFiles(estate!).values()].join('\n').match(/aliyun vpc \S+ --RegionId \S+/g);
  expect(new Set(told)).toEqual(new Set(['aliyun vpc DescribeVpnConnection --RegionId cn-beijing']));
});
