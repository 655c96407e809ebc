/**
 * The function as it is shipped: one file, minified, in a process of its own, with the SDK that Lambda's Node.js has. Its secret and its
 * files come from the embedded AWS, its stacks go to the embedded Aliyun.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Begun, Completion } from '../../../lib/aliyun/cdk/handler/events';
import type { RosStackProperties } from '../../../lib/aliyun/cdk/properties';
import { ROOT, run } from '../../child/run';
import { credentialsOf, Driver } from '../../embedded-cloud/driver';
import { stackOf as described, files } from './files';

const REGION = 'us-east-1';
const SECRET = 'ops/aliyun';
const FILE = join(ROOT, 'dist/ros-stack-handler/index.js');
let driver: Driver;

beforeAll(async () => {
  expect(await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 110 })).toMatchObject({ code: 0 });
  driver = await Driver.start({}, REGION);
  await driver.deploy('assets', { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'assets' } } });
  const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET } = driver.cloud.aliyun.env();
  const keys = { accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID, accessKeySecret: ALIBABA_CLOUD_ACCESS_KEY_SECRET };
  const secrets = new SecretsManagerClient(client());
  await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: JSON.stringify(keys) }));
}, 150_000);
afterAll(() => driver.close());

const client = () => ({
  region: REGION,
  endpoint: driver.cloud.url,
  credentials: credentialsOf(driver.cloud.key()),
});

/** The stack, its template lying in the bucket. */
async function stackOf(name: string, more: Partial<RosStackProperties> = {}): Promise<RosStackProperties> {
  const properties = described(name, more);
  const { Bucket, Key } = properties.Template;
  const s3 = new S3Client({ ...client(), forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: files.get(Key) }));
  return properties;
}

/** Calls one of the two handlers in a process; its answer, or the words of its error. */
async function call<T>(
  handler: 'onEvent' | 'isComplete',
  event: object,
  secret = SECRET,
): Promise<{ answer?: T; error?: string; said: string }> {
  const script = `require(process.env.FILE)[process.env.HANDLER](JSON.parse(process.env.EVENT)).then(
    (answer) => process.stdout.write(JSON.stringify({ answer })),
    (error) => process.stdout.write(JSON.stringify({ error: error.message })),
  );`;
  const ran = await run(process.execPath, ['-e', script], {
    env: {
      ...driver.cloud.env(REGION),
      FILE,
      HANDLER: handler,
      EVENT: JSON.stringify(event),
      MEISSA_ALIYUN_SECRET: secret,
      MEISSA_ALIYUN_ENDPOINT: driver.cloud.url,
    },
    timeout: 50,
  });
  expect(ran.code).toBe(0);
  return { ...JSON.parse(ran.stdout), said: ran.stdout + ran.stderr };
}

test('creates a stack, and says nothing of its keys', async () => {
  const ResourceProperties = await stackOf('shipped');
  const event = { RequestType: 'Create', ResourceProperties };
  const begun = await call<Begun>('onEvent', event);
  expect(begun).toMatchObject({ answer: { PhysicalResourceId: expect.any(String) } });
  const ended = await call<Completion>('isComplete', { ...event, ...begun.answer });
  expect(ended.answer).toMatchObject({
    IsComplete: true,
    Data: { StackId: begun.answer!.PhysicalResourceId, VpcIdG1: expect.stringMatching(/^vpc-/) },
  });
  const env = driver.cloud.aliyun.env();
  for (const { said } of [begun, ended])
    for (const key of [env.ALIBABA_CLOUD_ACCESS_KEY_ID!, env.ALIBABA_CLOUD_ACCESS_KEY_SECRET!]) expect(said).not.toContain(key);
}, 120_000);

test('a secret that is not there, and an asset that is not there, are named', async () => {
  const ResourceProperties = await stackOf('unread');
  const event = { RequestType: 'Create', ResourceProperties };
  const { error } = await call('onEvent', event, 'ops/nothing');
  expect(error).toContain("UNREADABLE: the secret ops/nothing can't be read");
  const lost = { ...ResourceProperties, Template: { ...ResourceProperties.Template, Key: 'lost.ros' } };
  const other = await call('onEvent', { ...event, ResourceProperties: lost });
  expect(other.error).toContain("asset s3://assets/lost.ros can't be read");
}, 120_000);

test('is one file that Lambda starts from without waiting: below 1.5 MB', () => {
  expect(statSync(FILE).size).toBeLessThan(1_500_000);
});
