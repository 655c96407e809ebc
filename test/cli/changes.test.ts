import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { call, send, signedRequest } from '../embedded-cloud/signed';
import { exampleCopy, meissa, removeCopies } from './run';

afterEach(removeCopies);

function tree(root: string): Record<string, string> {
  return Object.fromEntries(readdirSync(join(root, 'regions')).map((f) => [f, readFileSync(join(root, 'regions', f), 'utf8')]));
}

function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((f) => before[f] !== after[f]).sort();
}

function edit(root: string, file: string, change: (text: string) => string): void {
  const path = join(root, 'regions', file);
  const text = readFileSync(path, 'utf8');
  const edited = change(text);
  expect(edited).not.toBe(text);
  writeFileSync(path, edited);
}

describe('region add', () => {
  test('writes the next region’s file with the next free block, and nothing else', async () => {
    const root = exampleCopy();
    const before = tree(root);
    const said = await meissa('region', 'add', 'eu-central-1', '--root', root);
    expect(said.code).toBe(0);
    expect(changed(before, tree(root))).toEqual(['eu-central-1.yaml']);
    const text = tree(root)['eu-central-1.yaml']!;
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/region.schema.json');
    expect(text).toContain('block: 10.0.0.0/16');
    expect(text).toContain('membersPerStack:');
  });

  test('a region in four commands: add, images, pin, and it is valid', async () => {
    const root = exampleCopy();
    await meissa('region', 'add', 'eu-central-1', '--root', root);
    const refused = await meissa('validate', '--root', root);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('meissa pin');
    const pinned = await meissa('pin', 'eu-central-1', '--root', root);
    expect(pinned.code).toBe(0);
    expect((await meissa('validate', '--root', root)).code).toBe(0);
    expect((await meissa('synth', 'eu-central-1', '--root', root)).code).toBe(0);
  });

  test('takes the fleets of another region with --like', async () => {
    const root = exampleCopy();
    edit(root, 'eu-west-1.yaml', (t) => t.replace('max: 40', 'max: 77'));
    await meissa('region', 'add', 'eu-west-2', '--like', 'eu-west-1', '--root', root);
    expect(tree(root)['eu-west-2.yaml']).toContain('max: 77');
  });

  test.each([
    ['sa-east-1', 'REGION_EXISTS'],
    ['eu-centrl-1', 'eu-central-1'],
  ])('refuses %s with %s and writes nothing', async (name, hint) => {
    const root = exampleCopy();
    const before = tree(root);
    const said = await meissa('region', 'add', name, '--root', root);
    expect(said.code).toBe(1);
    expect(said.stderr).toContain(hint);
    expect(tree(root)).toEqual(before);
  });
});

describe('pin', () => {
  test('adds entries for members that have none and never changes one that stands', async () => {
    const root = exampleCopy();
    edit(root, 'sa-east-1.yaml', (t) =>
      t.replace('count: 3\n        instanceType: r5.xlarge', 'count: 5\n        instanceType: r5.xlarge'),
    );
    const before = tree(root);
    const dry = await meissa('pin', '--dry-run', '--root', root);
    expect(dry.code).toBe(2);
    expect(tree(root)).toEqual(before);
    expect((await meissa('pin', '--root', root)).code).toBe(0);
    expect(changed(before, tree(root))).toEqual(['sa-east-1.members.lock.yaml']);
    const lines = (text: string) => text.split('\n');
    const lock = 'sa-east-1.members.lock.yaml';
    expect(lines(tree(root)[lock]!)).toEqual(expect.arrayContaining(lines(before[lock]!)));
    expect(lines(tree(root)[lock]!)).toHaveLength(lines(before[lock]!).length + 2);
    expect((await meissa('pin', '--dry-run', '--root', root)).code).toBe(0);
  });
});

describe('replace', () => {
  const lockOf = (root: string, member: string) =>
    tree(root)
      ['sa-east-1.members.lock.yaml']!.split('\n')
      .find((l) => l.includes(`${member}:`));

  test('marks a member absent first, then raises its generation, and says what to deploy', async () => {
    const root = exampleCopy();
    const first = await meissa('replace', 'sa-east-1-core-voters-2', '--root', root);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('sa-east-1/core-voters');
    expect(lockOf(root, 'core/voters/2')).toContain('absent: true');
    await meissa('replace', 'sa-east-1/core/voters/2', '--root', root);
    expect(lockOf(root, 'core/voters/2')).toContain('generation: 2');
    expect(lockOf(root, 'core/voters/2')).not.toContain('absent');
  });

  test('refuses a second voter while one is absent', async () => {
    const root = exampleCopy();
    await meissa('replace', 'sa-east-1-core-voters-2', '--root', root);
    const before = tree(root);
    const said = await meissa('replace', 'sa-east-1-core-voters-3', '--root', root, '--json');
    expect(said.code).toBe(1);
    expect(JSON.parse(said.stdout).error.code).toBe('QUORUM_ABSENT');
    expect(tree(root)).toEqual(before);
  });

  test('refuses a host that is not there, naming the nearest', async () => {
    const said = await meissa('replace', 'sa-east-1-core-voter-2', '--root', exampleCopy());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('voters');
  });
});

describe('images update', () => {
  const FEED = JSON.stringify({
    amis: [
      { name: 'sa-east-1', hvm: 'ami-0aaaaaaaaaaaaaaaa' },
      { name: 'us-east-1', hvm: 'ami-0bbbbbbbbbbbbbbbb' },
    ],
  });

  test('reads a file and writes only the images lock', async () => {
    const root = exampleCopy();
    writeFileSync(join(root, 'feed.json'), FEED);
    const before = tree(root);
    const said = await meissa(
      'images',
      'update',
      '--feed',
      'feed.json',
      '--release',
      '4000.1.0',
      '--published',
      '2026-10-01',
      '--root',
      root,
    );
    expect(said.code).toBe(0);
    expect(changed(before, tree(root))).toEqual(['images.lock.yaml']);
    expect(tree(root)['images.lock.yaml']).toContain('ami-0aaaaaaaaaaaaaaaa');
  });

  test('reads release and date from version.txt beside a feed that is a URL', async () => {
    const root = exampleCopy();
    const server = createServer((request, response) =>
      response.end(
        request.url === '/current/version.txt' ? 'FLATCAR_VERSION=4000.1.0\nFLATCAR_BUILD_ID="2026-10-01-2041"\n' : FEED,
      ),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const feed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/current/flatcar_production_ami_all.json`;
      expect((await meissa('images', 'update', '--feed', feed, '--root', root)).code).toBe(0);
      expect(tree(root)['images.lock.yaml']).toMatch(/release: "?4000\.1\.0"?\n/);
      expect(tree(root)['images.lock.yaml']).toContain('2026-10-01');
    } finally {
      server.close();
    }
  });

  test.each([
    ['{', 'FEED_MALFORMED'],
    ['{"amis":[{"name":"sa-east-1","hvm":"vmi-1"}]}', 'FEED_MALFORMED'],
  ])('refuses the feed %s with %s and writes nothing', async (feed, code) => {
    const root = exampleCopy();
    writeFileSync(join(root, 'feed.json'), feed);
    const before = tree(root);
    const said = await meissa(
      'images',
      'update',
      '--feed',
      'feed.json',
      '--release',
      '1.0.0',
      '--published',
      '2026-10-01',
      '--root',
      root,
      '--json',
    );
    expect(said.code).toBe(1);
    expect(JSON.parse(said.stdout).error.code).toBe(code);
    expect(tree(root)).toEqual(before);
  });

  test('an unreachable feed is said in words', async () => {
    const said = await meissa('images', 'update', '--feed', 'http://127.0.0.1:9/feed.json', '--root', exampleCopy());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('UNREACHABLE');
  });
});

describe('on an embedded cloud', () => {
  let cloud: EmbeddedCloud;
  const saved = { ...process.env };

  beforeAll(async () => {
    cloud = await startEmbeddedCloud();
    Object.assign(process.env, cloud.env('sa-east-1'));
  });

  afterAll(async () => {
    process.env = saved;
    await cloud.close();
  });

  /** As the base stack makes it. */
  async function bucketByStack(name: string): Promise<void> {
    const template = JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } } } });
    const fields = { Action: 'CreateStack', Version: '2010-05-15', StackName: 'bucket', TemplateBody: template };
    const answer = await send(cloud, signedRequest(cloud, call('cloudformation', fields)));
    expect(answer.status).toBe(200);
    while (cloud.inventory('sa-east-1').stacks[0]?.status !== 'CREATE_COMPLETE')
      await new Promise((done) => setTimeout(done, 20));
  }

  test('artifacts add takes the digest; artifacts push uploads under it once, and never wrong bytes', async () => {
    const root = exampleCopy();
    mkdirSync(join(root, 'files'));
    writeFileSync(join(root, 'files/tool.tar.gz'), 'the tool');
    writeFileSync(join(root, 'files/root.tar.gz'), 'the root');
    writeFileSync(join(root, 'regions/artifacts.lock.yaml'), 'artifacts: []\n');
    const { S3Client, GetObjectCommand } = await import('@aws-sdk/client-s3');
    const s3 = new S3Client({ region: 'sa-east-1' });
    await bucketByStack('meissa-example-111111111111-sa-east-1');
    expect((await meissa('artifacts', 'add', 'etcd', '3.5.21', 'files/tool.tar.gz', '--root', root)).code).toBe(0);
    expect((await meissa('artifacts', 'add', 'collection', '1', 'files/root.tar.gz', '--root', root)).code).toBe(0);
    const digest = createHash('sha256').update('the tool').digest('hex');
    expect((await meissa('artifacts', 'list', '--root', root)).stdout).toContain(digest);
    const push = await meissa('artifacts', 'push', 'sa-east-1', '--root', root);
    expect([push.code, push.stderr]).toEqual([0, 'sa-east-1: collection 1 uploaded\nsa-east-1: etcd 3.5.21 uploaded\n']);
    const stored = await s3.send(new GetObjectCommand({ Bucket: 'meissa-example-111111111111-sa-east-1', Key: digest }));
    expect(await stored.Body?.transformToString()).toBe('the tool');
    expect((await meissa('artifacts', 'push', 'sa-east-1', '--root', root)).stderr).toContain('there already');
  });

  test('images copy records a copy of the own account, which wins from then on, and copies once', async () => {
    const root = exampleCopy();
    const said = await meissa('images', 'copy', 'sa-east-1', '--root', root, '--json');
    expect(said.code).toBe(0);
    const { region, image } = JSON.parse(said.stdout).copied[0];
    expect([region, image]).toEqual(['sa-east-1', expect.stringMatching(/^ami-[0-9a-f]{8,17}$/)]);
    expect(tree(root)['images.lock.yaml']).toContain(image);
    const plan = JSON.parse((await meissa('plan', 'sa-east-1', '--json', '--root', root)).stdout).regions[0];
    expect(plan.fleets.find((f: { name: string }) => f.name === 'adserver').image).toBe(image);
    expect(plan.fleets.find((f: { name: string }) => f.name === 'storage').members[0].image).toBe('ami-0dbd802e72d0b653d');
    const again = await meissa('images', 'copy', 'sa-east-1', '--root', root);
    expect(again.stderr).toContain('already');
  });

  test('artifacts push refuses a file that is not what the lock says', async () => {
    const root = exampleCopy();
    mkdirSync(join(root, 'wrong'));
    writeFileSync(join(root, 'wrong/etcd-v3.5.21-linux-amd64.tar.gz'), 'not etcd');
    const said = await meissa('artifacts', 'push', 'us-east-1', '--from', 'wrong', '--root', root);
    expect(said.code).toBe(1);
  });
});

describe('token', () => {
  /** A discovery service of the v2 protocol, as small as it can be: the real one is asked in test/e2e. */
  async function withService<T>(use: (url: string) => Promise<T>, host = 'discovery.example.com'): Promise<T> {
    let made = 0;
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', base());
      const hex = (made + 1).toString(16).padStart(32, '0');
      if (url.pathname === '/new') {
        made += 1;
        response.end(`${base()}/${hex}`);
      } else if (url.pathname.endsWith('/_config/size')) {
        response.end(JSON.stringify({ action: 'get', node: { key: `/_etcd/registry${url.pathname}`, value: '3' } }));
      } else {
        response.end(JSON.stringify({ action: 'get', node: { key: `/_etcd/registry${url.pathname}`, dir: true } }));
      }
    });
    // Hosts can't be told to ask themselves: the service has a name, which only this test resolves.
    const base = () => `http://${host}:${(server.address() as AddressInfo).port}`;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const real = globalThis.fetch;
    const asked = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation((url, init) => real(String(url).replace(host, '127.0.0.1'), init));
    try {
      return await use(base());
    } finally {
      asked.mockRestore();
      server.close();
    }
  }

  function discovering(service: string): string {
    const root = exampleCopy();
    edit(root, 'sa-east-1.yaml', (t) => t.replace('bootstrap: static', 'bootstrap: discovery'));
    edit(root, 'estate.yaml', (t) => `${t}discovery: { url: "${service}" }\n`);
    return root;
  }

  test('a missing token is an error that names the command; the command issues one; it is never issued twice', async () => {
    await withService(async (service) => {
      const root = discovering(service);
      const refused = await meissa('validate', '--root', root);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('meissa token sa-east-1/core');
      expect((await meissa('token', 'sa-east-1/core', '--root', root)).code).toBe(0);
      const lock = tree(root)['tokens.lock.yaml']!;
      expect(lock).toContain(service);
      expect((await meissa('validate', '--root', root)).code).toBe(0);
      const again = await meissa('token', 'sa-east-1/core', '--root', root);
      expect([again.code, tree(root)['tokens.lock.yaml']]).toEqual([0, lock]);
      expect((await meissa('token', 'sa-east-1/core', '--formed', '--root', root)).code).toBe(0);
      expect(tree(root)['tokens.lock.yaml']).toContain('formed');
    });
  });

  test('a service of this machine may be asked for a token, though no host may be given one', async () => {
    await withService(async (service) => {
      const root = discovering(service);
      expect((await meissa('token', 'sa-east-1/core', '--root', root)).code).toBe(0);
      const said = await meissa('validate', '--root', root);
      expect(said.code).toBe(1);
      expect(said.stderr).toContain('LOOPBACK_URL');
    }, '127.0.0.1');
  });

  test('a cluster raised to a new generation needs a new token', async () => {
    await withService(async (service) => {
      const root = discovering(service);
      await meissa('token', 'sa-east-1/core', '--root', root);
      edit(root, 'sa-east-1.yaml', (t) => t.replace('generation: 1', 'generation: 2'));
      // While the generation itself is refused, what follows from it isn't told.
      expect((await meissa('validate', '--root', root)).stderr).not.toContain('meissa token');
      edit(root, 'sa-east-1.yaml', (t) => `${t}accept: [{ code: GENERATION_RAISED, name: core, reason: a trial }]\n`);
      expect((await meissa('validate', '--root', root)).stderr).toContain('meissa token sa-east-1/core');
    });
  });

  test('a service that can’t be reached is said in words, and no lock is written', async () => {
    const root = discovering('http://127.0.0.1:9');
    const said = await meissa('token', 'sa-east-1/core', '--root', root);
    expect(said.code).toBe(1);
    expect(said.stderr).not.toMatch(/\n\s+at /);
    expect(tree(root)['tokens.lock.yaml']).toBeUndefined();
  });
});

describe('etcd replace', () => {
  test('an endpoint that does not answer is said in words', async () => {
    const said = await meissa(
      'etcd',
      'replace',
      'sa-east-1-core-voters-2',
      '--endpoint',
      'http://127.0.0.1:9',
      '--root',
      exampleCopy(),
    );
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('no endpoint answers');
    expect(said.stderr).not.toMatch(/\n\s+at /);
  });

  test('a host that does not vote is refused', async () => {
    const said = await meissa('etcd', 'replace', 'sa-east-1-core-storage-2', '--root', exampleCopy(), '--json');
    expect(JSON.parse(said.stdout).error.code).toBe('ETCD_NO_VOTER');
  });

  test('without --yes it says what it would do, exit code 2, and does nothing', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const voter = (n: number, client: string) => ({
        ID: String(n),
        name: `sa-east-1-core-voters-${n}-g1`,
        peerURLs: [`http://v${n}:2380`],
        clientURLs: [client],
      });
      const members = [voter(1, url), voter(2, 'http://127.0.0.1:9'), voter(3, url)];
      response.end(JSON.stringify(request.url === '/health' ? { health: 'true' } : { members }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const said = await meissa('etcd', 'replace', 'sa-east-1/core/voters/2', '--endpoint', endpoint, '--root', exampleCopy());
      expect(said.code).toBe(2);
      expect(said.stderr).toContain('would remove member sa-east-1-core-voters-2-g1');
      expect(said.stderr).toContain('would add http://10.9.40.16:2380 as a learner');
      expect(new Set(asked)).toEqual(new Set(['/v3/cluster/member/list', '/health']));
    } finally {
      server.close();
    }
  });
});

describe('accepted warnings', () => {
  const validate = (root: string, ...options: string[]) =>
    meissa('validate', '--today', '2030-01-01', '--root', root, ...options);

  test('are counted in one line, listed on demand, and say why', async () => {
    const root = exampleCopy();
    // A year for which the images of the example are accepted by their release; this one accepts by place.
    edit(root, 'estate.yaml', (t) => t.replace(/^ {2}accept:\n(?: {4}.*\n)+/m, ''));
    const { findings } = JSON.parse((await validate(root, '--json')).stdout);
    const all = findings.filter((f: { severity: string }) => f.severity === 'warning');
    const warnings = all.filter((f: { accepted?: string }) => f.accepted === undefined);
    expect(warnings.map((f: { code: string }) => f.code)).toContain('IMAGE_OLD');
    const accept = warnings.map(({ code, file, path }: Record<string, string>) => ({ code, file, path, reason: 'known to us' }));
    edit(root, 'estate.yaml', (t) => `${t}accept: ${JSON.stringify(accept)}\n`);
    const said = await validate(root);
    expect([said.code, said.stderr.match(/^! /gm)]).toEqual([0, null]);
    expect(said.stderr).toContain(`0 errors, 0 warnings, ${all.length} accepted warning`);
    expect((await validate(root, '--all')).stderr.match(/accepted: known to us/g)).toHaveLength(warnings.length);
  });

  test('that are not there are told, with the file and line that accept them', async () => {
    const root = exampleCopy();
    edit(
      root,
      'estate.yaml',
      (t) =>
        `${t}accept: [{ code: VOTERS_NOT_SPREAD, file: regions/sa-east-1.yaml, path: clusters.core.fleets.voters.zones, reason: x }]\n`,
    );
    const { findings } = JSON.parse((await validate(root, '--json')).stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'ACCEPTANCE_UNUSED', file: 'regions/estate.yaml', path: 'accept.0.path' }),
    );
  });
});
