/** docs/runbooks/incidents/lock-lost.md: what `pin --from live` writes is the lock that was lost, on either cloud. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { meissaOn } from '../e2e/deployed-estate';
import { removeTemporaryFolders } from '../e2e/example';
import { RehearsedRegion, succeeded } from '../e2e/rehearsed-region';
import { ACCOUNT, SmallAliyun } from '../e2e/small-aliyun';
import { ROOT } from '../root';
import { shellLines } from './commands';

jest.setTimeout(180_000);

const page = readFileSync(join(ROOT, 'docs/runbooks/incidents/lock-lost.md'), 'utf8');

const membersIn = (lock: string): Record<string, object> => parse(readFileSync(lock, 'utf8')).members;

test('the page writes the lock from what stands where git does not have it, and then looks whether anything would change', () => {
  expect(shellLines(page.replaceAll(/^ {3}/gm, '')).slice(-3)).toEqual([
    'rm regions/<region>.members.lock.yaml',
    'meissa pin <region> --from live',
    'meissa diff <region>',
  ]);
});

test('of AWS: image, disk, zone and generation as the stacks have them, whatever image is the newest; and nothing would change', async () => {
  const region = await RehearsedRegion.start({ bootMilliseconds: 10 });
  const meissa = (...args: string[]) => meissaOn(region.cloud, region.root, ...args);
  try {
    succeeded(await region.cdk(['bootstrap', '--app', region.synth(), 'aws://111111111111/sa-east-1']));
    const lock = join(region.root, 'regions/sa-east-1.members.lock.yaml');
    // One that was replaced once.
    const written = parseDocument(readFileSync(lock, 'utf8'));
    written.setIn(['members', 'core/storage/2', 'generation'], 2);
    writeFileSync(lock, String(written));
    expect((await meissa('deploy', 'sa-east-1', '--yes')).code).toBe(0);
    const before = membersIn(lock);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    rmSync(lock);
    const images = join(region.root, 'regions/images.lock.yaml');
    const locked = readFileSync(images, 'utf8');
    writeFileSync(images, locked.replace('ami-0dbd802e72d0b653d', 'ami-0aaaaaaaaaaaaaaaa'));
    expect((await meissa('pin', 'sa-east-1', '--from', 'live', '--dry-run')).code).toBe(2);
    const { code, stderr } = await meissa('pin', 'sa-east-1', '--from', 'live');
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(membersIn(lock)).toEqual(before);
    writeFileSync(images, locked);
    const diff = await meissa('diff', 'sa-east-1');
    expect([diff.code, diff.stdout]).toEqual([0, expect.stringContaining('no changes')]);
    const again = await meissa('pin', 'sa-east-1', '--from', 'live');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('members stand, and the lock says so')]);
  } finally {
    await region.stop();
  }
});

test('of Aliyun as well', async () => {
  const region = await SmallAliyun.start();
  const lock = join(region.root, 'regions/cn-hangzhou.members.lock.yaml');
  try {
    await region.meissa(['pin', 'cn-hangzhou']);
    expect((await region.meissa(['deploy', 'cn-hangzhou', '--yes'])).code).toBe(0);
    const before = membersIn(lock);
    expect(Object.keys(before).length).toBeGreaterThan(0);
    rmSync(lock);
    expect((await region.meissa(['pin', 'cn-hangzhou', '--from', 'live'])).code).toBe(0);
    expect(membersIn(lock)).toEqual(before);
    const diff = await region.meissa(['diff', 'cn-hangzhou']);
    expect([diff.code, diff.stdout]).toEqual([0, expect.stringContaining('no changes')]);
    expect(Object.keys(region.cloud.region('cn-hangzhou', ACCOUNT).aliyun.instances)).toHaveLength(1);
  } finally {
    await region.cloud.close();
    removeTemporaryFolders();
  }
});
