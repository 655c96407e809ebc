import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Credentials, CredentialsProvider, Surroundings } from '../../../lib/aliyun/cloud/credentials';
import { defaultCredentials } from '../../../lib/aliyun/cloud/default-credentials';
import { NoCredentials } from '../../../lib/aliyun/cloud/errors';
import { fakeRpc, jumpingClock, KEY_ID, KEY_SECRET, TOKEN } from './fake-rpc';

let home: string;
let surroundings: Surroundings;
const NOWHERE = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'meissa-home-'));
  surroundings = { environment: NOWHERE, home };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const configure = (configuration: unknown) => {
  mkdirSync(join(home, '.aliyun'), { recursive: true });
  writeFileSync(
    join(home, '.aliyun', 'config.json'),
    typeof configuration === 'string' ? configuration : JSON.stringify(configuration),
  );
};
const shown = ({ accessKeyId, accessKeySecret, securityToken }: Credentials) => [
  accessKeyId.reveal(),
  accessKeySecret.reveal(),
  securityToken?.reveal(),
];
const keys = async (provider: CredentialsProvider) => shown(await provider.credentials());
const AK = { name: 'default', mode: 'AK', access_key_id: KEY_ID, access_key_secret: KEY_SECRET };

describe('the environment', () => {
  test.each(['ALIBABA_CLOUD', 'ALIBABACLOUD', 'ALICLOUD'])('gives keys by the names %s_...', async (prefix) => {
    const environment = {
      ...NOWHERE,
      [`${prefix}_ACCESS_KEY_ID`]: KEY_ID,
      [`${prefix}_ACCESS_KEY_SECRET`]: KEY_SECRET,
      [`${prefix}_SECURITY_TOKEN`]: TOKEN,
    };
    expect(await keys(defaultCredentials({ environment, home }))).toEqual([KEY_ID, KEY_SECRET, TOKEN]);
  });

  test('comes before the profile', async () => {
    configure({ current: 'default', profiles: [{ ...AK, access_key_id: 'other' }] });
    const environment = { ...NOWHERE, ALIBABA_CLOUD_ACCESS_KEY_ID: KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY_SECRET };
    expect(await keys(defaultCredentials({ environment, home }))).toEqual([KEY_ID, KEY_SECRET, undefined]);
  });

  test('comes after a profile that is asked for by name', async () => {
    configure({ profiles: [{ ...AK, name: 'prod' }] });
    const environment = { ...NOWHERE, ALIBABA_CLOUD_ACCESS_KEY_ID: 'other', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'other' };
    expect(await keys(defaultCredentials({ environment, home, profile: 'prod' }))).toEqual([KEY_ID, KEY_SECRET, undefined]);
  });
});

describe('a profile', () => {
  test('is the current one, or the one that ALIBABA_CLOUD_PROFILE names', async () => {
    configure({
      current: 'one',
      profiles: [
        { ...AK, name: 'one' },
        { ...AK, name: 'two', access_key_id: 'two' },
      ],
    });
    expect((await keys(defaultCredentials(surroundings)))[0]).toBe(KEY_ID);
    const environment = { ...NOWHERE, ALIBABA_CLOUD_PROFILE: 'two' };
    expect((await keys(defaultCredentials({ environment, home })))[0]).toBe('two');
  });

  test('of mode StsToken has its token', async () => {
    configure({ current: 'default', profiles: [{ ...AK, mode: 'StsToken', sts_token: TOKEN }] });
    expect(await keys(defaultCredentials(surroundings))).toEqual([KEY_ID, KEY_SECRET, TOKEN]);
  });

  test.each([['RamRoleArn'], ['ChainableRamRoleArn']])(
    'of mode %s assumes its role, and again shortly before it ends',
    async (mode) => {
      const clock = jumpingClock();
      const server = await fakeRpc((_call, nth) => ({
        json: {
          Credentials: {
            AccessKeyId: `STS.${nth}`,
            AccessKeySecret: 's',
            SecurityToken: TOKEN,
            Expiration: new Date(clock.now() + 3_600_000).toISOString(),
          },
        },
      }));
      const role = {
        name: 'role',
        mode,
        ram_role_arn: 'acs:ram::1234567890123456:role/meissa',
        ram_session_name: 'ops',
        expired_seconds: 3600,
      };
      configure({
        current: 'role',
        profiles: [mode === 'RamRoleArn' ? { ...AK, ...role } : { ...role, source_profile: 'default' }, AK],
      });
      const provider = defaultCredentials({ environment: { ...NOWHERE, MEISSA_ALIYUN_ENDPOINT: server.url }, home, clock });
      // Many callers at once make one question.
      const all = await Promise.all([1, 2, 3].map(() => keys(provider)));
      expect(all.map(([id]) => id)).toEqual(['STS.1', 'STS.1', 'STS.1']);
      await clock.sleep(3_600_000 - 4 * 60_000);
      expect((await keys(provider))[0]).toBe('STS.2');
      expect(server.calls[0]).toMatchObject({
        Action: 'AssumeRole',
        Version: '2015-04-01',
        RoleSessionName: 'ops',
        DurationSeconds: '3600',
      });
      await server.close();
    },
  );

  test('that is its own source is said so', async () => {
    configure({ current: 'a', profiles: [{ name: 'a', mode: 'ChainableRamRoleArn', source_profile: 'a', ram_role_arn: 'x' }] });
    await expect(defaultCredentials(surroundings).credentials()).rejects.toThrow('its own source');
  });
});

describe('the RAM role of the instance', () => {
  let metadata: Server;
  let url: string;
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    metadata = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.method === 'PUT') return response.end('metadata-token');
      if (request.headers['x-aliyun-ecs-metadata-token'] !== 'metadata-token') return response.writeHead(403).end();
      if (request.url === '/latest/meta-data/ram/security-credentials/') return response.end('meissa-host\n');
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      return response.end(
        JSON.stringify({ Code: 'Success', AccessKeyId: KEY_ID, AccessKeySecret: KEY_SECRET, SecurityToken: TOKEN, Expiration }),
      );
    });
    await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`;
  });
  afterEach(() => metadata.close());

  test('is found by its token, never without', async () => {
    const provider = defaultCredentials({ environment: {}, home, metadata: url });
    expect(await keys(provider)).toEqual([KEY_ID, KEY_SECRET, TOKEN]);
    await keys(provider);
    expect(asked).toEqual([
      'PUT /latest/api/token',
      'GET /latest/meta-data/ram/security-credentials/',
      'GET /latest/meta-data/ram/security-credentials/meissa-host',
    ]);
  });

  test('is the one that ALIBABA_CLOUD_ECS_METADATA or a profile of mode EcsRamRole names', async () => {
    await keys(defaultCredentials({ environment: { ALIBABA_CLOUD_ECS_METADATA: 'named' }, home, metadata: url }));
    configure({ current: 'e', profiles: [{ name: 'e', mode: 'EcsRamRole', ram_role_name: 'of-profile' }] });
    await keys(defaultCredentials({ environment: {}, home, metadata: url, profile: 'e' }));
    expect(asked.filter((one) => /credentials\/./.test(one)).map((one) => one.split('/').at(-1))).toEqual([
      'named',
      'of-profile',
    ]);
  });

  test('that does not answer is soon given up', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(defaultCredentials({ environment: {}, home, metadata: at }).credentials()).rejects.toThrow(
      'nothing within 1500 ms',
    );
    silent.closeAllConnections();
    silent.close();
  });
});

test('without any, each place is named', async () => {
  const error = await defaultCredentials(surroundings)
    .credentials()
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(NoCredentials);
  expect(error.message).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID');
  expect(error.message).toContain(join(home, '.aliyun', 'config.json'));
  expect(error.message).toContain('metadata service');
  expect(error.wayOn).toContain('aliyun configure');
});

test.each([
  ['half a JSON', `{"profiles":[{"access_key_secret":"${KEY_SECRET}"`, 'is not JSON'],
  ['no such profile', { current: 'gone', profiles: [AK] }, 'has no profile gone (it has default)'],
  ['a secret missing', { current: 'default', profiles: [{ ...AK, access_key_secret: '' }] }, 'lacks access_key_secret'],
  ['a token missing', { current: 'default', profiles: [{ ...AK, mode: 'StsToken' }] }, 'lacks sts_token'],
  ['a mode of the CLI only', { current: 'default', profiles: [{ ...AK, mode: 'CloudSSO' }] }, 'mode CloudSSO'],
])('a config.json with %s is said so without what is in it', async (_name, configuration, words) => {
  configure(configuration);
  const error = await defaultCredentials(surroundings)
    .credentials()
    .catch((thrown) => thrown);
  expect(error.message).toContain(words);
  expect(inspect(error, { depth: 9 })).not.toContain(KEY_SECRET);
});

test('an access key id without its secret is said, not passed over in silence', async () => {
  const environment = { ...NOWHERE, ALIBABA_CLOUD_ACCESS_KEY_ID: KEY_ID };
  await expect(defaultCredentials({ environment, home }).credentials()).rejects.toThrow('but no ALIBABA_CLOUD_ACCESS_KEY_SECRET');
});

test('keys print as [secret], however they are printed', async () => {
  configure({ current: 'default', profiles: [AK] });
  const credentials = await defaultCredentials(surroundings).credentials();
  for (const form of [
    JSON.stringify(credentials),
    inspect(credentials, { showHidden: true }),
    `${credentials.accessKeySecret}`,
  ]) {
    expect(form).not.toContain(KEY_SECRET);
    expect(form).toContain('[secret]');
  }
});
