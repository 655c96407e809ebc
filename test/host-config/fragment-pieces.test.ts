/** What hosts of several fleets have alike is rendered once: it must be what each fleet's own rendering says, whatever differs. */
import { join } from 'node:path';
import fc from 'fast-check';
import type { Finding } from '../../lib/estate/findings/finding';
import type { Profile } from '../../lib/estate/model/profile';
import { loadEstate } from '../../lib/estate/read/load';
import { renderFragment } from '../../lib/host-config/fragment';
import { renderUserData } from '../../lib/host-config/user-data';
import { rackContext } from '../../lib/plan/idc/context';
import type { FleetContext } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { runs } from '../runs';
import { context, profile, repository } from './fixtures';

const ESTATES = ['.', 'test/estates/aliyun', 'test/estates/collection', 'test/estates/hybrid'];

interface Host {
  readonly fleet: FleetContext;
  readonly profiles: readonly Profile[];
}

/** Every fleet and rack of an estate, with the estate's own profiles: nothing of them is rendered yet. */
function hostsOf(folder: string): Host[] {
  const { estate } = loadEstate(join(repository, folder));
  if (estate === undefined) throw new Error(`no estate in ${folder}`);
  const named = (names: readonly string[]): Profile[] => names.map((name) => estate.profiles.get(name)!);
  return [
    ...planEstate(estate).regions.flatMap(({ fleets }) =>
      fleets.map((fleet) => ({ fleet: fleet.context, profiles: named(fleet.profiles) })),
    ),
    ...estate.idcs.flatMap((idc) =>
      idc.racks.map((rack) => ({ fleet: rackContext(estate, idc, rack), profiles: named(rack.profiles) })),
    ),
  ];
}

/** Profiles that nothing is known of yet. */
const fresh = (profiles: readonly Profile[]): Profile[] => profiles.map((each) => ({ ...each }));

/** All that a rendering says. */
function said({ fleet, profiles }: Host): unknown {
  const { userData, findings } = renderUserData(fleet, profiles, { compress: 'auto' });
  return { text: userData?.text, findings };
}

test.each(ESTATES)('every host of %s gets the bytes that it gets when it is rendered alone', (folder) => {
  const hosts = hostsOf(folder);
  expect(hosts.length).toBeGreaterThan(3);
  for (const host of hosts) expect(said(host)).toEqual(said({ ...host, profiles: fresh(host.profiles) }));
});

/** Other values that are easily taken for the same. */
const OTHERS = [true, false, 'true', 'false', 'null', '', 0, 1, '1', null, 'us-east-1', 'aliyun', 'idc', 3, [], ['a b'], {}];

/** Every way down to a value of a context. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path]))];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = changed(copy[key], rest, to);
  return copy;
}

test('a context that differs anywhere is told apart, whatever was rendered before', () => {
  const hosts = ESTATES.flatMap(hostsOf);
  const others = fc.constantFrom(...OTHERS);
  fc.assert(
    fc.property(fc.nat(hosts.length - 1), fc.nat(), fc.nat(), others, (at, which, way, other) => {
      const { fleet, profiles } = hosts[at]!;
      const one = profiles[which % profiles.length]!;
      const paths = pathsOf(fleet).filter((path) => path.length > 1);
      const odd = changed(fleet, paths[way % paths.length]!, other) as FleetContext;
      // A known finding or a thrown error is as good, when it is the same.
      const result = (given: Profile): unknown => {
        try {
          const findings: Finding[] = [];
          return [renderFragment(given, odd, findings), findings];
        } catch (error) {
          return String(error);
        }
      };
      expect(result(one)).toEqual(result({ ...one }));
    }),
    { numRuns: runs(80) },
  );
});

describe('what a template reads', () => {
  const HEAD = 'files:\n  - path: /etc/x\n    language: words\n    content: ';
  const rendered = (fragment: string, files: Record<string, string> = {}) => {
    const one = profile('one', fragment, files);
    return (params: Record<string, unknown>, changes: Partial<FleetContext> = {}): string => {
      const findings: Finding[] = [];
      const { files: made } = renderFragment(one, context({ ...changes, parameters: { one: params } }), findings);
      return findings.length > 0 ? findings.map(({ code }) => code).join() : made.map(({ content }) => content).join('|');
    };
  };

  type Case = readonly [params: Readonly<Record<string, unknown>>, text: string];
  const READ: readonly (readonly [what: string, template: string, cases: readonly Case[]])[] = [
    [
      'a value',
      '"{{params.a}}"',
      [
        [{ a: 'x' }, 'x'],
        [{ a: true }, 'true'],
        [{ a: 'y' }, 'y'],
        [{}, 'TEMPLATE_VARIABLE'],
      ],
    ],
    [
      'whether it is there',
      '"{{#if params.a}}y{{else}}n{{/if}}"',
      [
        [{ a: 'false' }, 'y'],
        [{ a: false }, 'n'],
        [{ a: 0 }, 'n'],
      ],
    ],
    [
      'its kind',
      '"{{eq params.a true}}"',
      [
        [{ a: true }, 'true'],
        [{ a: 'true' }, 'false'],
        [{ a: 1 }, 'false'],
      ],
    ],
    [
      'what is no number',
      '"{{params.a}}"',
      [
        [{ a: Number.NaN }, 'NaN'],
        [{ a: null }, ''],
        [{ a: Infinity }, 'Infinity'],
      ],
    ],
    [
      'elements',
      '"{{#each params.a}}{{this}}{{/each}}"',
      [
        [{ a: ['1', '2'] }, '12'],
        [{ a: ['12'] }, '12'],
        [{ a: ['3'] }, '3'],
      ],
    ],
    [
      'fields of elements',
      '"{{#each params.a}}{{b}}{{/each}}"',
      [
        [{ a: [{ b: 'x' }] }, 'x'],
        [{ a: [{ b: 'y' }] }, 'y'],
      ],
    ],
    [
      'names of elements',
      '"{{#each params.a}}{{@key}}{{/each}}"',
      [
        [{ a: { k: 1 } }, 'k'],
        [{ a: { l: 1 } }, 'l'],
      ],
    ],
    [
      'a value inside of another',
      '"{{#with params.a}}{{b}}{{/with}}"',
      [
        [{ a: { b: 'x' } }, 'x'],
        [{ a: { b: 'y' } }, 'y'],
      ],
    ],
    [
      'from inside of a block',
      '"{{#each params.a}}{{../params.b}}{{/each}}"',
      [
        [{ a: [1], b: 'x' }, 'x'],
        [{ a: [1], b: 'y' }, 'y'],
      ],
    ],
    [
      'from the root',
      '"{{#each params.a}}{{@root.params.b}}{{/each}}"',
      [
        [{ a: [1], b: 'x' }, 'x'],
        [{ a: [1], b: 'y' }, 'y'],
      ],
    ],
    [
      'what is only asked whether it is there',
      '"{{#if params.a}}y{{else}}n{{/if}}{{#unless params.a}}n{{else}}y{{/unless}}{{not params.a}}{{eq (not params.a) false}}"',
      [
        [{ a: 'x' }, 'yyfalsetrue'],
        [{ a: '' }, 'nntruefalse'],
        [{ a: [] }, 'nnfalsetrue'],
        [{ a: ['b'] }, 'yyfalsetrue'],
        [{ a: {} }, 'yyfalsetrue'],
        [{ a: 0 }, 'nntruefalse'],
        [{ a: null }, 'nntruefalse'],
        [{}, 'TEMPLATE_VARIABLE'],
      ],
    ],
    [
      'what is asked for first',
      '"{{#if params.a}}{{params.a}}{{/if}}"',
      [
        [{ a: 'x' }, 'x'],
        [{ a: 'y' }, 'y'],
        [{ a: '' }, ''],
      ],
    ],
    [
      'under a name that is a value',
      '"{{lookup params params.k}}"',
      [
        [{ k: 'p', p: '1' }, '1'],
        [{ k: 'q', p: '1', q: '2' }, '2'],
      ],
    ],
  ];

  test.each(READ)('%s', (_, template, cases) => {
    const render = rendered(`${HEAD}'${template.slice(1, -1)}'`);
    // Twice: the second time all of them are known.
    for (const [params, text] of [...cases, ...cases]) expect([params, render(params)]).toEqual([params, text]);
  });

  test('whether an item is there, and for what it is repeated', () => {
    const render = rendered(`files:
  - each: params.list
    when: '{{eq params.on true}}'
    path: '/etc/{{item}}'
    language: words
    content: '{{key}}{{item}}'
`);
    for (let i = 0; i < 2; i++) {
      expect(render({ list: ['a', 'b'], on: true })).toBe('0a|1b');
      expect(render({ list: ['b', 'a'], on: true })).toBe('0b|1a');
      expect(render({ list: ['a', 'b'], on: false })).toBe('');
      expect(render({ list: ['a'], on: 'true' })).toBe('');
    }
  });

  test('of what is only asked for nothing else: hosts with other values get the same one', () => {
    const one = profile('one', `${HEAD}'{{#if params.a.b}}yes{{/if}}'`);
    const made = (params: Record<string, unknown>) => renderFragment(one, context({ parameters: { one: params } }), []).files[0];
    const first = made({ a: { b: 'x', c: 1 }, d: 1 });
    expect(first).toMatchObject({ content: 'yes' });
    expect(made({ a: { b: ['y'], c: 2 }, d: 2 })).toBe(first);
    expect(made({ a: { b: '', c: 1 }, d: 1 })).not.toBe(first);
  });

  test('what is wrong is told each time, of an empty list, too', () => {
    const render = rendered('file: []\nfiles:\n  - { path: /etc/x, language: words, content: "{{params.a}}" }\n');
    for (let i = 0; i < 2; i++) expect(render({ a: 'x' })).toBe('FRAGMENT_UNKNOWN_KEY');
  });

  test('of a file that a value names, what any says that begins so', () => {
    const files = { 'a.one': '{{params.a}}', 'a.two': '{{params.b}}', other: '{{params.c}}' };
    const one = profile(
      'one',
      "files:\n  - path: /etc/x\n    language: words\n    template: true\n    source: 'a.{{params.file}}'\n",
      files,
    );
    const made = (params: Record<string, unknown>) => renderFragment(one, context({ parameters: { one: params } }), []).files[0];
    const first = made({ file: 'one', a: '1', b: '1', c: '1' });
    expect(first).toMatchObject({ content: '1' });
    expect(made({ file: 'one', a: '1', b: '1', c: '2' })).toBe(first);
    expect(made({ file: 'one', a: '2', b: '1', c: '1' })).toMatchObject({ content: '2' });
    expect(made({ file: 'two', a: '1', b: '2', c: '1' })).toMatchObject({ content: '2' });
  });

  test('a file of the folder, and which one', () => {
    const render = rendered(
      "files:\n  - path: /etc/x\n    language: words\n    template: true\n    source: '{{params.file}}'\n",
      { one: 'one {{params.a}}', other: 'other {{params.b}}' },
    );
    for (let i = 0; i < 2; i++) {
      expect(render({ file: 'one', a: '1', b: '1' })).toBe('one 1');
      expect(render({ file: 'one', a: '2', b: '1' })).toBe('one 2');
      expect(render({ file: 'other', a: '2', b: '1' })).toBe('other 1');
      expect(render({ file: 'other', a: '2', b: '2' })).toBe('other 2');
    }
  });
});
