/** Data centres in `meissa diff`: which are compared with what, exit codes, and what is said where none can be. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleCopy, meissa, removeCopies } from '../../../cli/run';

afterEach(removeCopies);

const FILE = 'regions/bj-idc.yaml';

function edit(root: string, from: string, to: string, file = FILE): void {
  const path = join(root, file);
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

test('against a revision a host of a rack that came is a change, and nothing else is', async () => {
  const root = committed();
  edit(root, 'hosts: 3', 'hosts: 4');
  const all = await meissa('diff', '--base', 'HEAD', '--root', root);
  expect(all.code).toBe(2);
  expect(all.stdout).toContain('1 host comes, when applied: bj-idc/rack-a01\n');
  const total = '\n1 host new, 1 of the network, 1 data centre differs when the files are applied';
  expect(all.stdout).toContain(`${total}, 0 of `);
  const named = await meissa('diff', 'bj-idc', '--base', 'HEAD', '--root', root);
  expect([named.code, named.stdout]).toEqual([2, `${all.stdout.slice(0, all.stdout.indexOf(total))}${total}\n`]);
  const json = JSON.parse((await meissa('diff', 'bj-idc', '--base', 'HEAD', '--json', '--root', root)).stdout);
  expect([json.changed, json.stacks]).toEqual([true, []]);
  expect(json.meanings[0]).toMatchObject({ stack: 'bj-idc/r1', kind: 'static-route-added', pace: 'when applied' });
  const region = await meissa('diff', 'sa-east-1', '--base', 'HEAD', '--root', root);
  expect([region.code, region.stdout]).toEqual([0, 'no changes\n']);
});

test('of a place that is named nothing is said of others: neither their clusters nor what they cost', async () => {
  const root = committed();
  edit(root, 'max: 40', 'max: 44', 'regions/sa-east-1.yaml');
  edit(root, 'hosts: 3', 'hosts: 4');
  for (const name of ['sa-east-1', 'bj-idc']) {
    const { stdout } = await meissa('diff', name, '--base', 'HEAD', '--json', '--root', root);
    const { meanings } = JSON.parse(stdout) as { meanings: { stack: string }[] };
    expect(meanings.length).toBeGreaterThan(0);
    expect(meanings.filter(({ stack }) => stack.split('/')[0] !== name)).toEqual([]);
  }
});

test('a rack that is removed is told beside what a region loses by it', async () => {
  const root = committed();
  const text = readFileSync(join(root, FILE), 'utf8');
  writeFileSync(join(root, FILE), text.slice(0, text.indexOf('  a02:')));
  const { code, stdout } = await meissa('diff', 'bj-idc', 'cn-beijing', '--base', 'HEAD', '--markdown', '--root', root);
  expect(code).toBe(2);
  expect(stdout).toContain('2 hosts go, when applied: bj-idc/rack-a02, the whole rack');
  expect(stdout).toContain('`cn-beijing/network`: - allows 10.200.2.0/24');
});

test('without a base no engine tells what stands in a data centre: said, and refused where nothing else is asked', async () => {
  const root = committed();
  const said = await meissa('diff', 'bj-idc', '--root', root, '--json');
  expect(said.code).toBe(1);
  expect(JSON.parse(said.stdout).error).toEqual({
    code: 'IDC_NOT_COMPARED',
    message: "bj-idc can't be compared: no engine tells what stands there",
    fix: 'compare with --base, or ask its routers and hosts: meissa push <idc> --dry-run',
  });
});

test('against a folder it is compared where synth wrote idc.out, and said where it did not', async () => {
  const root = committed();
  await meissa('synth', '--root', root, '--out', join(root, 'before/cdk.out'));
  edit(root, 'units: { "1": "12-13" }', 'units: { "1": "14-15" }');
  for (const folder of ['before', 'before/cdk.out']) {
    const said = await meissa('diff', 'bj-idc', '--templates', join(root, folder), '--root', root);
    expect(said.code).toBe(2);
    expect(said.stdout).toContain('1 host gets another place in the rack, when applied: unit 12-13 -> 14-15\n');
  }
  rmSync(join(root, 'before/idc.out'), { recursive: true });
  const said = await meissa('diff', 'sa-east-1', 'bj-idc', '--templates', join(root, 'before'), '--root', root);
  expect([said.code, said.stdout]).toEqual([0, 'no changes\n']);
  expect(said.stderr).toContain('data centres (bj-idc) are not compared: ');
  expect(said.stderr).toContain('before holds no idc.out');
  const alone = await meissa('diff', 'bj-idc', '--templates', join(root, 'before'), '--root', root);
  expect(alone.code).toBe(1);
});

test('links that are left out are not looked at: a clean tree has no changes', async () => {
  const root = committed();
  await meissa('synth', '--root', root, '--out', join(root, 'before/cdk.out'));
  const bases = [
    ['sa-east-1', '--base', 'HEAD'],
    ['--base', 'HEAD'],
    ['cn-beijing', '--templates', join(root, 'before')],
  ];
  for (const base of bases) {
    const said = await meissa('diff', ...base, '--links', 'none', '--root', root);
    expect([base, said.code, said.stdout]).toEqual([base, 0, 'no changes\n']);
  }
});

test('a place that nobody describes is refused, with the data centre’s name where that is near', async () => {
  const said = await meissa('diff', 'bj-idd', '--base', 'HEAD', '--root', committed());
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('there is no region "bj-idd"');
  expect(said.stderr).toContain('write: bj-idc');
});
