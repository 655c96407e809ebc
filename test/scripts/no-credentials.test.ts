/** What fails CI when a credential reaches a log: every kind of them is found, and what only looks like one is not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Keys } from '../../lib/embedded-cloud/keys';
import { type Ran, ROOT, run } from '../child/run';
import { aliyun, awsHost, user } from '../credentials.json';

let folder: string;
beforeAll(async () => {
  const built = await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 100 });
  if (built.code !== 0) throw new Error(built.stdout + built.stderr);
}, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const look = (): Promise<Ran> => run(process.execPath, [join(ROOT, 'scripts/ci-no-credentials.mjs'), folder]);

const QUIET = `PASS test/aliyun/cloud/credentials.test.ts
  ✓ an access key id without its secret is said, not passed over in silence (no ALIBABA_CLOUD_ACCESS_KEY_SECRET)
  ✓ SignatureDoesNotMatch: Signature=, SecurityToken and AccessKeySecret never reach an error
  ✓ a text with -----BEGIN in it is refused
      accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET1,
      AWS_SECRET_ACCESS_KEY: secretOfTheEmbeddedCloud1(),
  + cn-beijing-core-voters-1 LTAI1111111111111111MEIS acs:ros:cn-beijing:1111111111111111:stack
Tests: 3 passed, 3 total
`;

test('names of tests, of variables and of errors are no credentials, and neither are key ids', async () => {
  write('test.log', QUIET);
  expect(await look()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 credentials in 1 files/) });
});

const keys = new Keys();
const own = { aws: keys.ownKey('aws', '111111111111'), aliyun: keys.ownKey('aliyun', '1111111111111111') };
const temporary = keys.issue({ provider: 'aliyun', account: '1111111111111111', role: 'host' });
const session = keys.issue({ provider: 'aws', account: '111111111111', role: 'arn:aws:iam::111111111111:role/x' });

test.each([
  ['a secret that tests use', `{"said":"${aliyun.keySecret}"}`],
  ['one in a URL', `GET /?key=${encodeURIComponent(awsHost.keySecret)}`],
  ['one in base64', Buffer.from(user.keySecret).toString('base64')],
  ['a token that tests use', aliyun.token],
  ["an embedded cloud's secret of Aliyun, made for its run", own.aliyun.secret],
  ["an embedded cloud's secret of AWS", `export SECRET='${own.aws.secret}'`],
  ...['', 'a', 'ab'].map((before): [string, string] => [
    `the same in base64 behind ${before.length} bytes`,
    Buffer.from(`${before}${own.aws.secret}:x`).toString('base64'),
  ]),
  ["an embedded cloud's session token", String(session.securityToken)],
  ['the secret of a temporary key, by its shape', `"AccessKeySecret": "${temporary.secret}"`],
  ['a token of STS, by its shape', String(temporary.securityToken)],
  [
    'a URL that Aliyun signed',
    'https://b.oss-cn-beijing.aliyuncs.com/k?Expires=1&OSSAccessKeyId=x&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D',
  ],
  ['a URL that AWS signed', `https://b.s3.amazonaws.com/k?X-Amz-Signature=${'0f'.repeat(32)}`],
  ['an authorization', `Authorization: OSS4-HMAC-SHA256 Credential=LTAI/x,Signature=${'0f'.repeat(32)}`],
  ['a body that was signed', `Action=GetStack&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D`],
  ['the text of a signature', 'POST&%2F&AccessKeyId%3DLTAI1111111111111111MEIS%26Action%3DGetStack'],
  ['somebody’s key', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET=8hJk2LmN0pQrStUvWxYz12AbCdEfGh'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
])('%s is found and told by its line, not shown', async (_what, line) => {
  write('test.log', `${QUIET}${line}\n`);
  const { code, stdout } = await look();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^credential in \S*test\.log:9: \S/m);
  expect(stdout).not.toContain(line);
});

test('logs of any depth and results of the run are looked at; real programs and worlds of rehearsals are not', async () => {
  const line = `{"message":"${aliyun.keySecret}"}`;
  write('jest-results.json', line);
  write('rehearsal/deep/meissa.log', line);
  write('real-parts/etcd/etcd.log', line);
  write('rehearsal/world/world.json', line);
  const { code, stdout } = await look();
  expect(code).toBe(1);
  const places = [...stdout.matchAll(/^credential in \S*?(jest-results\.json|meissa\.log|etcd\.log|world\.json):1/gm)];
  expect(places.map(([, file]) => file).sort()).toEqual(['jest-results.json', 'meissa.log']);
});

test('nothing to look at is a failure: a run that kept no log proves nothing', async () => {
  expect(await look()).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was looked at') });
});
