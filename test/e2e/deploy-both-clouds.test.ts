/** One `meissa deploy` and one `destroy` of an AWS and an Aliyun region that have one id, on one cloud. The tests are one story. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { ROOT } from '../root';
import { meissaOn } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { LinkedEstate } from './linked-estate';
import { succeeded } from './rehearsed-region';

jest.setTimeout(90_000);

const ACCOUNT = '1111111111111111';
const [AWS, ALIYUN] = ['ap-southeast-1', 'aliyun-ap-southeast-1'] as const;
/** What both clouds call it. */
const ID = 'ap-southeast-1';

let estate: LinkedEstate;
let cloud: EmbeddedCloud;
/** Over the right keys of Aliyun. */
let secret: Record<string, string> = {};
beforeAll(async () => {
  estate = new LinkedEstate(ROOT, [AWS, 'cn-hangzhou']);
  const file = (name: string) => join(estate.root, 'regions', name);
  for (const name of ['bj-idc.yaml', 'cn-hangzhou.members.lock.yaml']) rmSync(file(name));
  renameSync(file('cn-hangzhou.yaml'), file(`${ALIYUN}.yaml`));
  estate.edit(`${ALIYUN}.yaml`, ['region'], ID);
  estate.edit(
    `${ALIYUN}.yaml`,
    ['network', 'zones'],
    ['a', 'b', 'c'].map((letter) => ID + letter),
  );
  estate.edit('estate.yaml', ['links'], {});
  estate.edit('estate.yaml', ['central'], AWS);
  estate.edit('estate.yaml', ['aliyun', 'cen'], ALIYUN);
  cloud = await startEmbeddedCloud({ aliyun: { account: ACCOUNT } });
  succeeded(await estate.cdk(cloud, 'bootstrap', '--app', estate.synth(), `aws://111111111111/${ID}`));
});
afterEach(() => {
  secret = {};
});
afterAll(async () => {
  await cloud.close();
  removeTemporaryFolders();
});

async function json(...args: string[]) {
  const env = { env: () => ({ ...cloud.env(), ...cloud.aliyun.env(ID), ...secret }) };
  const ran = await meissaOn(env, estate.root, ...args, '--json');
  return { code: ran.code, document: JSON.parse(ran.stdout) };
}
const outcomes = (document: { stacks: { path: string; outcome: string }[] }) =>
  Object.fromEntries(document.stacks.map(({ path, outcome }) => [path, outcome]));
const standing = () => ({
  aws: cloud
    .inventory(ID)
    .stacks.flatMap(({ name }) => (name === 'CDKToolkit' ? [] : [name]))
    .sort(),
  aliyun: Object.values(cloud.region(ID, ACCOUNT).stacks).filter(({ status }) => status !== 'DELETE_COMPLETE').length,
});
const all = (outcome: string) =>
  Object.fromEntries([AWS, ALIYUN].flatMap((r) => [`${r}/base`, `${r}/network`].map((p) => [p, outcome])));

test('one cloud that fails stops the other, unless a failure is tolerated: then the other is deployed whole', async () => {
  secret = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' };
  const stopped = await json('deploy', ALIYUN, AWS, '--yes', '--concurrency', '1');
  expect({ code: stopped.code, outcomes: outcomes(stopped.document) }).toEqual({
    code: 1,
    outcomes: { ...all('skipped'), [`${ALIYUN}/base`]: 'failed' },
  });
  expect(standing()).toEqual({ aws: [], aliyun: 0 });
  const { code, document } = await json('deploy', ALIYUN, AWS, '--yes', '--concurrency', '1', '--failure-tolerance', '1');
  expect({ code, outcome: document.outcome, outcomes: outcomes(document) }).toEqual({
    code: 1,
    outcome: 'failed',
    outcomes: { ...all('created'), [`${ALIYUN}/base`]: 'failed', [`${ALIYUN}/network`]: 'skipped' },
  });
  expect(document.resume).toContain('--failure-tolerance 1');
  expect(standing()).toEqual({ aws: [`${AWS}-base`, `${AWS}-network`], aliyun: 0 });
});

test('the next deploy makes what is missing and leaves the other alone; then nothing changes', async () => {
  const { code, document } = await json('deploy', AWS, ALIYUN, '--yes');
  expect({ code, outcome: document.outcome }).toEqual({ code: 0, outcome: 'done' });
  expect(outcomes(document)).toEqual({
    ...all('created'),
    [`${AWS}/base`]: 'unchanged',
    [`${AWS}/network`]: 'unchanged',
  });
  const again = await json('deploy', AWS, ALIYUN, '--yes');
  expect({ code: again.code, outcomes: outcomes(again.document) }).toEqual({ code: 0, outcomes: all('unchanged') });
});

test('rehearsed from what stands there is nothing to do; with another tag every stack is updated, and no cloud hears of it', async () => {
  const same = await json('rehearse', AWS, ALIYUN, '--from', 'live');
  expect({ code: same.code, outcomes: outcomes(same.document), losses: same.document.losses }).toEqual({
    code: 0,
    outcomes: all('unchanged'),
    losses: [],
  });
  estate.edit('estate.yaml', ['tags'], { team: 'other' });
  const before = standing();
  const other = await json('rehearse', AWS, ALIYUN, '--from', 'live');
  estate.edit('estate.yaml', ['tags'], {});
  expect({ code: other.code, outcomes: outcomes(other.document), losses: other.document.losses }).toEqual({
    code: 2,
    outcomes: all('updated'),
    losses: [],
  });
  expect(standing()).toEqual(before);
});

test('one destroy takes both down, and names what each cloud keeps', async () => {
  const { code, document } = await json('destroy', AWS, ALIYUN, '--including-data', '--yes');
  expect({ code, outcomes: outcomes(document) }).toEqual({ code: 0, outcomes: all('deleted') });
  const kept = document.kept.map(({ type }: { type: string }) => type);
  expect(kept).toEqual(expect.arrayContaining(['AWS::S3::Bucket', 'ALIYUN::OSS::Bucket']));
  expect(standing()).toEqual({ aws: [], aliyun: 0 });
});
