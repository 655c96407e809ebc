/** What `meissa deploy` refuses on Aliyun, and how it goes on: replacements, keys of another account, a session that ends half-way. */
import { applyStack } from '../../lib/aliyun/ros-client';
import type { AccessKey } from '../../lib/embedded-cloud/keys';
import { rosOf } from './aliyun-by-hand';
import { until } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { ACCOUNT, type Keys, REGION, SmallAliyun, WHOLE } from './small-aliyun';

jest.setTimeout(60_000);

const OTHER = '2222222222222222';

let region: SmallAliyun;
beforeAll(async () => {
  region = await SmallAliyun.start();
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

const DEPLOY = ['deploy', REGION, '--yes'];
const errorOf = (document: { stacks: { path: string; error?: object }[] }, path: string) =>
  document.stacks.find((stack) => stack.path === path)?.error;
/** Refused by the rehearsal: nothing was begun. */
const lossOf = (document: { findings: { file: string; code: string }[] }, path: string) =>
  document.findings.find(({ file, code }) => file === path && code === 'DEPLOY_FAILS');
const hosts = () => Object.values(region.cloud.region(REGION, ACCOUNT).aliyun.instances).map(({ id }) => id);

function keysOf({ id, secret, securityToken }: AccessKey): Keys {
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ...(securityToken === undefined ? {} : { ALIBABA_CLOUD_SECURITY_TOKEN: securityToken }),
  };
}

test('right keys of another account: both accounts are named, and nothing is made in either', async () => {
  const { code, document } = await region.json(DEPLOY, keysOf(region.cloud.aliyun.key(OTHER)));
  expect(code).toBe(1);
  expect(errorOf(document, `${REGION}/base`)).toMatchObject({
    code: 'WRONG_ACCOUNT',
    message: expect.stringContaining(`of account ${OTHER}, ${REGION} is of ${ACCOUNT}`),
    fix: expect.stringContaining(`credentials of account ${ACCOUNT}`),
  });
  expect([region.stacks(), region.stacks(OTHER)]).toEqual([[], []]);
});

test('a session that ends while the network is made says so and shows nothing of it; with a new one the next deploy finishes', async () => {
  const session = region.cloud.aliyun.roleKey('deployer');
  const { ended, said } = region.start(DEPLOY, keysOf(session));
  await until('the network is begun', () => region.stack(`${REGION}-network`) !== undefined);
  session.expires = Date.now() - 1;
  expect(await ended).toBe(1);
  expect(said()).toContain('CREDENTIALS_EXPIRED');
  expect(said()).toContain(`to go on: meissa deploy ${REGION}`);
  for (const secret of [session.id, session.secret, session.securityToken!]) expect(said()).not.toContain(secret);
  const { code, stderr } = await region.meissa(DEPLOY, keysOf(region.cloud.aliyun.roleKey('deployer')));
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(region.stacks()).toEqual(WHOLE);
});

describe('a change that would replace a SNAT entry', () => {
  const entry = `${REGION}/network/NatSourceG1`;
  const gateways = () => Object.values(region.cloud.region(REGION, ACCOUNT).aliyun.natGateways);
  const entries = () => gateways().flatMap(({ snat }) => snat.map(({ id }) => id));

  beforeAll(async () => {
    // Somebody narrowed it in its stack by hand: ROS can only make another one.
    const template = JSON.parse(region.stack(`${REGION}-network`)!.template);
    template.Resources.NatSourceG1.Properties.SourceCIDR = '10.33.0.0/17';
    const { tags } = await rosOf(region).getStack(region.stack(`${REGION}-network`)!.id);
    const request = { name: `${REGION}-network`, template: JSON.stringify(template), tags, replace: ['NatSourceG1'] };
    expect(await applyStack(rosOf(region), request)).toMatchObject({ kind: 'updated' });
  });

  test('is refused before anything is begun, and the command that agrees is said', async () => {
    const before = { stacks: region.stacks(), entries: entries() };
    const { code, document } = await region.json(DEPLOY);
    expect(code).toBe(1);
    expect(lossOf(document, `${REGION}/network`)).toMatchObject({
      why: expect.stringContaining('ROS would delete and create anew what nobody agreed to: NatSourceG1'),
      fix: expect.stringContaining(`--replace ${entry}`),
    });
    expect({ stacks: region.stacks(), entries: entries() }).toEqual(before);
    expect(Object.values(region.stack(`${REGION}-network`)!.changeSets).filter((set) => set.execution === 'AVAILABLE')).toEqual(
      [],
    );
  });

  test('where another one was agreed to it is refused too, and the whole command is said', async () => {
    const nat = `${REGION}/network/NatG1`;
    const { document } = await region.json([...DEPLOY, '--replace', nat]);
    expect(lossOf(document, `${REGION}/network`)).toMatchObject({ fix: expect.stringContaining(`--replace ${nat} ${entry}`) });
  });

  test('a name that is no resource of these stacks is answered with the nearest', async () => {
    const { code, document } = await region.json([...DEPLOY, '--replace', `${REGION}/network/NatSourceG2`]);
    expect({ code, error: document.error }).toMatchObject({
      code: 1,
      error: { code: 'RESOURCE_UNKNOWN', fix: expect.stringContaining(entry) },
    });
  });

  test('agreed to it is done: another one stands in its place, and nothing is left to do', async () => {
    const old = entries();
    const { code, stderr } = await region.meissa([...DEPLOY, '--replace', entry]);
    expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
    expect(entries()).toHaveLength(1);
    expect(entries()).not.toEqual(old);
    expect((await region.json(DEPLOY)).document.outcome).toBe('unchanged');
  });
});

describe('a change that would replace a member', () => {
  test('is refused whoever names it, and its host stands', async () => {
    const before = hosts();
    for (const [file, path, zone] of [
      [`${REGION}.members.lock.yaml`, ['members', 'core/store/1', 'zone'], 'cn-hangzhou-j'],
      [`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'store', 'zones'], ['cn-hangzhou-j']],
    ] as const)
      region.edit(file, [...path], zone);
    const fix = expect.stringContaining('meissa replace <host>');
    const unnamed = await region.json(DEPLOY);
    expect({ code: unnamed.code, error: lossOf(unnamed.document, `${REGION}/core-store-1`) }).toMatchObject({
      code: 1,
      error: { why: expect.stringContaining('of a member, which the engine never replaces'), fix },
    });
    // Accepted by name it is tried, and refused by who asks ROS.
    const accepted = await region.json([...DEPLOY, '--accept', `DEPLOY_FAILS:${REGION}/core-store-1`]);
    const stack = accepted.document.stacks?.find(({ path }: { path: string }) => path === `${REGION}/core-store-1`);
    expect(stack?.error).toMatchObject({ code: 'MEMBER_REPLACEMENT', fix });
    const member = { code: 'MEMBER_REPLACEMENT', fix };
    const { code, document } = await region.json([...DEPLOY, '--replace', `${REGION}/core-store-1/M1InstanceG1`]);
    expect({ code, error: document.error }).toMatchObject({ code: 1, error: member });
    expect(hosts()).toEqual(before);
    expect(region.stacks()).toEqual(WHOLE);
  });
});
