/**
 * What the detector finds, in the shapes in which it stands in files, and what it leaves alone. No value is anybody's: each is made here, from the
 * public format of its kind, and would open nothing.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets, maskSecrets } from '../../lib/secrets';
import { assigned, assignedBelow } from '../../lib/secrets/assigned';
import { commands } from '../../lib/secrets/commands';
import { directives } from '../../lib/secrets/directives';
import { bareKeys, passwordHashes, privateKeys } from '../../lib/secrets/keys';
import { requests } from '../../lib/secrets/requests';
import { tokens } from '../../lib/secrets/tokens';
import { alike, substituted } from '../host-config/alike';
import { ROOT } from '../root';

/** Characters of an alphabet, the same at each run: as mixed as a real one. */
function made(length: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
  let text = '';
  for (let i = 0; text.length < length; i++)
    for (const byte of createHash('sha512').update(`${alphabet.length} ${length} ${i}`).digest())
      if (text.length < length) text += alphabet[byte % alphabet.length];
  return text;
}
const HEX = '0123456789abcdef';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PEM = `-----BEGIN ${'PRIVATE'} KEY-----\n${made(64)}\n${made(64)}\n-----END ${'PRIVATE'} KEY-----\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What gives itself away wherever it stands. */
const TOKENS: Readonly<Record<string, string>> = {
  'an access key id of AWS': `AKIA${made(16, UPPER)}`,
  'an access key id of Aliyun': `LTAI${made(20)}`,
  'a token of GitHub': `ghp_${made(36)}`,
  'a fine-grained token of GitHub': `github_pat_${made(22)}_${made(59)}`,
  'a token of GitLab': `glpat-${made(20, URL_SAFE)}`,
  'a token of Slack': `xoxb-${made(12, '0123456789')}-${made(12, '0123456789')}-${made(24)}`,
  'a key of Google': `AIza${made(35, URL_SAFE)}`,
  'a key of OpenAI': `sk-proj-${made(48)}`,
  'a key of Anthropic': `sk-ant-api03-${made(93, URL_SAFE)}AA`,
  'a key of SendGrid': `SG.${made(22, URL_SAFE)}.${made(43, URL_SAFE)}`,
  'a live key of Stripe': `sk_live_${made(24)}`,
  'a token of npm': `npm_${made(36)}`,
  'a token of PyPI': `pypi-AgEIcHlwaS5vcmc${made(80, URL_SAFE)}`,
  'a token of Vault': `hvs.${made(90, URL_SAFE)}`,
  'a key of age': `AGE-SECRET-KEY-1${made(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`,
  'a signed token': `eyJ${made(30, URL_SAFE)}.eyJ${made(40, URL_SAFE)}.${made(43, URL_SAFE)}`,
  'a token of DigitalOcean': `dop_v1_${made(64, HEX)}`,
  'a private key': PEM,
  'a private key in base64': base64(PEM),
};

/** What a name, a word of a program or a place gives away. */
const STANDING: readonly string[] = [
  `PGPASSWORD=${made(12)}`,
  `DB_PASS=${made(10)}`,
  `db_pass: ${made(10)}`,
  `export MYSQL_PWD='${made(14)}'`,
  `Environment="DB_PASSWORD=${made(14)}"`,
  `docker run -e POSTGRES_PASSWORD=${made(12)} postgres`,
  `Authorization: Bearer ${made(40)}`,
  `curl -H 'Authorization: Bearer ${made(40)}' https://x`,
  `Authorization: Basic ${base64(`ops:${made(14)}`)}`,
  `curl -u ops:${made(14)} https://x`,
  `curl --user ops:${made(14)} https://x`,
  `mysql -uroot -p${made(12)} app`,
  `mysqldump --password=${made(12)} app`,
  `sshpass -p ${made(12)} ssh host`,
  `redis-cli -a ${made(20)}`,
  `psql postgresql://app:${made(14)}@db/app`,
  `jdbc:mysql://db/app?user=app&password=${made(12)}`,
  `amqp://app:${made(12)}@mq:5672/`,
  `Server=db;User Id=app;Password=${made(12)};`,
  `machine ftp.example.com login ops password ${made(12)}`,
  `aws_secret_access_key = ${made(40)}`,
  `AWS_SECRET_ACCESS_KEY=${made(40)}`,
  `"secretAccessKey": "${made(40)}"`,
  `VAULT_TOKEN=s.${made(24)}`,
  `api_key: ${made(32, HEX)}`,
  `https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${made(64, HEX)}`,
  `https://b.oss-cn-beijing.aliyuncs.com/k?OSSAccessKeyId=x&Expires=1&Signature=${made(27)}%3D`,
  `https://a.blob.core.windows.net/c?sv=2022&sig=${made(43)}%3D`,
  `AccountKey=${made(86)}==`,
  `PrivateKey = ${made(43)}=`,
  `app:$6$${made(16)}$${made(86)}`,
  `sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="${made(12)}";`,
  `otpauth://totp/x?secret=${made(32, UPPER)}`,
  `openssl rsa -passin pass:${made(12)}`,
  `wget --password=${made(12)} https://x`,
  `{"auths":{"r":{"auth":"${base64(`ops:${made(14)}`)}"}}}`,
];

const CONTEXTS: readonly (readonly [string, (value: string) => string])[] = [
  ['by itself', (value) => value],
  ['in a script', (value) => `#!/bin/bash\nexport THING='${value}'\n`],
  ['in YAML', (value) => `a:\n  - thing: "${value.replaceAll('\n', '\\n')}"\n`],
  ['in JSON', (value) => JSON.stringify({ why: value })],
  ['in a URL', (value) => `https://x/?t=${value}`],
  ['in a header', (value) => `X-Thing: ${value}`],
  ['in a unit', (value) => `[Service]\nEnvironment=THING=${value}\n`],
  ['behind other text', (value) => `${'harmless words. '.repeat(200)}${value}`],
];

describe.each(Object.entries(TOKENS))('%s', (_, value) => {
  test.each(CONTEXTS)('is found %s, and masked', (_where, put) => {
    const text = put(value);
    expect(findSecrets(text).length).toBeGreaterThan(0);
    const secret = value.includes('\n') ? value.split('\n')[1]! : value;
    expect(maskSecrets(text)).not.toContain(secret);
  });
});

// Titles go into reports: they hold no value.
test.each(STANDING.map((text, i) => [i, text] as const))(
  'what stands under a telling name or word is found: form %i',
  (_, text) => {
    expect(findSecrets(text).length).toBeGreaterThan(0);
    expect(findSecrets(`#!/bin/bash\n${text}\n`).length).toBeGreaterThan(0);
    expect(findSecrets(JSON.stringify({ a: { b: text } })).length).toBeGreaterThan(0);
  },
);

const HARMLESS: readonly string[] = [
  'PGPASSFILE=/run/secrets/pgpass',
  'curl -u "$USER:$PASS" https://x',
  'mysql --password="$(cat /run/secrets/db)" app',
  `password: '{{resolve:secretsmanager:app/db:SecretString:password}}'`,
  'password_file: /etc/app/password',
  'PasswordAuthentication no',
  'passwordless sudo',
  'tokenizer: standard',
  'token: ${TOKEN}',
  `sha256: ${made(64, HEX)}`,
  `digest=sha256:${made(64, HEX)}`,
  `etcd --discovery https://discovery.etcd.io/${made(32, HEX)}`,
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${made(44)} ops@example`,
  `-----BEGIN CERTIFICATE-----\n${made(64)}\n-----END CERTIFICATE-----`,
  'arn:aws:sns:sa-east-1:111111111111:ops',
  ':secretsmanager:us-east-1:111111111111:secret:meissa/aliyun-1111111111111111-??????',
  'token=k8s-af-south-1-a0a0-g1',
  'MEISSA_ALIYUN_SECRET=meissa/aliyun-1111111111111111',
  `Key: ros/${made(64, HEX)}.ros.json`,
  'ami-0dbd802e72d0b653d',
  '5f2c1d3e-8a7b-4c6d-9e0f-1a2b3c4d5e6f',
  'secretName: app/db',
  'keyName: hybrid/vpn-1',
  'why: hosts renew their certificates with the key of the fleet',
];

test.each(HARMLESS.map((text, i) => [i, text] as const))('what is harmless is left alone: form %i', (_, text) => {
  expect(findSecrets(text)).toEqual([]);
  expect(maskSecrets(text)).toBe(text);
});

test('nothing of what hosts of the examples get is taken for a secret', () => {
  const folder = join(ROOT, 'test/golden');
  const golden = (name: string) => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  const texts = new Map(files.map((name) => [name, golden(name)]));
  for (const [name, same] of Object.entries(alike)) texts.set(name, substituted(golden(`${same.golden}.yaml`), same.but));
  expect(texts.size).toBeGreaterThan(50);
  for (const [name, text] of texts) expect([name, findSecrets(text)]).toEqual([name, []]);
});

/** Of passwords, as programs keep them. */
const HASHES: readonly string[] = [
  `$2b$12$${made(53)}`,
  `$6$rounds=5000$${made(16)}$${made(86)}`,
  `$y$j9T$${made(22)}$${made(43)}`,
  `$argon2id$v=19$m=65536,t=3,p=4$${made(22)}$${made(43)}`,
  `$pbkdf2-sha256$29000$${made(22)}$${made(43)}`,
  `{SSHA512}${made(88)}`,
  `{pbkdf2-sha512}${made(88)}`,
  `SCRAM-SHA-256$4096:${made(24)}$${made(44)}:${made(44)}`,
  `root:$1$${made(8)}`,
];

test('a family that says of a text that it holds none of it finds none in it', () => {
  const texts = [
    ...Object.values(TOKENS).flatMap((value) => CONTEXTS.map(([, put]) => put(value))),
    ...HASHES.flatMap((value) => CONTEXTS.map(([, put]) => put(value))),
    ...HASHES,
    `password:\n  ${made(20)}\n`,
    `- name: DB_PASSWORD\n  value: ${made(20)}\n`,
    ...STANDING,
  ];
  const families = { assigned, assignedBelow, bareKeys, commands, directives, passwordHashes, privateKeys, requests, tokens };
  const found = new Set<string>();
  for (const text of texts) {
    for (const [name, { may, find }] of Object.entries(families)) {
      if ([...find(text)].length === 0) continue;
      found.add(name);
      expect([name, text, may(text)]).toEqual([name, text, true]);
    }
  }
  expect([...found].sort()).toEqual(Object.keys(families));
  for (const hash of HASHES) expect([hash, [...passwordHashes.find(hash)].length]).toEqual([hash, 1]);
});

test('a megabyte made to be slow is looked through in moments', () => {
  const pumps = [
    'a',
    '=',
    '"',
    'password=',
    'eyJ',
    'AKIA',
    '-u ',
    '://a:',
    'A'.repeat(39) + ' ',
    '-----BEGIN ',
    ' -p',
    '\\',
    '{{',
    '%25',
  ];
  for (const pump of pumps) findSecrets(pump.repeat(Math.ceil((1 << 20) / pump.length)));
});
