/** What a host says of its disks: to its report, and to whoever asks whether it is well. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from './sandbox';

const volumes = [
  { name: 'data', device: '/dev/sdg', gb: 1, type: 'gp3' as const, mount: '/srv/data', filesystem: 'ext4' as const },
];
let host: Sandbox;
beforeEach(() => {
  host = new Sandbox().install(['base'], { volumes });
  host.stub('findmnt', 'echo rw,noatime').stub('stat').stub('df', 'echo "/dev/sda9 8000 800 7200 10% /"');
});
afterEach(() => host.end());

const told = async (): Promise<string> => {
  const said = await host.run('../report.d/disk-errors');
  const well = await host.run('../health.d/disks');
  expect(said.code).toBe(0);
  expect([well.code, well.err]).toEqual(said.out === 'disk-errors none\n' ? [0, ''] : [1, said.out]);
  return said.out;
};

test('nothing is wrong with disks that are mounted, can be written, and have room', async () => {
  expect(await told()).toBe('disk-errors none\n');
});

test.each([
  [
    'what the volume could not do',
    () => host.write('run/meissa/disk-data', 'volume data vol-0a does not grow to its size: resize2fs: no\n'),
    'volume data vol-0a does not grow to its size: resize2fs: no',
  ],
  [
    'a volume that has not come',
    () => host.stub('findmnt', 'exit 1'),
    'volume data is not mounted: journalctl -u meissa-volume-data',
  ],
  [
    'one that the kernel made read-only after errors',
    () => host.stub('findmnt', 'echo ro,noatime'),
    'volume data can not be written or read: journalctl -k',
  ],
  ['one that XFS has shut down', () => host.stub('stat', 'exit 1'), 'volume data can not be written or read: journalctl -k'],
  [
    'errors that ext4 met',
    () => {
      mkdirSync(join(host.root, 'sys/fs/ext4/nvme1n1'), { recursive: true });
      host.write('sys/fs/ext4/nvme1n1/errors_count', '3\n');
    },
    'errors of ext4 on nvme1n1: journalctl -k, then reboot',
  ],
  [
    'a full root disk',
    () => host.stub('df', 'echo "/dev/sda9 8000 7990 10 100% /"'),
    '10 MiB are free on /: journalctl --vacuum-size=100M, docker system prune',
  ],
])('%s is told, and the host is not well', async (_what, happens, says) => {
  happens();
  expect(await told()).toBe(`disk-errors ${says}\n`);
});

test('everything is told at once, in one line of a length that a report takes', async () => {
  host.stub('findmnt', 'exit 1').stub('df', 'echo "/dev/sda9 8000 7990 10 100% /"');
  expect(await told()).toMatch(/^disk-errors volume data is not mounted.*; 10 MiB are free on \/.*\n$/);
  host.write('run/meissa/disk-data', 'x'.repeat(500));
  expect((await told()).length).toBeLessThanOrEqual(200);
});
