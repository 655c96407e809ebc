import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeCloudInit } from '../../lib/host-config/cloud-init-writer';
import type { HostConfig } from '../../lib/host-config/model';
import { renderUserData } from '../../lib/host-config/user-data';
import { expectGolden } from '../golden';
import { describeWithRealParts, REAL_PARTS } from '../real-parts';
import { aliyunContext, votersContext } from './aliyun-fixtures';
import { ownProfiles, profile, repository } from './fixtures';
import { hostConfigs, textOf } from './host-configs';
import { misread } from './misread';

const write = (config: HostConfig): string => textOf(writeCloudInit(config));
const full = ownProfiles('base', 'docker', 'etcd', 'updates');
/** An elastic fleet with all profiles, whose hosts are no voters. */
const elastic = aliyunContext(full, {
  cluster: { ...votersContext.cluster!, etcd: { ...votersContext.cluster!.etcd!, voter: false } },
});

test('nothing stands in it that cloud-init applies once an instance', () => {
  fc.assert(
    fc.property(hostConfigs, (given) => {
      expect(misread(write(given), 'cloud-init')).toEqual([]);
    }),
  );
  expect(misread('#cloud-config\nruncmd: [x]\npackages: [y]\nusers: []\n', 'cloud-init')).toEqual([
    'runcmd',
    'packages',
    'users',
  ]);
});

test('what it can not write as files stands in a list: users, keys, owners, and units in their order', () => {
  const config: HostConfig = {
    users: [{ name: 'core', sshAuthorizedKeys: ['ssh-ed25519 AAAA me'], profile: 'p' }],
    files: [{ path: '/etc/x', permissions: '0600', owner: 'core', content: 'x', profile: 'p' }],
    units: [
      { name: 'b.service', content: '[Service]\n', enable: true, mask: false, command: 'start', dropIns: [], profile: 'p' },
      { name: 'a.service', enable: false, mask: true, command: 'stop', dropIns: [], profile: 'p' },
    ],
    sysctl: { 'vm.swappiness': { value: '1', profile: 'p' } },
    programs: [
      { name: 'jq', apt: 'jq', dnf: 'jq', profile: 'p' },
      { name: 'dnf-automatic', dnf: 'dnf-automatic', profile: 'p' },
    ],
  };
  expectGolden('aliyun/every-part.yaml', write(config));
});

test.each([
  ['members', votersContext],
  ['elastic hosts', {}],
])('%s fetch their configuration: up to 262,144 bytes, and never packed', (_whose, changes) => {
  const big = (bytes: number) => [profile('big', 'files: [{ path: /etc/big, source: big }]', { big: 'x y'.repeat(bytes / 3) })];
  const fits = renderUserData(aliyunContext([], changes), big(200_000), { compress: 'auto' });
  expect(fits.userData).toMatchObject({ format: 'cloud-init', gzipped: false });
  expect(Buffer.from(fits.userData!.base64, 'base64').toString()).toBe(fits.userData!.text);
  const { findings } = renderUserData(aliyunContext([], changes), big(270_000), { compress: 'auto' });
  expect(findings).toEqual([
    expect.objectContaining({ code: 'USER_DATA_TOO_LARGE', message: expect.stringMatching(/fetch at most 262,144/) }),
  ]);
});

test('an image that would have to reboot by itself is refused where it can not', () => {
  const asks = [profile('mine', 'update: { rebootStrategy: reboot }')];
  expect(renderUserData(aliyunContext(asks), asks, { compress: 'never' }).findings).toEqual([
    expect.objectContaining({ code: 'REBOOT_STRATEGY_UNKNOWN', file: 'cloud-config/mine/cloud-config.yaml', line: 1 }),
  ]);
});

const root = join(REAL_PARTS, 'boot-root-cloud-init');
const modules = join(root, 'usr/lib/python3/dist-packages');

/** Reads texts as the image's own cloud-init does, without its writing: path, permissions and content of every file. */
const reader = `
import json, sys
sys.path.insert(0, sys.argv[1])
from cloudinit import util
from cloudinit.config import cc_write_files as w
out = []
for text in json.load(sys.stdin):
    cfg = util.load_yaml(text)
    files = [[f['path'], f.get('permissions', '0644'), w.extract_contents(f['content'], w.canonicalize_extraction(f.get('encoding'))
      if w.canonicalize_extraction.__code__.co_argcount == 1 else w.canonicalize_extraction(f.get('encoding'), None))] for f in cfg['write_files']]
    out.append([[p, m, c.decode() if isinstance(c, bytes) else c] for p, m, c in files])
json.dump(out, sys.stdout)
`;

describeWithRealParts(
  [],
  existsSync(modules) ? [] : ['no root with cloud-init: run scripts/real-parts'],
  "an image's cloud-init",
  () => {
    test('reads every file byte by byte as it was meant', () => {
      const given = fc.sample(hostConfigs, { numRuns: 300, seed: 1 });
      const texts = given.map(write);
      const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', reader, modules], {
        input: JSON.stringify(texts),
        maxBuffer: 1e8,
      });
      expect(stderr.toString()).toBe('');
      const read = JSON.parse(stdout.toString()) as [string, string, string][][];
      expect(read).toHaveLength(texts.length);
      for (const [index, files] of read.entries()) {
        const config = given[index]!;
        const own = config.files.map((file) => [file.path, file.permissions, file.content]);
        expect(files.slice(0, own.length)).toEqual(own);
        const units = config.units.flatMap((unit) => [
          ...(unit.mask || unit.content !== undefined
            ? [[`/etc/systemd/system/${unit.name}`, '0644', unit.mask ? '' : unit.content]]
            : []),
          ...unit.dropIns.map((dropIn) => [`/etc/systemd/system/${unit.name}.d/${dropIn.name}`, '0644', dropIn.content]),
        ]);
        const [sysctl] = Object.keys(config.sysctl).length > 0 ? [1] : [0];
        expect(files.slice(own.length + sysctl!, -2)).toEqual(units);
      }
    });

    test('finds nothing against its schema in any golden file', () => {
      const folder = mkdtempSync(join(tmpdir(), 'meissa-schema-'));
      try {
        const largest = join(folder, 'largest.yaml');
        writeFileSync(largest, renderUserData(elastic, full, { compress: 'auto' }).userData!.text);
        const golden = join(repository, 'test/golden');
        const files = [
          largest,
          join(golden, 'aliyun/bootstrap.yaml'),
          join(golden, 'aliyun/bootstrap-elastic.yaml'),
          join(golden, 'aliyun/every-part.yaml'),
          ...readdirSync(golden)
            .filter((name) => name.startsWith('cn-'))
            .map((name) => join(golden, name)),
        ];
        for (const file of files) {
          const ran = spawnSync('/usr/bin/python3', ['-m', 'cloudinit.cmd.main', 'schema', '--config-file', file], {
            env: { ...process.env, PYTHONPATH: modules },
          });
          expect([file, ran.status, ran.stdout.toString()]).toEqual([file, 0, expect.stringContaining('Valid cloud-config')]);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    }, 60_000);
  },
);
