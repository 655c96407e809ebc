/** `meissa push` and `status` of a data centre, beside an ssh that answers as routers and hosts would. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MEISSA, run } from '../child/run';
import { cloudOnly } from '../e2e/deployed-estate';
import { ROOT } from '../root';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'meissa-push-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each line: an address, and what it says; everybody else has what is described. */
const SSH = `#!/bin/bash
while [[ $1 == -* && $1 != -- ]]; do case $1 in -o|-l) shift 2 ;; *) shift ;; esac; done
shift; address=$1
# Its report, which none of them has written.
[[ $2 != cat* ]] || exit 1
command=$(sed -n 's/^set -- //p')
echo "$address $command" >>${folder}/asked
case "$address $command" in
  '10.200.0.1 look'|'10.200.0.2 look'|'10.200.1.2 look') printf 'changed\\n--- /etc/frr/frr.conf\\n+++ /etc/frr/frr.conf\\n-old\\n+new\\n' ;;
  '10.200.2.3 look') echo 'Connection refused' >&2; exit 255 ;;
  *' look') echo unchanged ;;
  '10.200.0.2 take '*) echo 'FRR does not take /etc/frr/frr.conf' >&2; exit 22 ;;
  *' take '*) echo waiting ;;
  *' confirm') echo confirmed ;;
esac
`;

async function meissa(...args: string[]) {
  writeFileSync(join(folder, 'asked'), '');
  writeFileSync(join(folder, 'ssh'), SSH);
  chmodSync(join(folder, 'ssh'), 0o755);
  const env = { ...cloudOnly({}), PATH: `${folder}${delimiter}${process.env.PATH}` };
  const ran = await run(process.execPath, [...MEISSA, ...args, '--root', join(ROOT, 'test/estates/aliyun')], {
    env,
    timeout: 60,
  });
  const asked = readFileSync(join(folder, 'asked'), 'utf8').split('\n').filter(Boolean);
  return { ...ran, asked };
}
const REACHED = ['r1', 'r2', 'bj-idc-a01-1', 'bj-idc-a01-2'];

test('--dry-run says what differs on each, and changes nothing', async () => {
  const { code, stdout, asked } = await meissa('push', 'bj-idc', ...REACHED, '--dry-run', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout).hosts).toEqual([
    { host: 'r1', outcome: 'changes', diff: expect.stringContaining('-old\n+new') },
    { host: 'r2', outcome: 'changes', diff: expect.stringContaining('+++ /etc/frr/frr.conf') },
    { host: 'bj-idc-a01-1', outcome: 'changes', diff: expect.anything() },
    { host: 'bj-idc-a01-2', outcome: 'unchanged' },
  ]);
  expect(asked).toEqual(['10.200.0.1 look', '10.200.0.2 look', '10.200.1.2 look', '10.200.1.3 look']);
});

test('one after the other, and the first that refuses ends it: no further host is touched', async () => {
  const { code, stdout, stderr, asked } = await meissa('push', 'bj-idc', ...REACHED, '--within', '30', '--yes', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).hosts).toEqual([
    { host: 'bj-idc-a01-2', outcome: 'unchanged' },
    { host: 'r1', outcome: 'pushed' },
    { host: 'r2', outcome: 'failed', error: expect.objectContaining({ code: 'PUSH_REFUSED' }) },
    { host: 'bj-idc-a01-1', outcome: 'skipped' },
  ]);
  expect(asked.filter((one) => !one.endsWith(' look'))).toEqual([
    '10.200.0.1 take 30',
    '10.200.0.1 confirm',
    '10.200.0.2 take 30',
  ]);
  expect(stderr).toContain('PUSH_REFUSED: r2: FRR does not take /etc/frr/frr.conf; nothing was changed');
  expect(stderr).toContain('not touched: bj-idc-a01-1');
});

test('a region, an unknown host, a time that is none, and nobody who could answer are refused, before anybody is asked', async () => {
  for (const [args, words] of [
    [['cn-beijing'], /NOT_PUSHED_TO: cn-beijing is a region[\s\S]*meissa deploy cn-beijing/],
    [['bj-idc', 'r3'], /HOST_UNKNOWN: .*"r3"/],
    [['bj-idc', 'r1', '--within', '5', '--yes'], /BAD_NUMBER: --within 5/],
    [['bj-idc', 'r1'], /NOT_CONFIRMED[\s\S]*meissa push bj-idc r1 --yes/],
    [['nowhere'], /REGION_UNKNOWN/],
  ] as const) {
    const { code, stderr, asked } = await meissa('push', ...args);
    expect([code, stderr, asked]).toEqual([1, expect.stringMatching(words), []]);
  }
});

test('status says who is reached, and who has other files than described, with the command', async () => {
  const { code, stdout } = await meissa('status', 'bj-idc');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^bj-idc {2}r1 {2}router {2}10\.200\.0\.1 {2}other than described: meissa push bj-idc r1 --dry-run$/m);
  expect(stdout).toMatch(/^bj-idc {2}bj-idc-a01-2 {2}host {2}10\.200\.1\.3 {2}as described/m);
  expect(stdout).toMatch(/^bj-idc {2}bj-idc-a02-2 {2}host {2}10\.200\.2\.3 {2}unreachable {2}.*Connection refused/m);
});
