import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialsRefused, explicitCredentials, NotFound, RpcClient, Throttled } from '../../../lib/aliyun/cloud';
import { exclusiveOf } from '../../../lib/deploy/aliyun/assembly';
import { manifestDigest, type ObjectStore, publishConfigurations } from '../../../lib/deploy/aliyun/configurations';
import { AliyunEngine } from '../../../lib/deploy/aliyun/engine';
import { explainAliyun, problemError } from '../../../lib/deploy/aliyun/explain';
import type { DeployStack } from '../../../lib/deploy/engine';
import { stack } from '../fake-engine';

const TEXT = '#cloud-config\n{}\n';
const DIGEST = createHash('sha256').update(TEXT).digest('hex');

class Objects implements ObjectStore {
  readonly held = new Map<string, Buffer>();
  readonly puts: string[] = [];

  async put(_bucket: string, key: string, content: Buffer | string): Promise<void> {
    this.puts.push(key);
    this.held.set(key, Buffer.from(content));
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    const found = this.held.get(key);
    if (found === undefined) throw new NotFound({ code: 'NoSuchKey', message: `${bucket}/${key}`, wayOn: 'put it' });
    return found;
  }

  async head(_bucket: string, key: string): Promise<{ sha256: string } | undefined> {
    const found = this.held.get(key);
    return found === undefined ? undefined : { sha256: createHash('sha256').update(found).digest('hex') };
  }
}

describe('configurations of members', () => {
  let folder: string;
  let members: DeployStack;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-configuration-'));
    writeFileSync(join(folder, 'voters.config'), TEXT);
    const configuration = {
      fleet: 'core/voters',
      bucket: 'b',
      manifestKey: 'config/CoreVoters/manifest',
      objectKey: `config/CoreVoters/${DIGEST}`,
      digest: DIGEST,
      file: 'voters.config',
    };
    members = stack('cn-beijing/core-voters', [], {
      provider: 'aliyun',
      template: join(folder, 'template.json'),
      ros: { configurations: [configuration] } as unknown as DeployStack['ros'],
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('the object is there before the manifest names it; published again nothing is written', async () => {
    const objects = new Objects();
    expect(await publishConfigurations(objects, members)).toEqual(['core/voters']);
    expect(objects.puts).toEqual([`config/CoreVoters/${DIGEST}`, 'config/CoreVoters/manifest']);
    expect(objects.held.get('config/CoreVoters/manifest')?.toString()).toBe(`meissa-config 1\n${DIGEST}\n`);
    expect(await publishConfigurations(objects, members)).toEqual([]);
    expect(objects.puts).toHaveLength(2);
  });

  test('killed between the two, the next one only writes the manifest', async () => {
    const objects = new Objects();
    objects.held.set(`config/CoreVoters/${DIGEST}`, Buffer.from(TEXT));
    await publishConfigurations(objects, members);
    expect(objects.puts).toEqual(['config/CoreVoters/manifest']);
  });

  test('a text that is not what its digest says is never published', async () => {
    writeFileSync(join(folder, 'voters.config'), 'another');
    const objects = new Objects();
    await expect(publishConfigurations(objects, members)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(objects.puts).toEqual([]);
  });

  test('a run that was taken over from and publishes late writes nothing over the later one, which writes over it', async () => {
    const objects = new Objects();
    const manifest = 'config/CoreVoters/manifest';
    const other = 'e'.repeat(64);
    const publish = (fence?: number) => publishConfigurations(objects, members, undefined, () => fence);
    objects.held.set(manifest, Buffer.from(`meissa-config 1\n${other}\nfence 700\n`));
    await expect(publish(350)).rejects.toMatchObject({ code: 'LEASE_LOST', message: expect.stringContaining('core/voters') });
    expect(objects.held.get(manifest)?.toString()).toContain(other);
    expect(await publish(701)).toEqual(['core/voters']);
    expect(objects.held.get(manifest)?.toString()).toBe(`meissa-config 1\n${DIGEST}\nfence 701\n`);
    // Of a fence that nobody has, and of manifests of before there were any.
    for (const before of [`meissa-config 1\n${other}\n`, '']) {
      objects.held.set(manifest, Buffer.from(before));
      expect(await publish(1)).toEqual(['core/voters']);
    }
  });

  test('only a manifest of ours names a digest, with a fence or without', () => {
    expect(manifestDigest(`meissa-config 1\n${DIGEST}\nfence 12\n`)).toBe(DIGEST);
    expect(manifestDigest(`meissa-config 1\n${DIGEST}\nfence x\n`)).toBeUndefined();
    expect(manifestDigest(`meissa-config 1\n${DIGEST}\n`)).toBe(DIGEST);
    for (const text of ['', DIGEST, `meissa-config 2\n${DIGEST}\n`, 'meissa-config 1\n../x\n'])
      expect(manifestDigest(text)).toBeUndefined();
  });
});

test('members are never replaced by ROS, whoever names them', async () => {
  const rpc = new RpcClient({ credentials: explicitCredentials({ accessKeyId: 'id', accessKeySecret: 'no' }) });
  const engine = new AliyunEngine({ rpc });
  const members = stack('cn-beijing/core-voters', [], { provider: 'aliyun' });
  await expect(engine.apply(members, { parameters: {}, replace: ['M2InstanceG1'] }, () => {})).rejects.toMatchObject({
    code: 'MEMBER_REPLACEMENT',
    fix: expect.stringContaining('meissa replace'),
  });
});

test('stacks that make routes of one VPC, or work at one transit router, exclude each other', () => {
  const of = (...types: string[]) => ({ Resources: Object.fromEntries(types.map((Type, at) => [`R${at}`, { Type }])) });
  const region = { region: 'cn-beijing' };
  expect(exclusiveOf(region, of('ALIYUN::ECS::Route', 'ALIYUN::ECS::Instance'))).toEqual(['routes of cn-beijing']);
  expect(exclusiveOf(region, of('ALIYUN::CEN::TransitRouterRouteEntry'))).toEqual(['transit router of cn-beijing']);
  expect(exclusiveOf(region, of('ALIYUN::ECS::Instance'))).toEqual([]);
});

describe('what Aliyun says, in words', () => {
  const place = stack('cn-beijing/network', [], { provider: 'aliyun' });
  const about = { message: 'no', wayOn: 'do this' };

  test.each([
    [new CredentialsRefused({ code: 'InvalidAccessKeyId.NotFound', ...about }), 'CREDENTIALS_REFUSED'],
    [new CredentialsRefused({ code: 'InvalidSecurityToken.Expired', ...about }), 'CREDENTIALS_EXPIRED'],
    [new Throttled({ code: 'Throttling.User', ...about }), 'THROTTLED'],
  ])('%s is %s', (error, code) => {
    const explained = explainAliyun(error, place);
    expect(explained).toMatchObject({ code, fix: 'do this' });
    expect(explained.message).toContain('cn-beijing/network');
    expect(explained.message).not.toContain('do this');
  });

  test('a replacement that nobody agreed to says how to agree', () => {
    const problem = { code: 'REPLACEMENT_NOT_AGREED', message: 'no', reasons: ['NatG1'], wayOn: 'leave it' };
    expect(problemError(place, problem).fix).toBe('leave it; to agree: --replace cn-beijing/network/NatG1');
  });
});
