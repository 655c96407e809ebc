/** What a function of a template tries against this machine: each fails in the function, in time, and is said. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { levelHere } from '../../lib/embedded-cloud/aws/functions/confinement';
import { describeWithRealParts, lacksLinux, lacksNamespaces, testWhere } from '../real-parts';
import { Driver, type Resources } from './driver';

jest.setTimeout(60_000);

let driver: Driver;
let log: string[];
let folder: string;
let listener: Server;
let heard = 0;
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-canary-'));
  writeFileSync(join(folder, 'estate.yaml'), 'secret: of the estate');
  listener = createServer((socket) => {
    heard += 1;
    socket.end('hello');
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  port = (listener.address() as { port: number }).port;
  process.env.MEISSA_CANARY = 'secret of the environment';
  log = [];
  driver = await Driver.start({ log: (line) => log.push(line), functionPatience: 6 });
});
afterAll(async () => {
  await driver.close();
  listener.close();
  delete process.env.MEISSA_CANARY;
  rmSync(folder, { recursive: true, force: true });
});

const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };

const ANSWERING = `
exports.handler = async (event) => {
  let said;
  try { said = { Status: 'SUCCESS', Data: { Said: String(await work(event)) } }; }
  catch (e) { said = { Status: 'FAILED', Reason: (e.code || e.name) + ': ' + e.message + (e.cause ? ' ' + e.cause.code + ' ' + e.cause.message : '') }; }
  const body = JSON.stringify({ PhysicalResourceId: event.PhysicalResourceId || 'x', StackId: event.StackId, RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId, ...said });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};`;

const custom = (code: string, variables: Record<string, string> = {}): Resources => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 5,
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: code },
      Environment: { Variables: variables },
    },
  },
  Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ServiceTimeout: 60 } },
});

let count = 0;
/** What `work` came to: `Said` of a success, or the reason of the failure. */
async function tried(work: string, variables?: Record<string, string>): Promise<{ said?: string; failed?: string }> {
  count += 1;
  const outputs = { Said: { Value: { 'Fn::GetAtt': ['Thing', 'Said'] } } };
  const code = `const work = async (event) => { if (event.RequestType === 'Delete') return ''; ${work} };${ANSWERING}`;
  const stack = await driver.deploy(`s${count}`, custom(code, variables), { outputs, disableRollback: true });
  const [failed] = driver.failures(stack);
  return failed === undefined ? { said: stack.outputs[0]?.value as string } : { failed };
}

const REFUSED = /ERR_ACCESS_DENIED|EACCES|ENOENT|ERR_DLOPEN|EPERM/;
const here = JSON.stringify;

test.each([
  ['/etc/shadow', () => `return require('fs').readFileSync('/etc/shadow', 'utf8')`],
  ["the estate's folder", () => `return require('fs').readFileSync(${here(join(folder, 'estate.yaml'))}, 'utf8')`],
  ["this program's own files", () => `return require('fs').readFileSync(${here(join(__dirname, '../../package.json'))}, 'utf8')`],
  ['a file by promises', () => `return await require('fs/promises').readFile('/etc/passwd', 'utf8')`],
  [
    'a file through a symlink',
    () => `const fs = require('fs'); fs.symlinkSync('/etc/passwd', 'x'); return fs.readFileSync('x', 'utf8')`,
  ],
  ['a file outside the scratch folder', () => `require('fs').writeFileSync(${here(join(folder, 'written'))}, 'x')`],
  ['a file beside its code', () => `require('fs').writeFileSync(__dirname + '/index.js', 'x')`],
  ['a shell', () => `return require('child_process').execSync('id').toString()`],
  [
    'a shell, asynchronously',
    () => `return await new Promise((done, fail) => require('child_process').exec('id', (e, out) => e ? fail(e) : done(out)))`,
  ],
  [
    'a grandchild',
    () =>
      `require('child_process').spawn(process.execPath, ['-e', 'setInterval(()=>{},1000)'], { detached: true }).unref(); return 'made'`,
  ],
  [
    'a thread',
    () =>
      `return await new Promise((done, fail) => new (require('worker_threads').Worker)('1', { eval: true }).on('error', fail).on('exit', done))`,
  ],
  ['a native module', () => `process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`],
  ['the processes of this machine', () => `process.kill(${process.pid}, 0); return 'seen'`],
])('%s is out of reach', async (_what, work) => {
  const { failed } = await tried(work());
  expect(failed).toMatch(REFUSED);
  expect(existsSync(join(folder, 'written'))).toBe(false);
});

test.each([
  ['another port of loopback', () => port],
  ['another port by name', () => port, 'localhost'],
  ['the metadata service', () => 80, '169.254.169.254'],
  ['a private network', () => 80, '10.0.0.1'],
])('%s fails at once, by socket and by fetch', async (_what, to, host = '127.0.0.1') => {
  const began = `const began = Date.now(); const at = () => { if (Date.now() - began > 1000) throw new Error('late'); };`;
  const socket = await tried(
    `${began} return await new Promise((done, fail) => require('net').connect(${to()}, '${host}').on('connect', () => done('in')).on('error', (e) => { at(); fail(e); }))`,
  );
  expect(socket.failed).toMatch(/ENETUNREACH/);
  const fetched = await tried(`return (await fetch('http://${host}:${to()}/')).status`);
  expect(fetched.failed).toMatch(/ENETUNREACH|fetch failed/);
  expect(heard).toBe(0);
});

test('a name is looked up by nobody, and no datagram leaves', async () => {
  expect((await tried(`return await require('dns/promises').resolve4('example.com')`)).failed).toMatch(
    /ECONNREFUSED|ETIMEOUT|ENETUNREACH|EAI_AGAIN|ESERVFAIL/,
  );
  expect((await tried(`require('dgram').createSocket('udp4').send('x', 53, '10.0.0.1')`)).failed).toMatch(/ENETUNREACH/);
});

test("the environment is Lambda's and the function's own, a folder of its own, and the embedded cloud's key", async () => {
  const { said } = await tried(`return JSON.stringify({ env: process.env, cwd: process.cwd(), uid: process.getuid() })`, {
    OWN: 'x',
  });
  const { env, cwd, uid } = JSON.parse(said as string);
  expect(JSON.stringify(env)).not.toContain('secret of the environment');
  expect(Object.keys(env).filter((name) => !/^(AWS_|PATH$|HOME$|TMPDIR$|TZ$|OWN$|PWD$|OLDPWD$)/.test(name))).toEqual([]);
  expect([env.HOME, env.TMPDIR]).toEqual([cwd, cwd]);
  expect(cwd).toContain('meissa-function-');
  expect(existsSync(cwd)).toBe(false);
  if (levelHere([]) === 'own-user') expect(uid).toBe(65534);
});

test('the scratch folder is there to be written, and ends with the run', async () => {
  const { said } = await tried(
    `const fs = require('fs'); fs.writeFileSync('a', 'b'); fs.mkdirSync('c'); return process.cwd() + ' ' + fs.readFileSync('a', 'utf8')`,
  );
  expect(said).toMatch(/ b$/);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('meissa-function-'))).toEqual([]);
});

test("variables of a template don't reach the programs that start its function", async () => {
  const variables = { NODE_OPTIONS: '--no-such-option', LD_PRELOAD: '/no/such.so', PATH: '/nowhere', NODE_PATH: '/etc' };
  expect((await tried(`return process.env.NODE_OPTIONS`, variables)).said).toBe('--no-such-option');
});

const processes = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('meissa-function-');
      } catch {
        return false;
      }
    });

describeWithRealParts([], lacksLinux(), 'what never ends, and what takes all memory', () => {
  test.each([
    ['spins for ever', `for (;;);`, /Task timed out/],
    ['takes all memory of the heap', `const a = []; for (;;) a.push(new Array(1e5).fill(Math.random()));`, /heap|exited/],
    [
      'takes all memory beside the heap',
      `const a = []; for (;;) a.push(Buffer.alloc(64 * 1024 * 1024, 1));`,
      /exited|allocation failed/i,
    ],
  ])('what %s ends, in time, and nothing of it stays', async (_what, work, words) => {
    const before = log.length;
    const began = Date.now();
    const { failed } = await tried(work);
    expect(failed).toMatch(/did not receive a response|allocation/i);
    expect(Date.now() - began).toBeLessThan(30_000);
    expect(`${failed}${log.slice(before).join('\n')}`).toMatch(words);
    for (let tries = 0; tries < 50 && processes().length > 0; tries += 1) await new Promise((done) => setTimeout(done, 100));
    expect(processes()).toEqual([]);
  });
});

testWhere(lacksNamespaces(), 'where namespaces can be made, they are', () => {
  expect(levelHere([])).toBe('own-user');
  expect(driver.cloud.confinement).toContain('a user of their own');
});
