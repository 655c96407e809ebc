/** What stands, as the engines tell it: read, and nothing else. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { userDataMapping } from '../../../lib/aliyun/fleet/user-data';
import { deployedStates, publishedText } from '../../../lib/cli/verbs/diff-deployed';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../../lib/embedded-cloud';
import { bootstrap } from '../../../lib/host-config/bootstrap';
import { diffStacks } from '../../../lib/review/diff';
import { FakeEngine, stack } from '../../deploy/fake-engine';
import { meissaOn } from '../../e2e/deployed-estate';
import { removeTemporaryFolders } from '../../e2e/example';
import { LinkedEstate } from '../../e2e/linked-estate';
import { ROOT } from '../../root';

jest.setTimeout(180_000);

afterAll(removeTemporaryFolders);

describe('a region of the example on the embedded cloud', () => {
  let cloud: EmbeddedCloud;
  let estate: LinkedEstate;
  beforeAll(async () => {
    estate = new LinkedEstate(ROOT, ['sa-east-1', 'us-east-1']);
    cloud = await startEmbeddedCloud();
    const bootstrapped = await estate.cdk(cloud, 'bootstrap', '--app', estate.synth(), 'aws://111111111111/sa-east-1');
    expect([bootstrapped.code, bootstrapped.stderr]).toEqual([0, expect.anything()]);
  });
  afterAll(() => cloud.close());

  const meissa = (...args: string[]) => meissaOn(cloud, estate.root, ...args);
  const world = () => JSON.stringify(cloud.inventory('sa-east-1'));

  test('where nothing stands everything is new, and nothing stands afterwards', async () => {
    const before = world();
    const { code, stdout } = await meissa('diff', 'sa-east-1');
    expect([code, stdout]).toEqual([2, expect.stringContaining('stack sa-east-1/network is new')]);
    expect(world()).toBe(before);
  });

  test('what was deployed differs in nothing; an edit differs in what it says', async () => {
    const deployed = await meissa('deploy', 'sa-east-1', '--yes');
    expect([deployed.code, deployed.code === 0 ? '' : deployed.stderr]).toEqual([0, '']);
    const before = world();
    const { code, stdout } = await meissa('diff', 'sa-east-1');
    expect([code, stdout]).toEqual([0, 'no changes\n']);
    const file = join(estate.root, 'regions/sa-east-1.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('nat: per-zone', 'nat: single'));
    const edited = await meissa('diff', 'sa-east-1', '--json');
    const { meanings, unfinished } = JSON.parse(edited.stdout);
    expect([edited.code, unfinished]).toEqual([2, []]);
    expect(meanings.map(({ kind }: { kind: string }) => kind)).toContain('route-moved');
    expect(world()).toBe(before);
    writeFileSync(file, text);
  });

  test('a link that is no longer described stays, and goes by name: both ends, and nothing else', async () => {
    const bootstrapped = await estate.cdk(cloud, 'bootstrap', '--app', estate.synth(), 'aws://111111111111/us-east-1');
    expect(bootstrapped.code).toBe(0);
    expect((await meissa('deploy', 'sa-east-1', 'us-east-1', '--yes')).code).toBe(0);
    const file = join(estate.root, 'regions/estate.yaml');
    const document = parseDocument(readFileSync(file, 'utf8'));
    // All regions' link with the central one.
    document.deleteIn(['links', 'central']);
    writeFileSync(file, String(document));
    const path = 'links/sa-east-1--us-east-1';
    const { code, stdout } = await meissa('diff', 'sa-east-1', 'us-east-1');
    expect([code, stdout]).toEqual([2, expect.stringContaining('No longer described, and left alone by a deploy')]);
    expect(stdout).toContain(`${path}/request`);
    const gone = await meissa('destroy', '--undescribed', 'sa-east-1', 'us-east-1', '--yes');
    expect([gone.code, gone.stderr]).toEqual([0, expect.stringContaining(`stack ${path}/request goes`)]);
    const deleted = [...gone.stderr.matchAll(/(links\S+) deleted/g)].map((found) => found[1]!);
    expect(deleted.length).toBe(3);
    expect(deleted.at(-1)).toBe(`${path}/request`);
    expect(await meissa('diff', 'sa-east-1', 'us-east-1')).toMatchObject({ code: 0, stdout: 'no changes\n' });
  });

  test('a region whose file is gone goes by its name, and nothing else', async () => {
    for (const name of ['sa-east-1.yaml', 'sa-east-1.members.lock.yaml']) rmSync(join(estate.root, 'regions', name));
    const unknown = await meissa('destroy', 'sa-east-1', '--yes');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('REGION_UNKNOWN')]);
    expect(unknown.stderr).not.toContain('us-east-1');
    const gone = await meissa('destroy', '--undescribed', 'sa-east-1', '--including-data', '--yes');
    expect([gone.code, gone.stderr]).toEqual([0, expect.stringContaining('stack sa-east-1/network goes')]);
    const left = cloud.inventory('sa-east-1').stacks.map(({ name }) => name);
    expect(left).toEqual(['CDKToolkit']);
    expect(cloud.inventory('us-east-1').stacks.map(({ name }) => name)).toContain('us-east-1-network');
  });
});

test('a stack that is half-made is named, one in which nothing stands is new', async () => {
  const engine = new FakeEngine();
  const standing = (status: string) => ({ status, outputs: {}, parameters: {}, tags: {}, deletionProtection: false });
  engine.standing.set('r/a', standing('UPDATE_FAILED'));
  engine.standing.set('r/b', standing('ROLLBACK_COMPLETE'));
  engine.standing.set('r/c', standing('UPDATE_ROLLBACK_COMPLETE'));
  const places = ['r/a', 'r/b', 'r/c', 'r/d', 'r/not-emitted'].map((path) => stack(path));
  const after = places.slice(0, 4).map(({ path, name }) => ({ path, name, provider: 'aws' as const, template: {} }));
  const found = await deployedStates(places, after, async () => new Map([['aws' as const, engine]]));
  expect(found.states.map(({ path }) => path)).toEqual(['r/a', 'r/c']);
  expect(found.unfinished).toEqual([{ path: 'r/a', status: 'UPDATE_FAILED' }]);
  expect(engine.reads).not.toContain('r/not-emitted');
  expect([engine.applied, engine.destroyed]).toEqual([[], []]);
  expect(found.unasked).toEqual([]);
  engine.away = undefined;
  const unasked = await deployedStates(
    places,
    after.map((state) => ({ ...state, region: 'r' })),
    async () => new Map([['aws' as const, engine]]),
  );
  expect(unasked.unasked).toEqual(['r']);
});

test('a published configuration is what its manifest names, and nothing else', async () => {
  const text = '#cloud-config\n';
  const digest = createHash('sha256').update(text).digest('hex');
  const objects = new Map([
    ['b config/CoreVoters/manifest', `meissa-config 1\n${digest}\n`],
    [`b config/CoreVoters/${digest}`, text],
    ['b config/Odd/manifest', 'meissa-config 2\nx\n'],
  ]);
  const get = async (bucket: string, key: string) => objects.get(`${bucket} ${key}`);
  const published = (fleet: string) => ({
    bucket: 'b',
    manifestKey: `config/${fleet}/manifest`,
    objectKey: `config/${fleet}/${'0'.repeat(64)}`,
  });
  expect(await publishedText(get, published('CoreVoters'), {})).toBe(text);
  expect(await publishedText(get, published('Odd'), {})).toBeUndefined();
  expect(await publishedText(get, published('None'), {})).toBeUndefined();
});

test('what new hosts of an elastic fleet fetch is what the template that stands names', async () => {
  const [old, digest] = ['ab', 'cd'].map((two) => two.repeat(32));
  const place = { region: 'cn-beijing', bucket: 'b', key: `config/CoreWeb/${old}` };
  const get = async (bucket: string, key: string) => `${bucket} ${key}`;
  const published = { bucket: 'b', objectKey: `config/CoreWeb/${digest}` };
  const template = { Mappings: userDataMapping(bootstrap(place)) };
  expect(await publishedText(get, published, template)).toBe(`b config/CoreWeb/${old}`);
  expect(await publishedText(get, published, { Mappings: userDataMapping('#cloud-config\n') })).toBeUndefined();
  expect(await publishedText(get, published, {})).toBeUndefined();
});

test('tags of the stack are compared where both sides know them', () => {
  const state = (tags?: Record<string, string>) => ({ path: 'r/s', name: 'r-s', provider: 'aws' as const, template: {}, tags });
  expect(diffStacks(state({ owner: 'a' }), state()).change.kind).toBe('same');
  expect(diffStacks(state({ owner: 'a' }), state({ owner: 'b' })).meanings.map(({ what }) => what)).toEqual([
    'tags of the stack, and so of what is in it: owner a -> b',
  ]);
});
