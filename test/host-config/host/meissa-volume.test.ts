import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Sandbox } from './sandbox';

const volumes = [
  { name: 'data', device: '/dev/sdg', gb: 1, type: 'gp3' as const, mount: '/srv/data', filesystem: 'ext4' as const },
];
let host: Sandbox;
let disk: string;
let mount: string;

/** A host whose volume is a file: blkid and mkfs look at it for real; mounting is a stub. */
beforeEach(() => {
  host = new Sandbox().install(['base'], { volumes });
  host.write(
    '/opt/meissa/bin/meissa-cloud',
    '#!/bin/bash\n[[ $* == "tag meissa:volume:data" ]] && echo vol-0abc || exit 3\n',
    '0755',
  );
  disk = join(host.root, 'disk');
  mount = join(host.root, 'srv');
  closeSync(openSync(disk, 'w'));
  truncateSync(disk, 64 * 1024 * 1024);
  host.stub('mountpoint', `[[ -e ${host.root}/mounted ]]`).stub('systemd-mount', `echo ${disk} >${host.root}/mounted`);
  host.stub('findmnt', `cat ${host.root}/mounted`).stub('resize2fs').stub('blockdev', 'stat -Lc %s "$2"');
});
afterEach(() => host.end());

function attach(): void {
  mkdirSync(join(host.root, 'dev/disk/by-id'), { recursive: true });
  symlinkSync(disk, join(host.root, 'dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc'));
}

const wrong = (): string | undefined => host.read('run/meissa/disk-data');
const run = () => host.run('meissa-volume', ['data', mount, 'ext4']);
const signature = (): string =>
  spawnSync('blkid', ['-p', '-o', 'value', '-s', 'TYPE', disk], { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } })
    .stdout.toString()
    .trim();
const write = (text: string, at: number): void => {
  const file = openSync(disk, 'r+');
  writeSync(file, text, at);
  closeSync(file);
};

test('an empty volume is formatted and mounted; the next boot mounts it as it is', async () => {
  attach();
  expect(await run()).toMatchObject({ code: 0 });
  expect(signature()).toBe('ext4');
  expect(host.read('mounted')).toBe(`${disk}\n`);
  const before = readFileSync(disk);
  host.calls();
  expect(await run()).toMatchObject({ code: 0 });
  expect(host.calls().map((call) => call.split(' ')[0])).toEqual(['mountpoint', 'findmnt', 'resize2fs']);
  expect(wrong()).toBeUndefined();
  expect(readFileSync(disk).equals(before)).toBe(true);
});

test.each([
  ['a volume that does not come', 'vol-0abc', () => undefined],
  ['a tag that does not come', '', () => host.write('/opt/meissa/bin/meissa-cloud', '#!/bin/bash\nexit 3\n', '0755')],
])('%s is told and waited for, and nothing is mounted', async (_what, id, lacks) => {
  lacks();
  const waiting = host.start('meissa-volume', ['data', mount, 'ext4']);
  const said = await new Promise((done) => waiting.stderr!.once('data', (data) => done(String(data))));
  expect(said).toBe(`volume data '${id}' has not come: waiting\n`);
  expect(waiting.exitCode).toBeNull();
  expect(host.calls()).toEqual([]);
});

test('a volume that comes late is mounted', async () => {
  const waiting = host.start('meissa-volume', ['data', mount, 'ext4']);
  await new Promise((done) => waiting.stderr!.once('data', done));
  attach();
  expect(await new Promise((done) => waiting.on('exit', done))).toBe(0);
  expect(host.read('mounted')).toBe(`${disk}\n`);
});

test('a volume that holds something else is left as it is', async () => {
  attach();
  spawnSync('mkswap', [disk], { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
  const before = readFileSync(disk);
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining("'swap') and is not empty: left as it is") });
  expect(readFileSync(disk).equals(before)).toBe(true);
});

const MIB = 1024 * 1024;
const program = (name: string, ...args: string[]): void => {
  const { status, stderr } = spawnSync(name, args, {
    env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
};
const zero = (from: number, bytes: number): void => {
  const file = openSync(disk, 'r+');
  writeSync(file, Buffer.alloc(bytes), 0, bytes, from);
  closeSync(file);
};

test.each([
  ['bytes that nothing recognizes', () => write('precious', 4096)],
  ['such bytes past its first MiB', () => write('precious', 9 * MIB)],
  ['such bytes at its very end', () => write('precious', 64 * MIB - 9)],
  ['such bytes in its middle', () => write('precious', 40 * MIB)],
  [
    'a partition table of which the copy at its end is left',
    () => {
      // UEFI 2.10, 5.3.2: the header in the last sector, its 128 entries of 128 bytes before it.
      const sectors = BigInt((64 * MIB) / 512);
      const header = Buffer.alloc(92);
      header.write('EFI PART');
      header.writeUInt32LE(0x10000, 8);
      header.writeUInt32LE(92, 12);
      header.writeBigUInt64LE(sectors - 1n, 24);
      header.writeBigUInt64LE(1n, 32);
      header.writeBigUInt64LE(34n, 40);
      header.writeBigUInt64LE(sectors - 34n, 48);
      header.writeBigUInt64LE(sectors - 33n, 72);
      header.writeUInt32LE(128, 80);
      header.writeUInt32LE(128, 84);
      header.writeUInt32LE(crc32(Buffer.alloc(16_384)), 88);
      header.writeUInt32LE(crc32(header), 16);
      const file = openSync(disk, 'r+');
      writeSync(file, header, 0, header.length, 64 * MIB - 512);
      closeSync(file);
      const told = spawnSync('wipefs', ['--noheadings', disk], { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
      expect(told.stdout.toString()).toContain('gpt');
    },
  ],
  [
    'an ext4 without its first MiB',
    () => {
      program('mkfs.ext4', '-q', disk);
      zero(0, MIB);
    },
  ],
  [
    'RAID of version 1.0, whose superblock is at its end',
    () => {
      // magic, version, feature map; sectors of data and of the superblock's own place, as of md.4.
      const block = Buffer.alloc(256);
      block.writeUInt32LE(0xa92b4efc, 0);
      block.writeUInt32LE(1, 4);
      block.writeBigUInt64LE(BigInt((64 * MIB) / 512 - 16), 144);
      const file = openSync(disk, 'r+');
      writeSync(file, block, 0, block.length, 64 * MIB - 8192);
      closeSync(file);
    },
  ],
])('a volume with %s is left as it is', async (_what, hold) => {
  attach();
  hold();
  const before = readFileSync(disk);
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('left as it is') });
  expect(readFileSync(disk).equals(before)).toBe(true);
  expect(wrong()).toContain('volume data vol-0abc holds no ext4');
});

test.each(['wipefs', 'blockdev'])('a volume that %s can not read is left as it is', async (name) => {
  attach();
  host.stub(name, 'exit 1');
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('left as it is') });
  expect(signature()).toBe('');
});

test('errors of ext4 that can be put right are, and told', async () => {
  attach();
  program('mkfs.ext4', '-q', disk);
  program('debugfs', '-w', '-R', 'set_super_value state 2', disk);
  expect(await run()).toMatchObject({ code: 0, err: expect.stringContaining('had errors of ext4, which are put right') });
  expect(wrong()).toBeUndefined();
  expect(await run()).toMatchObject({ code: 0, err: '' });
});

test('errors of ext4 that a person must decide on keep it from being mounted, and stand in what health reads', async () => {
  attach();
  host.stub('e2fsck', 'exit 4');
  program('mkfs.ext4', '-q', disk);
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('e2fsck -f') });
  expect(host.read('mounted')).toBeUndefined();
  expect(wrong()).toContain('has errors of ext4 that a person must decide on (4)');
});

test('a volume that can not be mounted is told, with what to look at', async () => {
  attach();
  host.stub('systemd-mount', 'exit 1');
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('can not be mounted: journalctl -k says why') });
  expect(wrong()).toContain('can not be mounted');
});

test('a volume that does not grow is mounted all the same, and told', async () => {
  attach();
  host.stub('resize2fs', 'echo resize2fs 1.47; echo "resize2fs: Operation not permitted" >&2; exit 1');
  expect(await run()).toMatchObject({ code: 0, err: expect.stringContaining('does not grow to its size: resize2fs: Operation') });
  expect(wrong()).toBe('volume data vol-0abc does not grow to its size: resize2fs: Operation not permitted\n');
  host.stub('resize2fs');
  expect(await run()).toMatchObject({ code: 0 });
  expect(wrong()).toBeUndefined();
});

test('a volume that cannot be looked at is left as it is', async () => {
  attach();
  host.stub('blkid', 'exit 8');
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('left as it is') });
  expect(signature()).toBe('');
});

test('something else on the mount point is no volume', async () => {
  attach();
  host.write('mounted', '/dev/sda9\n');
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('something else is mounted') });
});

test('units of a host require its volumes: docker does not start on the root disk', () => {
  const text = readFileSync(join(__dirname, '../../../cloud-config/docker/cloud-config.yaml'), 'utf8');
  expect(text).toContain('Requires=meissa-volume-{{name}}.service');
});
