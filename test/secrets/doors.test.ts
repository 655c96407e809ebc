/** Whatever is written or printed goes through a door that looks: a secret anywhere in the description stops it, and is shown nowhere. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from '../child/run';

const SECRET = `ghp_${'Zk3x9Qw2aB7Lm4Rt8Yv1Nc6Pd5Hs0Fg'.padEnd(36, 'J')}`;
const HIDDEN = 'correct-horse-42';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'secrets-'));
  for (const name of ['regions', 'cloud-config']) cpSync(join(ROOT, name), join(root, name), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function change(path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(root, path), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(root, path), after);
}

async function meissa(...args: string[]): Promise<{ code: number | null; text: string }> {
  const { code, stdout, stderr } = await run(process.execPath, [join(ROOT, 'dist/bin/meissa.js'), ...args, '--root', root]);
  return { code, text: stdout + stderr };
}

const PLACES: Readonly<Record<string, () => void>> = {
  'a tag': () => change('regions/estate.yaml', 'owner: platform', `owner: ${SECRET}`),
  "a port's reason": () => change('cloud-config/etcd/profile.yaml', /why: [^}\n]*/, `why: ${SECRET}`),
  'a permissions boundary': () => change('regions/estate.yaml', 'aws: {', `aws: { permissionsBoundary: ${SECRET},`),
  'a description': () => change('cloud-config/etcd/profile.yaml', /description: .*/, `description: ask ${SECRET}`),
  'a file of a profile': () =>
    change(
      'cloud-config/base/cloud-config.yaml',
      /^files:\n/m,
      `files:\n  - { path: /etc/x, content: "PGPASSWORD=${HIDDEN}" }\n`,
    ),
  'a key that nobody knows': () => change('regions/sa-east-1.yaml', 'provider: aws', `provider: aws\npassword: ${HIDDEN}`),
  'a key': () => change('regions/sa-east-1.yaml', 'provider: aws', `provider: aws\n${SECRET}: 1`),
  'a line that is no YAML': () => change('regions/sa-east-1.yaml', 'provider: aws', `provider: aws\ntoken: "${SECRET}`),
};

test.each(Object.entries(PLACES))(
  '%s that holds a secret stops every verb, and the secret is shown by none',
  async (_, put) => {
    put();
    const out = join(root, 'out/cdk.out');
    for (const args of [['validate'], ['validate', '--json'], ['plan', 'sa-east-1'], ['synth', 'sa-east-1', '--out', out]]) {
      const { code, text } = await meissa(...args);
      // A plan says nothing of what stands in files of hosts.
      if (args[0] !== 'plan') expect([args[0], code]).toEqual([args[0], 1]);
      expect(text.includes(SECRET) || text.includes(HIDDEN)).toBe(false);
    }
    expect(existsSync(out)).toBe(false);
  },
  60_000,
);

test('a command line that holds a secret is not repeated', async () => {
  const { code, text } = await meissa('plan', SECRET);
  expect(code).toBe(1);
  expect(text.includes(SECRET)).toBe(false);
});
