/** The verb: offline, side-effect free, exit codes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { exampleCopy, meissa, removeCopies } from '../../cli/run';

afterEach(removeCopies);

function edit(root: string, from: string, to: string): void {
  const path = join(root, 'regions/sa-east-1.yaml');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { encoding: 'utf8' });

function committed(): string {
  const root = exampleCopy();
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'first');
  return root;
}

test('against a folder that synth wrote: nothing, then what changed; nothing is written', async () => {
  const root = exampleCopy();
  await meissa('synth', 'sa-east-1', '--root', root, '--out', join(root, 'before/cdk.out'));
  const same = await meissa('diff', 'sa-east-1', '--templates', join(root, 'before'), '--root', root);
  expect([same.code, same.stdout]).toEqual([0, 'no changes\n']);
  edit(root, 'instanceType: m5.large', 'instanceType: m5.xlarge');
  const files = readdirSync(root, { recursive: true }).sort();
  const said = await meissa('diff', 'sa-east-1', '--templates', join(root, 'before/cdk.out'), '--root', root);
  expect(said.code).toBe(2);
  expect(said.stdout).toContain('3 hosts stop and start, one at a time behind a gate: InstanceType m5.large -> m5.xlarge');
  expect(readdirSync(root, { recursive: true }).sort()).toEqual(files);
});

test('against a git revision: only what differs between the files, as text, Markdown and JSON', async () => {
  const root = committed();
  expect((await meissa('diff', '--base', 'HEAD', '--root', root)).stdout).toBe('no changes\n');
  edit(root, 'max: 40', 'max: 44');
  const before = git(root, 'status', '--porcelain');
  const json = await meissa('diff', '--base', 'HEAD', '--json', '--root', root);
  const found = JSON.parse(json.stdout);
  expect([json.code, found.version, found.changed]).toEqual([2, 1, true]);
  expect(found.meanings).toEqual([
    expect.objectContaining({ kind: 'fleet-size', severity: 'fleet', stack: 'sa-east-1/core-adserver' }),
  ]);
  const markdown = await meissa('diff', 'sa-east-1', '--base', 'HEAD', '--markdown', '--root', root);
  expect(markdown.stdout).toContain('### Elastic fleets');
  expect(git(root, 'status', '--porcelain')).toBe(before);
  expect(existsSync(join(root, 'cdk.out'))).toBe(false);
});

test('a region that the revision doesn’t have is new, one that went is gone', async () => {
  const root = committed();
  await meissa('region', 'add', 'eu-central-1', '--like', 'eu-west-1', '--root', root);
  await meissa('pin', '--root', root);
  const said = await meissa('diff', 'eu-central-1', '--base', 'HEAD', '--root', root, '--json');
  const { stacks } = JSON.parse(said.stdout);
  expect(said.code).toBe(2);
  expect(new Set(stacks.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['added']));
});

test('of the whole estate a region that is no longer described is told, and how it goes', async () => {
  const root = committed();
  for (const file of ['eu-west-1.yaml', 'eu-west-1.members.lock.yaml']) rmSync(join(root, 'regions', file));
  const said = await meissa('diff', '--base', 'HEAD', '--root', root, '--json');
  const gone = JSON.parse(said.stdout).stacks.filter(({ kind }: { kind: string }) => kind === 'removed');
  expect(gone.map(({ path }: { path: string }) => path)).toContain('eu-west-1/network');
  const text = await meissa('diff', '--base', 'HEAD', '--root', root);
  expect(text.stdout).toContain('until `meissa destroy --undescribed eu-west-1`');
  expect(text.stdout).not.toMatch(/stack \S+ goes/);
  const other = await meissa('diff', 'sa-east-1', '--base', 'HEAD', '--root', root);
  expect([other.code, other.stdout]).toEqual([0, 'no changes\n']);
});

test.each([
  ['no folder', ['--templates', '/nowhere'], 'NO_TEMPLATES'],
  ['a revision that git does not know', ['--base', 'nowhere'], 'NO_BASE'],
  ['a revision that looks like an option', ['--base=--output=/tmp/x'], 'NO_BASE'],
  ['two bases', ['--base', 'HEAD', '--templates', '.'], 'TWO_BASES'],
])('%s is refused in words', async (_what, args, code) => {
  const root = committed();
  const said = await meissa('diff', 'sa-east-1', ...args, '--json', '--root', root);
  expect([said.code, JSON.parse(said.stdout).error.code]).toEqual([1, code]);
  expect(said.stderr).not.toMatch(/\n\s+at /);
});

test('a folder with a broken assembly names the file', async () => {
  const root = exampleCopy();
  mkdirSync(join(root, 'x/cdk.out'), { recursive: true });
  writeFileSync(join(root, 'x/cdk.out/manifest.json'), '{ half');
  const said = await meissa('diff', 'sa-east-1', '--templates', join(root, 'x'), '--root', root);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('cdk.out/manifest.json: it is no JSON');
});

test('links that were not asked for are left alone: on a clean tree nothing changes', async () => {
  const root = committed();
  for (const regions of [[], ['sa-east-1', 'us-east-1']]) {
    const said = await meissa('diff', ...regions, '--base', 'HEAD', '--links', 'none', '--root', root);
    expect([said.code, said.stdout]).toEqual([0, 'no changes\n']);
  }
});

test('a finding that the base does not have is shown apart from those that it has', async () => {
  const root = committed();
  const before = await meissa('diff', '--base', 'HEAD', '--json', '--root', root);
  const { standing } = JSON.parse(before.stdout).findings;
  expect(JSON.parse(before.stdout).findings).toEqual({ since: 'HEAD', new: [], standing: expect.any(Number) });
  expect(before.stderr).toContain(`${standing} findings that HEAD has too`);
  const path = join(root, 'regions/estate.yaml');
  const document = parseDocument(readFileSync(path, 'utf8'));
  document.deleteIn(['images', 'accept']);
  writeFileSync(path, String(document));
  const said = await meissa('diff', '--base', 'HEAD', '--root', root);
  expect(said.stdout).toContain('New findings since HEAD\n  warning IMAGE_OLD at regions/');
  expect(said.stdout).not.toContain('LINK_MTU');
  expect(said.stderr).toContain(`${standing} findings that HEAD has too`);
});

test('--markdown and --json at once are refused', async () => {
  const said = await meissa('diff', 'sa-east-1', '--markdown', '--json', '--root', exampleCopy());
  expect(said.code).toBe(1);
});
