/** What an embedded cloud is told goes wrong does go wrong, as the clouds' own clients see it; and only its own terminal can tell it. */
import { INCIDENTS_HEADER } from '../../lib/embedded-cloud/incidents/door';
import { base64, Driver, IMAGE, network, networkExports, type Resources } from './driver';
import { type Answer, send } from './signed';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start({ hosts: { bootMilliseconds: 5 } });
  await driver.deploy('net', network(['a', 'b']), { outputs: networkExports(['a', 'b']) });
});
afterEach(() => driver.close());

const tell = (incident: string, said: Record<string, string> = {}) =>
  driver.cloud.tell({ incident, ...said, ...('stack' in said || 'bucket' in said ? {} : { region: 'sa-east-1' }) });

/** A host behind a gate, with a volume. */
const host = (userData = 'one'): Resources => ({
  Data: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Retain', Properties: { AvailabilityZone: 'sa-east-1a', Size: 10 } },
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: IMAGE,
      InstanceType: 't3.small',
      SubnetId: { 'Fn::ImportValue': 'net-Subnet0' },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { KmsKeyId: 'alias/estate', Encrypted: true } }],
      Volumes: [{ Device: '/dev/sdf', VolumeId: { Ref: 'Data' } }],
      UserData: base64(userData),
      Tags: [
        { Key: 'Name', Value: 'host-1' },
        { Key: 'meissa:gate', Value: `host/Gate${userData}` },
        { Key: 'meissa:volume:data', Value: { Ref: 'Data' } },
      ],
    },
  },
  [`Gate${userData}`]: {
    Type: 'AWS::CloudFormation::WaitCondition',
    DependsOn: ['Host'],
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT2M' } },
  },
});

test('a sick host keeps its gate shut, and opens it when it is well', async () => {
  await driver.deploy('host', host());
  expect(tell('host-sick', { host: 'host-1' })).toMatch(/^host-1 \(i-\w+\) is sick$/);
  const stack = await driver.deploy('host', host('two'), { disableRollback: true });
  expect(stack.status).toBe('UPDATE_FAILED');
  expect(driver.failures(stack).join()).toMatch(/timed out|Failed to receive/i);
  tell('host-well', { host: 'host-1' });
  expect((await driver.deploy('host', host('two'), { disableRollback: true })).status).toBe('UPDATE_COMPLETE');
});

test.each([
  ['zone-lost', 'zone-back', { zone: 'sa-east-1a' }, /InsufficientInstanceCapacity/],
  ['image-gone', 'image-back', { image: IMAGE }, /The image id '\[ami-\w+\]' does not exist.*InvalidAMIID\.NotFound/],
  ['key-unusable', 'key-back', { key: 'alias/estate' }, /KMS key provided is in an incorrect state/],
] as const)('%s: nothing starts until %s', async (gone, back, said, words) => {
  tell(gone, said);
  const failed = await driver.deploy('host', host());
  expect(driver.failures(failed).join()).toMatch(words);
  await driver.delete('host');
  tell(back, said);
  expect((await driver.deploy('host', host())).status).toBe('CREATE_COMPLETE');
});

test('a lost volume attaches to nothing', async () => {
  await driver.deploy('host', host());
  expect(tell('volume-lost', { volume: 'host-1/data' })).toMatch(/^vol-\w+ has failed$/);
  tell('host-gone', { host: 'host-1' });
  const { Gateone: _gate, ...others } = host();
  const again = await driver.deploy('host', { ...others, Second: { ...others.Host!, DependsOn: ['Host'] } });
  expect(driver.failures(again).join()).toMatch(/in the 'error' state/);
});

test('a bucket is emptied, and gone', async () => {
  await driver.deploy('b', { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'artifacts' } } });
  expect(driver.cloud.tell({ incident: 'bucket-emptied', bucket: 'artifacts' })).toBe('0 objects of artifacts were deleted');
  driver.cloud.tell({ incident: 'bucket-gone', bucket: 'artifacts' });
  expect(driver.cloud.backend.world.buckets.artifacts).toBeUndefined();
});

test('an update fails, and so does its way back', async () => {
  const groups = (days: number): Resources => ({
    First: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/first', RetentionInDays: days } },
    Last: { Type: 'AWS::Logs::LogGroup', DependsOn: ['First'], Properties: { LogGroupName: '/last', RetentionInDays: days } },
  });
  await driver.deploy('logs', groups(1));
  tell('rollback-fails', { stack: 'logs', resource: 'Last', back: 'First' });
  expect((await driver.deploy('logs', groups(3))).status).toBe('UPDATE_ROLLBACK_FAILED');
  driver.cloud.tell({ incident: 'services-well' });
  driver.cloud.engine.continueRollback(driver.region, 'logs', []);
  await driver.cloud.engine.over(driver.cloud.engine.stack(driver.region, 'logs').id);
  expect(driver.cloud.engine.stack(driver.region, 'logs').status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('what is not there, or not said, is refused with what there is, and nothing happens', () => {
  expect(() => tell('fire')).toThrow(/incident is one of host-sick, /);
  expect(() => tell('host-sick')).toThrow('host-sick needs host');
  expect(() => tell('host-sick', { host: 'host-9' })).toThrow('sa-east-1 has no host host-9');
  expect(() => tell('zone-lost', { zone: 'sa-east-1z' })).toThrow(
    'nothing stands in the zone sa-east-1z: sa-east-1a, sa-east-1b',
  );
  expect(() => tell('host-sick', { host: 'a', how: 'much' })).toThrow('host-sick knows no how');
  expect(() => driver.cloud.tell({ incident: 'host-sick', region: 'us-east-1', host: 'a' })).toThrow(
    'nothing stands in us-east-1',
  );
  expect(driver.region.outages).toEqual({ hosts: [], zones: [], images: [], keys: {}, volumes: [] });
});

describe('over HTTP', () => {
  const zone = JSON.stringify({ incident: 'zone-lost', region: 'sa-east-1', zone: 'sa-east-1a' });
  const post = (headers: Record<string, string> = {}, body = zone, method = 'POST'): Promise<Answer> =>
    send(driver.cloud, {
      ...{ method, path: '/meissa/incidents', body },
      headers: { host: `127.0.0.1:${driver.cloud.port}`, ...headers },
    });
  const key = () => ({ [INCIDENTS_HEADER]: driver.cloud.incidents.key });

  test('it is told with the key of this run', async () => {
    expect(await post(key())).toMatchObject({ status: 200, text: expect.stringContaining('sa-east-1a is gone') });
    expect(driver.region.outages.zones).toEqual(['sa-east-1a']);
    const { text } = await post(key(), '', 'GET');
    expect(JSON.parse(text)).toContainEqual({
      incident: 'zone-lost',
      what: expect.any(String),
      needs: ['region', 'zone'],
      may: [],
    });
  });

  test.each<[string, () => Record<string, string>, number]>([
    ['without a key', () => ({}), 403],
    ['with another key', () => ({ [INCIDENTS_HEADER]: 'rehearsalOnly0' }), 403],
    ['for a web page', () => ({ ...key(), origin: 'https://evil.example' }), 403],
    ['by a name of its own', () => ({ ...key(), host: 'evil.example' }), 403],
    ['as a cross-site request', () => ({ ...key(), 'sec-fetch-site': 'cross-site' }), 403],
  ])('%s nothing happens', async (_, headers, status) => {
    expect((await post(headers())).status).toBe(status);
    expect(driver.region.outages.zones).toEqual([]);
  });

  test.each([
    ['{', 'it is told in JSON'],
    ['[1]', 'it is told as an object of texts'],
    ['{"incident": "__proto__"}', 'incident is one of'],
    ['{"incident": "zone-lost", "region": "__proto__", "zone": "a"}', 'nothing stands in'],
  ])('%s is refused in words', async (body, words) => {
    expect(await post(key(), body)).toMatchObject({ status: 400, text: expect.stringContaining(words) });
  });
});
