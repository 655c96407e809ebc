/** Artifacts in a bucket of Aliyun: put once under their digest, as hosts fetch them. */
import { OssClient } from '../../../lib/aliyun/cloud';
import { RpcClient } from '../../../lib/aliyun/cloud/rpc';
import { applyStack, RosClient } from '../../../lib/aliyun/ros-client';
import { ossArtifactStore } from '../../../lib/deploy/aliyun/artifact-store';
import { pushArtifact, sha256 } from '../../../lib/deploy/artifact-push';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../../lib/embedded-cloud';
import type { ArtifactEntry } from '../../../lib/estate/model/locks';
import { REGION, template } from '../../embedded-cloud/ros/ros-cloud';

const BUCKET = 'meissa-test-1234567890123456-cn-beijing';
const BYTES = Buffer.from('the tool');
const ENTRY: ArtifactEntry = {
  name: 'etcd',
  version: '3.5.21',
  architecture: 'amd64',
  file: 'tool.tar.gz',
  sha256: sha256(BYTES),
  source: 'https://example.com/tool.tar.gz',
};

let cloud: EmbeddedCloud;
let oss: OssClient;
beforeAll(async () => {
  cloud = await startEmbeddedCloud();
  const environment = cloud.aliyun.env(REGION);
  oss = new OssClient({ region: REGION, environment });
  const bucket = { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: BUCKET } };
  const client = new RosClient({ region: REGION, rpc: new RpcClient({ environment }) });
  const made = await applyStack(
    client,
    { name: 'bucket', template: template({ Bucket: bucket }) },
    { watching: { firstMs: 20 } },
  );
  expect(made).toMatchObject({ kind: 'created' });
});
afterAll(() => cloud.close());

test('an artifact is uploaded once, and its bytes are read only then', async () => {
  const store = ossArtifactStore(REGION, BUCKET, oss);
  const read = jest.fn(async () => BYTES);
  expect(await pushArtifact(store, ENTRY, read)).toBe('uploaded');
  expect(await pushArtifact(store, ENTRY, read)).toBe('there already');
  expect(read).toHaveBeenCalledTimes(1);
  expect((await oss.get(BUCKET, ENTRY.sha256)).toString()).toBe('the tool');
});

test('what is not what the lock says is not uploaded', async () => {
  const store = ossArtifactStore(REGION, BUCKET, oss);
  const wrong = { ...ENTRY, sha256: sha256(Buffer.from('another')) };
  await expect(pushArtifact(store, wrong, async () => BYTES)).rejects.toThrow('the lock says');
  expect(await oss.head(BUCKET, wrong.sha256)).toBeUndefined();
});
