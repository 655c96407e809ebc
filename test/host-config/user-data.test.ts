import { gunzipSync } from 'node:zlib';
import Handlebars from 'handlebars';
import { budgetTable } from '../../lib/host-config/budget';
import { renderUserData } from '../../lib/host-config/user-data';
import { context, defaults, ownProfiles, profile } from './fixtures';

/** Text that hardly compresses, always the same. */
function noise(bytes: number): string {
  let state = 1;
  let text = '';
  while (text.length < bytes) {
    state = (state * 48271) % 2147483647;
    text += state.toString(36);
  }
  return text.slice(0, bytes);
}
const big = (bytes: number) => [
  profile('big', 'files: [{ path: /etc/big, source: big }, { path: /etc/small, content: a }]', { big: noise(bytes) }),
];

test('the same context and profiles give the same bytes, and the budget is all of them', () => {
  const profiles = ownProfiles('docker', 'updates');
  const given = context({ parameters: defaults(profiles) });
  const [first, second] = [
    renderUserData(given, profiles, { compress: 'auto' }),
    renderUserData(given, ownProfiles('docker', 'updates'), { compress: 'auto' }),
  ];
  expect(first.findings).toEqual([]);
  expect(first).toEqual(second);
  const { text, base64, bytes, gzipped, budget } = first.userData!;
  expect(Buffer.from(base64, 'base64').toString()).toBe(text);
  expect({ bytes, gzipped }).toEqual({ bytes: Buffer.byteLength(text), gzipped: false });
  expect(budget.reduce((sum, line) => sum + line.bytes, 0)).toBe(bytes);
});

test('what is over the limit is gzipped with compress auto, and reads back', () => {
  const { userData, findings } = renderUserData(context(), big(17_000), { compress: 'auto' });
  expect(findings).toEqual([]);
  expect(userData).toMatchObject({ gzipped: true });
  const packed = Buffer.from(userData!.base64, 'base64');
  expect(packed.length).toBe(userData!.bytes);
  expect(packed.length).toBeLessThan(16_384);
  expect(gunzipSync(packed).toString()).toBe(userData!.text);
  expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
});

test.each([
  ['never', 17_000],
  ['auto', 40_000],
] as const)('with compress %s %d bytes are refused, and the budget is shown', (compress, bytes) => {
  const { userData, findings } = renderUserData(context(), big(bytes), { compress });
  expect(userData).toBeUndefined();
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    code: 'USER_DATA_TOO_LARGE',
    file: 'regions/sa-east-1.yaml',
    path: 'clusters.core.fleets.storage',
  });
  expect(findings[0]!.message).toMatch(/ of 16,384$/m);
  expect(findings[0]!.message).toMatch(/^ +[\d,]+ {4}\/etc\/big$/m);
});

test('the budget table sums profiles and sorts what they are made of', () => {
  const table = budgetTable(
    [
      { section: 'profile:a /etc/x', profile: 'a', bytes: 1_200 },
      { section: 'profile:a unit x', profile: 'a', bytes: 34 },
      { section: 'profile:b /etc/y', profile: 'b', bytes: 5 },
    ],
    16_384,
  );
  expect(table.split('\n')).toEqual([
    '   1,234  a',
    '   1,200    /etc/x',
    '      34    unit x',
    '       5  b',
    '       5    /etc/y',
    '   1,239  of 16,384',
  ]);
});

test('a secret is refused with the place of what holds it, and is not told', () => {
  const { userData, findings } = renderUserData(
    context({ parameters: { mine: { word: 'geheim' } } }),
    [
      profile(
        'mine',
        'files:\n  - path: /etc/a\n    content: a\n  - path: /etc/x\n    language: env-file\n    content: |\n      a=b\n      PASSWORD={{params.word}}\n',
      ),
    ],
    { compress: 'auto' },
  );
  expect(userData).toBeUndefined();
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'SECRET_IN_USER_DATA',
      file: 'cloud-config/mine/cloud-config.yaml',
      line: 4,
      path: 'file /etc/x',
    }),
  ]);
  expect(JSON.stringify(findings)).not.toContain('geheim');
});

test('an address that coreos-cloudinit would empty is refused', () => {
  const { findings } = renderUserData(context(), [profile('mine', 'files: [{ path: /etc/x, content: "a=$private_ipv4" }]')], {
    compress: 'auto',
  });
  expect(findings).toEqual([
    expect.objectContaining({ code: 'USER_DATA_MISREAD', message: expect.stringContaining('$private_ipv4') }),
  ]);
});

test('findings of all profiles come at once, sorted', () => {
  const { findings } = renderUserData(
    context(),
    [profile('b', 'file: 1\nunit: 1'), profile('a', "sysctl: [{ name: x, value: '{{nothing}}' }]")],
    { compress: 'auto' },
  );
  expect(findings.map((finding) => `${finding.file}:${finding.line} ${finding.code}`)).toEqual([
    'cloud-config/a/cloud-config.yaml:1 TEMPLATE_VARIABLE',
    'cloud-config/b/cloud-config.yaml:1 FRAGMENT_UNKNOWN_KEY',
    'cloud-config/b/cloud-config.yaml:2 FRAGMENT_UNKNOWN_KEY',
  ]);
});

test('templates of profiles are compiled once, however many fleets are rendered', () => {
  const { prototype } = (Handlebars as unknown as { JavaScriptCompiler: { prototype: { compile(): unknown } } })
    .JavaScriptCompiler;
  const compile = jest.spyOn(prototype, 'compile');
  try {
    const profiles = ownProfiles('docker', 'updates');
    const given = context({ parameters: defaults(profiles) });
    renderUserData(given, profiles, { compress: 'auto' });
    const { length } = compile.mock.calls;
    expect(length).toBeGreaterThan(0);
    renderUserData({ ...given, fleet: { ...given.fleet, hostPrefix: 'another' } }, profiles, { compress: 'auto' });
    expect(compile).toHaveBeenCalledTimes(length);
  } finally {
    compile.mockRestore();
  }
});
