import { AWS } from '../../lib/clouds/aws';
import { ALIYUN_REGIONS, aliyunZones, isIndustryRegion } from '../../lib/facts/aliyun/regions';
import { parseArn } from '../../lib/facts/aws/arns';
import { AWS_REGIONS, awsZones, isIsolated, otherZone } from '../../lib/facts/aws/regions';

test.each([
  ['us-west-2-lax-1a', 'a local zone'],
  ['us-west-2-lax-1b', 'a local zone'],
  ['ap-southeast-1-mnl-1a', 'a local zone'],
  ['us-east-1-wl1-bos-wlz-1', 'a wavelength zone'],
  ['ap-northeast-1-wl1-kix-wlz-1', 'a wavelength zone'],
  ['use1-wl1-bos-wlz1', 'a wavelength zone'],
  ['use1-az1', 'the id of a zone'],
  ['usgw1-az3', 'the id of a zone'],
  ['usw2-lax1-az1', 'the id of a zone'],
  ['us-east-1a', undefined],
  ['us-gov-west-1a', undefined],
])('%s is %s', (zone, what) => {
  expect(otherZone(zone)).toBe(what);
  expect(AWS.otherZone(zone, ['us-west-2a'])?.what).toBe(what);
});

test('no zone of a known region is another kind of zone, and no known region stands apart', () => {
  for (const region of AWS_REGIONS.keys()) {
    expect(
      awsZones(AWS_REGIONS, region)
        .map(otherZone)
        .filter((what) => what !== undefined),
    ).toEqual([]);
    expect(isIsolated(region)).toBe(false);
  }
  for (const region of ALIYUN_REGIONS) expect([region, isIndustryRegion(region)]).toEqual([region, false]);
});

test.each(['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1', 'eusc-de-east-1'])(
  '%s is of a partition apart',
  (region) => {
    expect(isIsolated(region)).toBe(true);
  },
);

test.each(['cn-shanghai-finance-1', 'cn-hangzhou-finance', 'cn-north-2-gov-1'])('%s is of an industry cloud', (region) => {
  expect(isIndustryRegion(region)).toBe(true);
});

test('zones of Aliyun have a hyphen before the letter where no digit is', () => {
  for (const region of ALIYUN_REGIONS)
    for (const zone of aliyunZones(region)) expect(zone).toMatch(/\d$/.test(region) ? /^.*\d[a-z]$/ : /^.*[a-z]-[a-z]$/);
});

test.each([
  [
    'arn:aws:sns:sa-east-1:111111111111:ops',
    { partition: 'aws', service: 'sns', region: 'sa-east-1', account: '111111111111', resource: 'ops' },
  ],
  [
    'arn:aws-us-gov:iam::111111111111:role/a/b',
    { partition: 'aws-us-gov', service: 'iam', region: '', account: '111111111111', resource: 'role/a/b' },
  ],
  ['arn:aws-cn:s3:::bucket/key', { partition: 'aws-cn', service: 's3', region: '', account: '', resource: 'bucket/key' }],
  ['arn:aws:sns', undefined],
  ['acs:oss:*:1111111111111111:bucket', undefined],
  ['see arn:aws:s3:::bucket', undefined],
])('%s', (text, arn) => {
  expect(parseArn(text)).toEqual(arn);
});
