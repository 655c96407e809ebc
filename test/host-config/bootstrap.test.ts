import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { bootstrap, bootstrapDigest } from '../../lib/host-config/bootstrap';
import { findSecrets } from '../../lib/secrets';
import { expectGolden } from '../golden';
import { bucket } from './aliyun-fixtures';
import { misread } from './misread';

const source = { region: 'cn-beijing', bucket, key: 'config/CoreVoters/manifest' };
const text = bootstrap(source);
const digest = 'ab'.repeat(32);
const pinned = bootstrap({ ...source, key: `config/CoreWeb/${digest}` });

test('it is what test/golden says: one command of every boot', () => {
  expectGolden('aliyun/bootstrap.yaml', text);
  expect(Object.keys(parse(text))).toEqual(['bootcmd']);
  expect(misread(text, 'cloud-init')).toEqual([]);
  expect(findSecrets(text)).toEqual([]);
});

test('an elastic fleet’s names the digest of its configuration, asks no manifest, and is what test/golden says', () => {
  expectGolden('aliyun/bootstrap-elastic.yaml', pinned);
  expect(bootstrapDigest(pinned)).toBe(digest);
  expect(bootstrapDigest(text)).toBeUndefined();
  expect(misread(pinned, 'cloud-init')).toEqual([]);
  expect(findSecrets(pinned)).toEqual([]);
});

test('nothing in it may ever change for a fleet: no digest, no size, no version', () => {
  expect(text.replace('100.100.100.200', '')).not.toMatch(/[0-9a-f]{40}|\d+\.\d+\.\d+|profile|etcd/);
  expect(bootstrap({ ...source })).toBe(text);
});

test('it has less than 2,048 bytes with the longest names there are', () => {
  // OSS: "Bucket naming conventions", 63 characters; a region's longest name so far, and a fleet's id of two long words.
  const longest = { region: 'cn-zhengzhou-jva', bucket: 'b'.repeat(63), key: `config/${'F'.repeat(40)}/${digest}` };
  expect(Buffer.byteLength(bootstrap(longest))).toBeLessThanOrEqual(2_048);
  const named = { ...longest, key: `config/${'F'.repeat(40)}/manifest` };
  expect(Buffer.byteLength(bootstrap(named))).toBeLessThanOrEqual(2_048);
  expect(() => bootstrap({ ...longest, key: `config/${'F'.repeat(200)}/manifest` })).toThrow('bytes');
});

test.each([
  ['bucket', { bucket: "x'y" }],
  ['region', { region: 'cn beijing' }],
  ['key', { key: 'config/CoreVoters/other' }],
  ['key', { key: "config/'/manifest" }],
])('a %s that is none is refused', (_what, wrong) => {
  expect(() => bootstrap({ ...source, ...wrong })).toThrow('no place of a configuration');
});

test.each([
  ['members', text],
  ['elastic hosts', pinned],
])('the program of %s is Python 3.6', (_whose, own) => {
  const program = /^python3 - <<\\E\n([\s\S]*)E\n$/.exec(parse(own).bootcmd[0])![1];
  const { stderr } = spawnSync('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read(), feature_version=(3, 6))'], {
    input: program,
  });
  expect(stderr.toString()).toBe('');
});
