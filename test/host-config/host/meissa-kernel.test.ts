/** What hosts set of the kernel that no sysctl does: by the real script, on files like the kernel's, and on the kernel's own where it has them here. */
import { existsSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { hostConfig } from '../../../lib/host-config/host-config';
import { describeWithRealParts, lacksNamespaces, testWhere } from '../../real-parts';
import { context, defaults, ownProfiles } from '../fixtures';
import { Place } from './net-lab';
import { Sandbox } from './sandbox';

const huge = '/sys/kernel/mm/transparent_hugepage/enabled';
const profiles = ownProfiles('base');
const parameters = (own: Record<string, unknown>) => ({ parameters: { base: { ...defaults(profiles).base, ...own } } });
let host: Sandbox;
afterEach(() => host.end());

/** @param swaps lines of /proc/swaps below its heading. */
function installed(own: Record<string, unknown> = {}, swaps = ''): Sandbox {
  host = new Sandbox().install(['base'], parameters(own)).stub('systemctl');
  return host
    .write('/proc/swaps', `Filename Type Size Used Priority\n${swaps}`)
    .write('/proc/sys/net/core/rps_sock_flow_entries', '0');
}

test('swap is turned off by whoever turned it on, and who fails to is told', async () => {
  installed();
  expect(await host.run('meissa-kernel')).toMatchObject({ code: 0, err: '' });
  expect(host.calls()).toEqual(['systemctl stop *.swap']);
  installed({}, '/dev/zram0 partition 1 0 100\n');
  expect(await host.run('meissa-kernel')).toMatchObject({ code: 1, err: 'meissa-kernel: not as wanted: swap is on\n' });
});

test('an image’s swap does not come up at all, unless a fleet wants it, and then nobody turns it off', async () => {
  const units = (swap: boolean) => hostConfig(context(parameters({ swap })), profiles).config.units;
  const target = (swap: boolean) => units(swap).find(({ name }) => name === 'swap.target');
  expect(target(false)).toMatchObject({ mask: true });
  expect(target(true)).toBeUndefined();
  installed({ swap: true }, '/swapfile file 1 0 -2\n');
  expect(await host.run('meissa-kernel')).toMatchObject({ code: 0 });
  expect(host.calls()).toEqual([]);
});

test.each(['madvise', 'never', 'always'])(
  'huge pages are %s, and a kernel where they stay otherwise, or that has none, is told',
  async (want) => {
    // Like the kernel's, the file says in brackets what holds; it takes nothing.
    installed({ transparentHugePages: want }).write(huge, `${want}\n`);
    const { code, err } = await host.run('meissa-kernel');
    expect([code, err, host.read(huge)]).toEqual([1, expect.stringContaining(`${huge} is ${want}\n`), `${want}\n`]);
    installed({ transparentHugePages: want });
    expect(await host.run('meissa-kernel')).toMatchObject({ code: 0, out: 'this kernel has no transparent huge pages\n' });
  },
);

// What this machine has anyway: its kernel is asked in earnest, and nothing changes.
const standing = existsSync(huge) ? /\[(\w+)\]/.exec(readFileSync(huge, 'utf8'))?.[1] : undefined;
testWhere(
  standing === undefined ? ['this kernel has no transparent huge pages'] : [],
  'this machine’s kernel takes it, and reads it back',
  async () => {
    installed({ transparentHugePages: standing }).write('/sys/kernel/mm/transparent_hugepage/x', '');
    symlinkSync(huge, join(host.root, huge));
    expect(await host.run('meissa-kernel')).toMatchObject({ code: 0, out: '', err: '' });
  },
);

test('vm.swappiness is a parameter, of which `sysctl` has the last word', () => {
  const value = (own: Record<string, unknown>) =>
    hostConfig(context(parameters(own)), profiles).config.sysctl['vm.swappiness']?.value;
  expect([value({}), value({ swappiness: 10 }), value({ swappiness: 10, sysctl: { 'vm.swappiness': '20' } })]).toEqual([
    '1',
    '10',
    '20',
  ]);
});

describeWithRealParts([], lacksNamespaces(), 'packets', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.end());

  test.each([2, 32, 33, 64])('of every queue of a real device are spread over all of %s processors', async (processors) => {
    installed({ spreadPackets: true }).stub('nproc', `echo ${processors}`);
    const queues = ['eth0/queues/rx-0', 'eth0/queues/rx-1', 'lo/queues/rx-0'].map((queue) => `/sys/class/net/${queue}`);
    for (const queue of queues) host.write(`${queue}/rps_cpus`, '0\n').write(`${queue}/rps_flow_cnt`, '0\n');
    host.write('/sys/class/net/eth0/device', '');
    expect(await host.run('meissa-kernel')).toMatchObject({ code: 0, err: '' });
    const mask = { 2: '3', 32: 'ffffffff', 33: '1,ffffffff', 64: 'ffffffff,ffffffff' }[processors];
    expect(queues.map((queue) => host.read(`${queue}/rps_cpus`)?.trim())).toEqual([mask, mask, '0']);
    expect(host.read(`${queues[0]}/rps_flow_cnt`)).toBe('16384\n');
    expect(host.read('/proc/sys/net/core/rps_sock_flow_entries')).toBe('32768\n');
  });

  test('the kernel takes the mask of this machine, and reads it back', async () => {
    place.ip('link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
    installed({ spreadPackets: true });
    host.write('/sys/class/net/eth0/device', '');
    // The queue of the namespace, which only a mount of its own shows.
    const script = `set -e
      mkdir -p "$1/real"; mount -t sysfs sysfs "$1/real"; ln -s "$1/real/class/net/veth0/queues" "$1/sys/class/net/eth0/queues"
      MEISSA_ROOT=$1 PATH=$1/stubs:$PATH "$1/opt/meissa/bin/meissa-kernel" >&2
      cat "$1/real/class/net/veth0/queues/rx-0/rps_cpus"`;
    const read = place.run('unshare', '--mount', 'bash', '-c', script, 'bash', host.root);
    expect(Number.parseInt(read.replaceAll(',', ''), 16)).toBe(2 ** cpus().length - 1);
  });

  test('a queue that takes no mask is told by its name', async () => {
    installed({ spreadPackets: true }).write('/sys/class/net/eth0/device', '');
    host.write('/sys/class/net/eth0/queues/rx-0/x', '');
    symlinkSync('/dev/full', join(host.root, 'sys/class/net/eth0/queues/rx-0/rps_cpus'));
    expect(readlinkSync(join(host.root, 'sys/class/net/eth0/queues/rx-0/rps_cpus'))).toBe('/dev/full');
    expect(await host.run('meissa-kernel')).toMatchObject({ code: 1, err: expect.stringContaining('eth0/queues/rx-0\n') });
  });
});
