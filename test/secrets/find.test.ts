import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { findSecrets } from '../../lib/secrets';

const kinds = (text: string): string[] => findSecrets(text).map((secret) => `${secret.line} ${secret.kind}`);
/** Made up here, and in pieces, so that no scanner takes this file for a leak. */
const random = 'q7Zt1Lw9Xb3Kf5Rm8Vd2Ns6Hy4Jc0Pg';

test('the characters of a whole gzip are no token, what it holds may be one; a broken one is read as it stands', () => {
  // A gzip's own name of its file may have any bytes but 0: those whose base64 looks like a key.
  const gzip = (text: string): string => {
    const plain = gzipSync(text);
    const name = Buffer.from(`xy/${'AIza'}${random.padEnd(35, 'q')}/x`, 'base64');
    const head = Buffer.from(plain.subarray(0, 10));
    head[3] = 8;
    return Buffer.concat([head, Buffer.from('zz'), name, Buffer.from([0]), plain.subarray(10)]).toString('base64');
  };
  expect(gzip('nothing')).toContain(`/${'AIza'}${random}`);
  expect(kinds(`"${gzip('nothing')}"`)).toEqual([]);
  expect(kinds(`"${gzip(`PASSWORD=${'geheim'}`)}"`)).toEqual(['1 a password']);
  expect(kinds(`"${gzip('nothing').slice(0, -12)}"`)).toEqual(['1 a Google key']);
});

describe('is refused', () => {
  test.each([
    ['a private key', `-----BEGIN RSA PRIVATE ${'KEY'}-----\nabc`],
    ['a private key', `-----BEGIN PRIVATE ${'KEY'}-----`],
    ['a private key', `-----BEGIN OPENSSH PRIVATE ${'KEY'}-----`],
    ['a private key', `-----BEGIN PGP PRIVATE ${'KEY'} BLOCK-----`],
    ['an AWS access key id', `id: ${'AKIA'}IOSFODNN7EXAMPLE`],
    ['an AWS access key id', `${'ASIA'}IOSFODNN7EXAMPLE`],
    ['an Aliyun access key id', `${'LTAI'}5tAbCdEfGhIjKlMnOpQr`],
    ['a GitHub token', `${'ghp'}_${random}AbCdEf`],
    ['a GitHub token', `${'github'}_pat_${random}_AbCdEf`],
    ['a Slack token', `${'xoxb'}-123456789012-abcdef`],
    ['a webhook of Slack', `https://hooks.slack.${'com'}/services/T0AB/B0CD/abcdef`],
    ['a GitLab token', `${'glpat'}-abcdefghij0123456789`],
    ['a password in a URL', `url=https://user:${'geheim'}@example.com/x`],
    ['a password in a URL', `redis://:${'geheim'}@10.0.0.1`],
    ['a signed token (JWT)', `${'eyJ'}hbGciOiJI.${'eyJ'}zdWIiOiIx.abcdefghij`],
    ['a password', `core:$${'6'}$salt$hash`],
    ['a password', `PASSWORD=${'geheim'}`],
    ['a password', `db_password: "${'geheim'}"`],
    ['a password', `{"dbPassword": "${'geheim'}"}`],
    ['a password', `mysql --password ${'geheim'}`],
    ['a value of SECRET_KEY', `SECRET_KEY=${random}`],
    ['a value of aws_secret_access_key', `aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/${'bPxRfiCY'}EXAMPLEKEY`],
    ['a value of accessKeySecret', `"accessKeySecret": "${random}"`],
    ['a value of API_TOKEN', `export API_TOKEN='${random}'`],
    ['a value of token', `token: 3f2a9c${'81d7'}e4b06f5a3c8d`],
  ])('%s', (kind, text) => {
    expect(kinds(`first\n${text}\n`)).toEqual([expect.stringMatching(/^2 /)]);
    expect(kinds(text)[0]).toBe(`1 ${kind}`);
  });

  test('and never told itself', () => {
    expect(JSON.stringify(findSecrets(`API_TOKEN=${random}`))).not.toContain(random);
  });

  test('wherever in other text it stands', () => {
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '=', ':', '#') });
    fc.assert(
      fc.property(around, around, (before, after) => findSecrets(`${before}\nPASSWORD=${'geheim'}\n${after}`).length > 0),
    );
  });
});

describe('is fine', () => {
  test.each([
    ['a logical id of short words', 'IngressAaaVotersEtcdMetricsFromApEast2G1'],
    ['a public ssh key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random}${random} ops@example`],
    ['an RSA public key', `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${random.repeat(8)} ops`],
    ['a certificate', `-----BEGIN CERTIFICATE-----\nMIIB${random}\n-----END CERTIFICATE-----`],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----'],
    ['a SHA-256 digest', 'etcd 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 etcd.tar.gz'],
    ['a digest by name', 'CA_KEY_SHA256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['a fingerprint', 'ca-key-fingerprint: 9f86d081884c7d659a2feaa0c55ad015'],
    ['a discovery URL', 'ETCD_DISCOVERY=https://discovery.etcd.io/3e86b59982e49066c5d813af1c2e2579cbf573de'],
    ["a cluster's token, which is its name", 'ETCD_INITIAL_CLUSTER_TOKEN=example-ap-southeast-1-core-g1'],
    ['a variable', 'PASSWORD=$PASSWORD\nTOKEN="${TOKEN}"\nsecret=$(fetch secret)'],
    ['a path', 'password_file=/run/secrets/db\nPASSWORD=/run/x'],
    ['a setting of sshd', 'PasswordAuthentication no\nPermitRootLogin prohibit-password\npassword: no'],
    ['a header of the metadata service', "-H 'X-aws-ec2-metadata-token-ttl-seconds: 60'"],
    ['a setting of Kafka', 'key.serializer=org.apache.kafka.common.serialization.StringSerializer'],
    ['an artifact address', 'MEISSA_ARTIFACTS=https://meissa-example-111111111111-us-east-1.s3.us-east-1.amazonaws.com'],
    ['an address with an at sign', 'git@example.com:a/b.git https://example.com/@scope/x:1'],
    ['a name that only begins like a key', 'LTAI1\nAKIA\nxoxb'],
  ])('%s', (_what, text) => {
    expect(kinds(text)).toEqual([]);
  });
});

test('a control character written as an escape ends a word, as it does where it stands', () => {
  expect(findSecrets('text: "a=1\\u000dssl.client.auth=required\\u000dssl.keystore.type=PEM\\u000d"')).toEqual([]);
  expect(findSecrets('text: "a=1\\u000dpassword=hunter22\\u000db=2"')).toMatchObject([{ kind: 'a password', line: 1 }]);
});
