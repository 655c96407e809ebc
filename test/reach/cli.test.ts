/** `meissa reach` as a person calls it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meissa } from '../cli/run';
import { ROOT } from '../root';
import { emit } from './emitted';

const HYBRID = join(ROOT, 'test/estates/hybrid');
let out: string;
let broken: string;
beforeAll(() => {
  const hybrid = emit('test/estates/hybrid');
  out = mkdtempSync(join(tmpdir(), 'meissa-reach-'));
  broken = mkdtempSync(join(tmpdir(), 'meissa-reach-'));
  hybrid.writeTo(out);
  hybrid
    .changed('us-east-1-core-worker-1', ({ Resources }) => {
      Resources.M1RoutePrivateA!.Properties.NetworkInterfaceId = { Ref: 'Nobody' };
    })
    .writeTo(broken);
});
afterAll(() => {
  for (const folder of [out, broken]) rmSync(folder, { recursive: true, force: true });
});

const reach = (...args: string[]) => meissa('reach', ...args, '--from-out', out);

test('synthesizes the estate by itself; exit code 0 is yes', async () => {
  const said = await meissa('reach', 'beijing-a01-1', 'us-east-1-core-worker-1', '--root', HYBRID);
  expect(said.code).toBe(0);
  expect(said.stdout).toMatch(/^yes {2}beijing-a01-1 -> us-east-1-core-worker-1: it arrives/);
  expect(said.stdout).toContain('[idc.out/beijing/routers/r1/frr.conf line ');
  expect(said.stdout).toMatch(/\nforward\n[\s\S]*\nback\n/);
});

test('exit code 1 is no, with the hop that stopped it', async () => {
  const said = await reach('beijing', 'us-east-1', '--without', 'line', 'fallback');
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(/^no {2}beijing-a01-1 -> us-east-1-/);
  expect(said.stdout).toContain('  x  beijing/r1: no route to');
});

test('an answer is for all hosts that the names stand for', async () => {
  expect((await reach('eu-west-1/core/worker:container', 'us-east-1/core/worker:container')).stdout).toContain(
    '(the same for 16 pairs)',
  );
});

test('--port asks for one port; without a protocol it is TCP', async () => {
  expect((await reach('us-east-1-core-worker-1', 'us-east-1-core-voters-1', '--port', '2379')).code).toBe(0);
  expect((await reach('us-east-1-core-worker-1', 'us-east-1-core-voters-1', '--port', 'icmp')).stdout).toContain('lets in');
});

test('--json has the hops, stable codes and the faults', async () => {
  const said = await reach('beijing', 'eu-west-1', '--without', 'eu-west-1--us-east-1', '--json');
  const document = JSON.parse(said.stdout);
  expect(document).toMatchObject({ version: 1, yes: false, code: 'LINK_DOWN', faults: [] });
  expect(document.forward.at(-1)).toMatchObject({ passes: false, from: { stack: 'links/eu-west-1--us-east-1/request' } });
});

test('the matrix, for a person and as JSON', async () => {
  const said = await reach('--matrix');
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('us-east-1-core-worker-*:container (4)');
  const { classes, cells } = JSON.parse((await reach('--matrix', '--json')).stdout);
  expect(classes).toHaveLength(12);
  expect(cells).toHaveLength(12);
  expect(cells[0][11]).toEqual({ yes: true, ports: ['all'] });
});

test('the least packet of the path is said, and --size asks for one', async () => {
  expect((await reach('beijing-a01-1', 'us-east-1-core-worker-1')).stdout).toContain('\n     largest packet: 1400 bytes, at ');
  const said = await reach('beijing-a01-1', 'us-east-1-core-worker-1', '--size', '8501', '--json');
  expect(JSON.parse(said.stdout)).toMatchObject({ yes: false, code: 'TOO_BIG' });
});

test('what is down may be named as the estate names its links', async () => {
  const asked = ['eu-west-1/core/worker:container', 'beijing-a01-1', '--root', HYBRID, '--without'] as const;
  expect((await reach(...asked, 'backbone')).stdout).toMatch(/^no .*: eu-west-1 transit gateway: that link is down/);
  const through = await reach(...asked, 'europe');
  expect(through.stderr).toMatch(/"europe" has no wire of its own: it goes over [\s\S]*backbone/);
});

test('--check says what no packet has to meet; exit code 1 where there is anything', async () => {
  const clean = await reach('--check');
  expect([clean.code, clean.stdout]).toEqual([0, 'nothing undefined, unused, lost or going round\n']);
  const said = await meissa('reach', '--check', '--from-out', broken, '--json');
  expect(said.code).toBe(1);
  expect(JSON.parse(said.stdout).remarks).toContainEqual({
    code: 'REACH_FAULT',
    where: 'us-east-1/core-worker-1',
    what: 'M1RoutePrivateA',
    message: 'us-east-1/core-worker-1 has no resource Nobody',
    fix: expect.stringContaining('synthesize anew'),
  });
  expect((await meissa('reach', '--check', '--from-out', broken)).stdout).toMatch(
    /REACH_BLACKHOLE: us-east-1\/core-worker-1 M1RoutePrivateA: /,
  );
});

test('faults of what was emitted are said, with their stack and logical id', async () => {
  const said = await meissa('reach', 'us-east-1-core-worker-4', 'us-east-1-core-worker-1:container', '--from-out', broken);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('us-east-1/core-worker-1 M1RoutePrivateA: us-east-1/core-worker-1 has no resource Nobody');
  expect(said.stdout).toContain('172.16.48.0/24 leads to nothing');
});

test.each<[string, string[], RegExp]>([
  [
    'an unknown name, with the nearest',
    ['us-east-1-core-wroker-1', 'us-east-1'],
    /ENDPOINT_UNKNOWN[\s\S]*write: us-east-1-core-worker-1/,
  ],
  [
    'an unknown thing that is down',
    ['us-east-1', 'eu-west-1', '--without', 'lien'],
    /no link, zone, router, core or host is called "lien"[\s\S]*write: line/,
  ],
  ['a port that is none', ['us-east-1', 'eu-west-1', '--port', '99999/tcp'], /BAD_PORT/],
  ['one name alone', ['us-east-1'], /BAD_TARGET/],
  ['names beside the matrix', ['us-east-1', 'eu-west-1', '--matrix'], /the matrix is of the whole estate/],
  ['a size that is none', ['us-east-1', 'eu-west-1', '--size', '70000'], /BAD_SIZE/],
  ['a name beside the check', ['us-east-1', 'eu-west-1', '--check'], /the check is of the whole estate/],
  ['part of a name, with those that hold it', ['core/worker', 'us-east-1'], /write: .*us-east-1\/core\/worker/],
  ['a port beside the matrix', ['--matrix', '--port', '22'], /BAD_OPTION/],
])('refuses %s, without a stack trace', async (_, args, words) => {
  const said = await reach(...args);
  expect(said.code).toBe(1);
  expect(said.stderr).toMatch(words);
  expect(said.stderr).not.toMatch(/\n\s+at /);
  expect(said.stdout).toBe('');
});

test('refuses a folder that holds nothing that was emitted', async () => {
  const said = await meissa('reach', 'a', 'b', '--from-out', HYBRID);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('NOTHING_EMITTED');
});

test('routers that prefer what the other tells never settle: a fault, and an answer that claims nothing', async () => {
  for (const router of ['r1', 'r2']) {
    const file = join(broken, `idc.out/beijing/routers/${router}/frr.conf`);
    const text = readFileSync(file, 'utf8');
    const circle = text.replaceAll(/( match ip address prefix-list core-\S+-in\n)/g, '$1 set local-preference 300\n');
    expect(circle).not.toBe(text);
    writeFileSync(file, circle);
  }
  const said = await meissa('reach', 'beijing-a01-1', 'us-east-1-core-worker-1', '--from-out', broken);
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(/^no {2}.*beijing\/r1: its BGP route to 10\.1\.0\.0\/16 does not settle\n/);
  expect(said.stderr).toContain('frr.conf bgp: its routes to 10.1.0.0/16, 10.2.0.0/16');
  const { code, faults } = JSON.parse(
    (await meissa('reach', 'beijing-a01-1', 'us-east-1-core-worker-1', '--from-out', broken, '--json')).stdout,
  );
  expect(code).toBe('UNSETTLED');
  expect(faults).toContainEqual(expect.objectContaining({ what: 'bgp', where: 'idc.out/beijing/routers/r2/frr.conf' }));
});
