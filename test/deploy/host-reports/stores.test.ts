/** Reports of hosts in a bucket of either cloud, by the clouds' own clients. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { OssClient } from '../../../lib/aliyun/cloud';
import { RpcClient } from '../../../lib/aliyun/cloud/rpc';
import { applyStack, RosClient } from '../../../lib/aliyun/ros-client';
import { hostReports } from '../../../lib/deploy/host-reports/host-reports';
import { ossReportStore } from '../../../lib/deploy/host-reports/oss-report-store';
import { s3ReportStore } from '../../../lib/deploy/host-reports/s3-report-store';
import type { CloudRegionId } from '../../../lib/estate/model/model';
import { credentialsOf, Driver } from '../../embedded-cloud/driver';
import { REGION, template } from '../../embedded-cloud/ros/ros-cloud';

const BUCKET = 'meissa-test-1234567890123456-cn-beijing';
const FLEETS = ['CoreVoters', 'CoreStorage'];

let driver: Driver;
beforeAll(async () => {
  driver = await Driver.start();
});
afterAll(() => driver.close());

const report = (host: string): string => JSON.stringify({ host, at: '2026-12-01T03:45:00Z', well: 'yes' });

test('reports are read from S3, each by the instance that its key names', async () => {
  const client = new S3Client({
    region: 'sa-east-1',
    endpoint: driver.cloud.url,
    forcePathStyle: true,
    credentials: credentialsOf(driver.cloud.key()),
  });
  const store = s3ReportStore('sa-east-1' as CloudRegionId, BUCKET, client);
  expect(await hostReports(store, FLEETS)).toEqual([]);
  await driver.deploy('bucket', { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: BUCKET } } });
  const put = (key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body }));
  const arn = 'arn:aws:ec2:us-east-1:123456789012:instance';
  await put(`meissa/reports/CoreVoters/${arn}/i-0b`, report('us-east-1-core-voters-2'));
  await put(`meissa/reports/CoreVoters/${arn}/i-0a`, report('us-east-1-core-voters-1'));
  await put(`meissa/reports/CoreOthers/${arn}/i-0c`, report('us-east-1-core-others-1'));
  await put(`meissa/reports/CoreStorage/${arn}/i-0d`, 'no report');
  const reports = await hostReports(store, FLEETS);
  expect(reports.map(({ host, instance, values }) => [host, instance, values.well])).toEqual([
    ['us-east-1-core-voters-1', 'i-0a', 'yes'],
    ['us-east-1-core-voters-2', 'i-0b', 'yes'],
  ]);
  for (const { age } of reports) expect(age).toBeLessThan(60_000);
});

test('and from OSS; a region whose bucket is not made yet has none', async () => {
  const environment = driver.cloud.aliyun.env(REGION);
  const oss = new OssClient({ region: REGION, environment });
  const store = ossReportStore(REGION as CloudRegionId, BUCKET, oss);
  expect(await hostReports(store, FLEETS)).toEqual([]);
  const bucket = { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: BUCKET } };
  const client = new RosClient({ region: REGION, rpc: new RpcClient({ environment }) });
  await applyStack(client, { name: 'bucket', template: template({ Bucket: bucket }) }, { watching: { firstMs: 20 } });
  await oss.put(BUCKET, 'meissa/reports/CoreVoters/i-2ze1', report('cn-beijing-core-voters-1'));
  await oss.put(BUCKET, 'meissa/reports/CoreVotersOld/i-2ze2', report('cn-beijing-core-old-1'));
  expect(await hostReports(store, FLEETS)).toEqual([
    {
      ...{ host: 'cn-beijing-core-voters-1', instance: 'i-2ze1', age: expect.any(Number) },
      values: { host: 'cn-beijing-core-voters-1', at: '2026-12-01T03:45:00Z', well: 'yes' },
    },
  ]);
});
