/** `npm start` as who clones the repository sees it: the compiled command line, twice, as processes of their own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedCloud } from '../../lib/embedded-cloud';
import { type Ran, ROOT, run } from '../child/run';
import { removeTemporaryFolders, temporaryFolder } from './example';

jest.setTimeout(200_000);

const MEISSA = join(ROOT, 'dist/bin/meissa.js');

let state: string;

beforeAll(async () => {
  const built = await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 60 });
  if (!existsSync(MEISSA)) throw new Error(`${built.stdout}${built.stderr}`);
  state = temporaryFolder();
});
afterAll(removeTemporaryFolders);

function rehearse(...args: string[]): Promise<Ran> {
  const env = { CI: '1', NO_COLOR: '1', CDK_VALIDATION: undefined };
  return run(process.execPath, [MEISSA, 'rehearse', 'sa-east-1', '--state', state, ...args], { env, timeout: 100 });
}

test('the first start deploys the region and reads back what stands, and says that it is a rehearsal', async () => {
  const { code, stdout, stderr } = await rehearse();
  expect({ code, stderr: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, stderr: '' });
  expect(stderr).toMatch(/^Rehearsal: .*No account, no credentials/m);
  expect(stderr).toMatch(/host {3}sa-east-1-core-voters-1 {2}10\.9\.\d+\.16 {2}i-\w+ {2}running/);
  expect(stderr).toMatch(/route {2}\S+ {2}0\.0\.0\.0\/0 -> nat-\w+/);
  expect(stderr).toContain('1 region of example deployed (rehearsal).');
  expect(stderr).toContain('Where to look next');
});

/** Leaves a stack as an interrupted rehearsal does: half-made, though its calls have rollback on. */
async function interrupt(name: string): Promise<void> {
  const cloud = await startEmbeddedCloud({ stateDir: join(state, 'world') });
  try {
    const region = cloud.region('sa-east-1');
    const { id, template, tags } = cloud.engine.stack(region, name);
    const { Resources: resources, ...rest } = JSON.parse(template);
    const body = JSON.stringify({
      Resources: { ...resources, Bad: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/8' } } },
      ...rest,
    });
    cloud.engine.update(region, {
      name,
      body,
      tags,
      parameters: [],
      capabilities: ['CAPABILITY_NAMED_IAM'],
      disableRollback: true,
    });
    await cloud.engine.settled(id, 10_000);
    expect(cloud.engine.stack(region, name).status).toBe('UPDATE_FAILED');
  } finally {
    await cloud.close();
  }
}

test('a start after one that was interrupted goes on from there', async () => {
  await interrupt('sa-east-1-core-adserver');
  const { code, stdout, stderr } = await rehearse();
  expect({ code, stderr: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, stderr: '' });
  expect(stderr).toMatch(/stack {2}sa-east-1-core-adserver {2}UPDATE_COMPLETE/);
});

test('a start when all stands says "no changes", and with --json puts one document and nothing else on stdout', async () => {
  const { code, stdout, stderr } = await rehearse('--json');
  expect({ code, stderr: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, stderr: '' });
  expect(stderr).toMatch(/^no changes$/m);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ version: 1, changed: false, regions: [{ region: 'sa-east-1' }] });
  expect(document.regions[0].hosts).toHaveLength(17);
});

test('with --serve the cloud stays up for the CDK CLI of another terminal, until Ctrl-C', async () => {
  const child = spawn(process.execPath, [MEISSA, 'rehearse', 'sa-east-1', '--state', state, '--serve'], {
    cwd: ROOT,
    env: { ...process.env, CI: '1', NO_COLOR: '1', CDK_VALIDATION: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  try {
    await Promise.race([ended, until(() => said.includes("npx cdk diff 'sa-east-1/*'\n"))]);
    const exported = Object.fromEntries([...said.matchAll(/^export (\w+)='(.*)'$/gm)].map((m) => [m[1]!, m[2]!]));
    expect(exported.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    const diff = await run(process.execPath, [cdk, 'diff', 'sa-east-1/*', '--fail'], { env: exported, timeout: 60 });
    expect({ code: diff.code, said: diff.code === 0 ? '' : diff.stdout + diff.stderr }).toEqual({ code: 0, said: '' });
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(0);
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !holds(); tries++) await new Promise((done) => setTimeout(done, 100));
}
