/** The price lists: dated, in proportion, and with a price for whatever the estates of this repository use. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALIYUN_PRICES_OF, aliyunDiskPrice, aliyunHourlyPrice, isPriced } from '../../lib/facts/aliyun/prices';
import { AWS_PRICES_OF, hourlyPrice, regionFactor } from '../../lib/facts/aws/prices';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['regions', ...readdirSync(join(ROOT, 'test/estates')).map((name) => `test/estates/${name}/regions`)];

/** Types and names of regions, as the files have them. */
const written = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.lock.yaml'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
).flatMap((text) => {
  const region = /^region: (\S+)/m.exec(text)?.[1];
  return region === undefined ? [] : [{ region, types: [...text.matchAll(/instanceType: (\S+)/g)].map(([, type]) => type!) }];
});

test('every type and every region of the estates here has a price', () => {
  expect(written.length).toBeGreaterThan(10);
  const missing = written.flatMap(({ region, types }) => {
    const known = region.startsWith('cn-') ? isPriced(region) : regionFactor(region, 'hosts') !== undefined;
    const unpriced = types.filter(
      (type) => (type.startsWith('ecs.') ? aliyunHourlyPrice(type) : hourlyPrice(type)) === undefined,
    );
    return [...(known ? [] : [region]), ...unpriced];
  });
  expect(missing).toEqual([]);
});

test('the lists say of which day they are', () => {
  for (const day of [AWS_PRICES_OF, ALIYUN_PRICES_OF]) expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
});

test('sizes are in proportion; bare metal and what is not known has no price', () => {
  expect([hourlyPrice('m5.large'), hourlyPrice('m5.xlarge')]).toEqual([0.096, 0.192]);
  expect(hourlyPrice('m5.24xlarge')).toBeCloseTo(4.608);
  expect([hourlyPrice('t3.medium'), hourlyPrice('t3.nano')]).toEqual([0.0416, 0.0052]);
  expect(aliyunHourlyPrice('ecs.g7.2xlarge')).toBeCloseTo(4 * aliyunHourlyPrice('ecs.g7.large')!);
  for (const type of ['m5.metal', 'x9.large', 'm5', '']) expect(hourlyPrice(type)).toBeUndefined();
  for (const type of ['ecs.ebmg9x.32xlarge', 'ecs.g7', 'm5.large']) expect(aliyunHourlyPrice(type)).toBeUndefined();
});

test('disks of Aliyun by category and level; regions outside of the mainland have no price', () => {
  expect(aliyunDiskPrice('cloud_essd', 'PL3')).toBeCloseTo(4 * aliyunDiskPrice('cloud_essd', 'PL1')!);
  expect(aliyunDiskPrice('cloud_ssd')).toBeUndefined();
  expect(['cn-beijing', 'cn-hongkong', 'eu-central-1'].map(isPriced)).toEqual([true, false, false]);
});
