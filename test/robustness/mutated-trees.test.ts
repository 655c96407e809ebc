/** Any value at any place of a file: findings, and those of the other files stay. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { aliyunOut } from '../../lib/cli/aliyun-out';
import { fillApp, newApp } from '../../lib/cli/estate-app';
import { idcFiles } from '../../lib/cli/idc-out';
import { collectionFindings } from '../../lib/collection/findings';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import { FindingsError } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { fragmentFindings, renderFindings } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { runs } from '../runs';

const RUNS = Number(process.env.MEISSA_FUZZ_RUNS ?? runs(30));
const packaged = diskSource(packageRoot());

/** Files of an estate: its regions, and as its own the profiles of this package that it uses. */
function filesOf(root: string, profiles: readonly string[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(root, 'regions')))
    files[`regions/${name}`] = readFileSync(join(root, 'regions', name), 'utf8');
  for (const profile of profiles) {
    for (const name of readdirSync(join(packageRoot(), 'cloud-config', profile)))
      files[`cloud-config/${profile}/${name}`] = readFileSync(join(packageRoot(), 'cloud-config', profile, name), 'utf8');
  }
  return files;
}

const OWN = ['base', 'etcd', 'docker', 'updates', 'kafka', 'line-agent'];
const estates = {
  example: filesOf(packageRoot(), OWN),
  hybrid: filesOf(join(packageRoot(), 'test/estates/hybrid'), OWN),
  aliyun: filesOf(join(packageRoot(), 'test/estates/aliyun'), OWN),
  collection: filesOf(join(packageRoot(), 'test/estates/collection'), OWN),
};

type Step = string | number;

/** Every place in a tree, the root among them. */
function places(tree: unknown, at: Step[] = []): Step[][] {
  const inside = Array.isArray(tree)
    ? tree.map((v, i): [Step, unknown] => [i, v])
    : typeof tree === 'object' && tree !== null
      ? Object.entries(tree)
      : [];
  return [at, ...inside.flatMap(([step, value]) => places(value, [...at, step]))];
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1,
    1e6,
    0.5,
    1e300,
    '',
    ' ',
    'x',
    'constructor',
    '__proto__',
    'toString',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '10.255.255.255/32',
    '999.1.1.1/33',
    [],
    {},
    [null],
    [[]],
    { a: null },
    '\u0000',
    '\n',
    '{{',
    '}}',
    '{{x}}',
    'sa-east-1z',
    'us-west-2-lax-1a',
    'a'.repeat(300),
    '🙂',
    '^(a+)+$',
    'ecs.x',
    't2.micro',
    'arn:aws:sns:x',
    '${Token[1]}',
    'ami-1',
    '65535',
    65535,
    4294967295,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

type Kind = 'set' | 'drop' | 'rename' | 'copy';
const change = fc.record({
  where: fc.nat(),
  kind: fc.constantFrom<Kind>('set', 'set', 'set', 'drop', 'rename', 'copy'),
  value: odd,
  from: fc.nat(),
});

/** Changes one place of a tree. */
function mutate(
  tree: unknown,
  { where, kind, value, from }: { where: number; kind: Kind; value: unknown; from: number },
): unknown {
  const all = places(tree);
  const at = all[where % all.length]!;
  if (at.length === 0) return kind === 'set' ? value : tree;
  const get = (path: Step[]): unknown => path.reduce((node, step) => (node as Record<Step, unknown>)[step], tree);
  const parent = get(at.slice(0, -1)) as Record<Step, unknown>;
  const last = at.at(-1)!;
  if (kind === 'drop') {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  } else if (kind === 'copy') parent[last] = structuredClone(get(all[from % all.length]!));
  else if (kind === 'rename' && !Array.isArray(parent)) {
    const inner = parent[last];
    delete parent[last];
    Object.defineProperty(parent, typeof value === 'string' ? value : String(last) + '-b', {
      value: inner,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else parent[last] = value;
  return tree;
}

/** All that happens to files without a disk or a cloud: what `validate` says, and where it says nothing what is emitted. */
function everything(files: Record<string, string>, emit: boolean): string[] {
  const { estate, fragments, findings } = readEstate(memorySource(files), { packaged, today: '2026-11-30' });
  const errors = () => findings.some(({ severity }) => severity === 'error');
  const all = [...findings];
  if (estate === undefined || errors()) all.push(...fragmentFindings(fragments));
  else {
    try {
      all.push(...collectionFindings(estate), ...renderFindings(estate, planEstate(estate)));
      if (emit && !all.some(({ severity }) => severity === 'error')) {
        try {
          fillApp(newApp(), estate);
          aliyunOut(estate);
          idcFiles(estate);
        } catch (error) {
          throw error instanceof FindingsError
            ? new Error(`accepted by validate, refused by the emitters: ${error.message}`)
            : error;
        }
      }
    } catch (error) {
      if (!(error instanceof FindingsError)) throw error;
      all.push(...error.findings);
    }
  }
  return all
    .filter(({ severity }) => severity === 'error')
    .map(({ file, code, path, message }) => `${file} ${code} ${path} ${message}`);
}

describe.each(Object.entries(estates))('%s', (name, valid) => {
  const paths = Object.keys(valid).filter((path) => path.endsWith('.yaml'));
  const trees = new Map(paths.map((path) => [path, parse(valid[path]!, { schema: 'core' }) as unknown]));

  test('the files as they are have no errors', () => expect(everything(valid, true)).toEqual([]));

  test('a value of any shape at any place is told, and throws nothing', () => {
    const late: string[] = [];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(change, { minLength: 1, maxLength: 2 }), (path, changes) => {
        const tree = changes.reduce<unknown>(mutate, structuredClone(trees.get(path)));
        const found = everything({ ...valid, [path]: stringify(tree) ?? '' }, true);
        late.push(...found.filter((line) => line.includes('REFUSED_LATE')));
      }),
      { numRuns: RUNS },
    );
    // The net is there for what nobody thought of; what is known is refused where it is read.
    expect(late).toEqual([]);
  });

  test('an error of another file is told beside it', () => {
    const faults: [string, string][] = [
      ['cloud-config/docker/profile.yaml', 'profile: dokker'],
      ['cloud-config/docker/cloud-config.yaml', 'files: [{{]'],
      ['cloud-config/docker/profile.yaml', 'parameters: { properties: [null] }'],
      ['regions/images.lock.yaml', 'release: 7'],
    ];
    // Not every estate here uses every profile.
    const told = faults.filter(([other, fault]) =>
      everything({ ...valid, [other]: fault }, false).some((line) => line.startsWith(other)),
    );
    expect(told).not.toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), change, fc.constantFrom(...told), (path, one, [other, fault]) => {
        fc.pre(path !== other && !path.startsWith('cloud-config/'));
        const wrong = { ...valid, [other]: fault };
        const alone = everything(wrong, false).filter((line) => line.startsWith(other));
        expect(alone).not.toEqual([]);
        const both = everything({ ...wrong, [path]: stringify(mutate(structuredClone(trees.get(path)), one)) ?? '' }, false);
        // A fleet that is gone asks for its profile no more; its file is not what this is about.
        const kept = alone.filter((line) => both.includes(line));
        fc.pre(kept.length === alone.length || both.some((line) => line.startsWith(path)));
        expect(kept).toEqual(alone);
      }),
      { numRuns: RUNS },
    );
  });
  void name;
});
