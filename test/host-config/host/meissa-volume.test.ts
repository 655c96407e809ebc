import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
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
  truncateSync(disk, 16 * 1024 * 1024);
  host.stub('mountpoint', `[[ -e ${host.root}/mounted ]]`).stub('systemd-mount', `echo ${disk} >${host.root}/mounted`);
  host.stub('findmnt', `cat ${host.root}/mounted`).stub('resize2fs');
});
afterEach(() => host.end());

function attach(): void {
  mkdirSync(join(host.root, 'dev/disk/by-id'), { recursive: true });
  symlinkSync(disk, join(host.root, 'dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc'));
}

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

test('a volume with bytes that nothing recognizes is left as it is', async () => {
  attach();
  write('precious', 4096);
  expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining('left as it is') });
  expect(signature()).toBe('');
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
