import { checkParameterSchema, parameterDefaults } from '../../lib/estate/read/parameter-schema';
import { checkJson } from '../../lib/estate/schema/json-check';
import { fleet, south } from './cases/case';
import { lines, loadChanged, type Written } from './written';

function parametersOf(change: (w: Written) => void): unknown {
  const { estate, findings } = loadChanged(change);
  expect(lines(findings)).toEqual([]);
  return estate!.regions[0]!.clusters[0]!.fleets[1]!.parameters.docker;
}

describe('parameters', () => {
  test('are those of the profile where nobody says anything', () => {
    expect(parametersOf(() => {})).toEqual({ stopTimeout: 60, logDriver: 'journald' });
  });

  test('of the fleet win over the cluster, the region, the estate and the profile', () => {
    const layers: ((w: Written) => void)[] = [
      (w) => (w.estate.profiles = { docker: { stopTimeout: 1 } }),
      (w) => (south(w).profiles = { docker: { stopTimeout: 2 } }),
      (w) => (south(w).clusters.core.profiles = { docker: { stopTimeout: 3 } }),
      (w) => (fleet(w).parameters = { docker: { stopTimeout: 4 } }),
    ];
    layers.forEach((_, i) => {
      const applied = (w: Written) => {
        for (const layer of layers.slice(0, i + 1)) layer(w);
      };
      expect(parametersOf(applied)).toMatchObject({ stopTimeout: i + 1 });
    });
  });

  test('that are mappings merge by key', () => {
    const { estate } = loadChanged((w) => (w.estate.profiles = { base: { sysctl: { 'net.core.somaxconn': '1024' } } }));
    expect(estate!.regions[0]!.clusters[0]!.fleets[0]!.parameters.base).toMatchObject({
      sysctl: { 'vm.swappiness': '1', 'net.core.somaxconn': '1024' },
    });
  });

  test.each([
    [{ docker: { stopTimeout: 0 } }, 'docker.stopTimeout', '0 is not allowed: at least 1'],
    [{ docker: { stopTimeout: '60' } }, 'docker.stopTimeout', '"60" is not what belongs here: a number in quotes is text'],
    [{ docker: { logDriver: 'syslog' } }, 'docker.logDriver', '"syslog" is none of journald, json-file'],
    [{ docker: { stopTimout: 60 } }, 'docker.stopTimout', 'unknown key "stopTimout"'],
    [{ base: { sshAuthorizedKeys: ['rsa'] } }, 'base.sshAuthorizedKeys.0', '"rsa" is not allowed: text that matches ^ssh-'],
    [{ dokcer: {} }, 'dokcer', 'storage doesn\'t have the profile "dokcer". Did you mean "docker"?'],
  ])('%j are refused where they are written', (parameters, path, message) => {
    const { findings } = loadChanged((w) => (fleet(w).parameters = parameters));
    expect(findings).toMatchObject([
      { file: 'regions/sa-east-1.yaml', path: `clusters.core.fleets.storage.parameters.${path}`, message },
    ]);
  });

  test('of the whole estate are refused in estate.yaml', () => {
    const { findings } = loadChanged((w) => (w.estate.profiles = { docker: { stopTimeout: 0 } }));
    expect(new Set(findings.map((f) => f.file))).toEqual(new Set(['regions/estate.yaml']));
    expect(findings).toHaveLength(1);
  });

  test('for a profile that no fleet has are refused', () => {
    expect(loadChanged((w) => (w.estate.profiles = { kafka: { x: 1 } })).findings).toMatchObject([
      { code: 'PARAMETERS_UNUSED', file: 'regions/estate.yaml', path: 'profiles.kafka' },
    ]);
    expect(loadChanged((w) => (south(w).profiles = { kafka: { x: 1 } })).findings).toMatchObject([
      { code: 'PARAMETERS_UNUSED', file: 'regions/sa-east-1.yaml' },
    ]);
  });
});

describe('the subset of JSON Schema', () => {
  test('knows types, bounds, patterns, items, required and additional properties', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      additionalProperties: { type: 'integer' },
      properties: {
        a: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string', minLength: 2, maxLength: 3 } },
        b: { const: 7 },
        c: { type: 'number', maximum: 1 },
      },
    };
    expect(checkParameterSchema(schema)).toEqual([]);
    const paths = (value: unknown) => checkJson(schema, value).problems.map((p) => p.path.join('.'));
    expect(paths({ a: ['ok'], b: 7, c: 0.5, d: 1 })).toEqual([]);
    expect(paths({ a: ['x', 'toolong'], b: 8, c: 2, d: 'x' })).toEqual(['a.0', 'a.1', 'b', 'c', 'd']);
    expect(paths({ b: 7 })).toEqual(['a']);
    expect(paths({ a: [] })).toEqual(['a']);
    expect(paths('x')).toEqual(['']);
  });

  test('refuses keywords that it would not hold', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', formaat: 'x', minimun: 1 } } };
    expect(checkParameterSchema(schema)).toMatchObject([
      { fix: expect.stringContaining('use type') },
      { write: [[{ rename: ['properties', 'a', 'minimun'], to: 'minimum' }]] },
    ]);
  });

  test('gives the defaults of nested properties', () => {
    expect(parameterDefaults({ properties: { a: { default: 1 }, b: { properties: { c: { default: 2 } } }, d: {} } })).toEqual({
      a: 1,
      b: { c: 2 },
    });
  });
});
