import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleCopy, meissa, removeCopies } from './run';

const HYBRID = join(__dirname, '../estates/hybrid');

describe('synth of an estate with a data centre', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'meissa-idc-'));
    cpSync(join(HYBRID, 'regions'), join(root, 'regions'), { recursive: true });
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    removeCopies();
  });

  test('writes idc.out beside cdk.out, says so, and leaves nothing half-written', async () => {
    const said = await meissa('synth', '--root', root);
    expect(said.code).toBe(0);
    expect(said.stderr).toMatch(/wrote \d+ files of data centres to .*idc\.out/);
    expect(readdirSync(root).sort()).toEqual(['cdk.out', 'idc.out', 'regions']);
    expect(readdirSync(join(root, 'idc.out/beijing')).sort()).toEqual(['hosts', 'racks', 'routers', 'sheet.md']);
    expect(readFileSync(join(root, 'idc.out/beijing/routers/r1/frr.conf'), 'utf8')).toContain('router bgp 65010');
  });

  test('gives every rack one cloud-config, by whose arithmetic host n of the rack knows its number', async () => {
    await meissa('synth', '--root', root);
    expect(readdirSync(join(root, 'idc.out/beijing/racks'))).toEqual(['a01', 'a02']);
    const text = readFileSync(join(root, 'idc.out/beijing/racks/a02/user-data.yaml'), 'utf8');
    expect(text).toMatch(/^#cloud-config\n/);
    expect(text).toContain('MEISSA_ZONES="10.200.2.2"');
    expect(text).toContain('172.20.32.0/19');
  });

  test('lists the files in --json, and writes them beside the folder that --out names', async () => {
    const said = await meissa('synth', '--root', root, '--out', join(root, 'built/cdk'), '--json');
    const { out, idc } = JSON.parse(said.stdout) as { out: string; idc: { out: string; files: string[] } };
    expect(out).toBe(join(root, 'built/cdk'));
    expect(idc.out).toBe(join(root, 'built/idc.out'));
    expect(idc.files).toContain('beijing/hosts/beijing-a01-1/50-vlan101.network');
    for (const file of idc.files) expect(existsSync(join(idc.out, file))).toBe(true);
    expect(existsSync(join(root, 'idc.out'))).toBe(false);
  });

  test('takes away what an earlier estate left, a host that is gone and a data centre that is gone', async () => {
    await meissa('synth', '--root', root);
    const beijing = join(root, 'regions/beijing.yaml');
    writeFileSync(beijing, readFileSync(beijing, 'utf8').replace('hosts: 2 }', 'hosts: 1 }'));
    await meissa('synth', '--root', root);
    expect(readdirSync(join(root, 'idc.out/beijing/hosts'))).not.toContain('beijing-a02-2');
    const estate = join(root, 'regions/estate.yaml');
    const text = readFileSync(estate, 'utf8');
    rmSync(beijing);
    writeFileSync(estate, text.slice(0, text.indexOf('  line:\n')));
    expect((await meissa('synth', '--root', root)).code).toBe(0);
    expect(existsSync(join(root, 'idc.out'))).toBe(false);
  });

  test('leaves idc.out alone when it is asked for some regions only', async () => {
    await meissa('synth', '--root', root);
    const before = readFileSync(join(root, 'idc.out/beijing/sheet.md'), 'utf8');
    const said = await meissa('synth', 'us-east-1', '--root', root);
    expect(said.stderr).not.toContain('data centres');
    expect(readFileSync(join(root, 'idc.out/beijing/sheet.md'), 'utf8')).toBe(before);
  });

  test('an estate without data centres gets no idc.out', async () => {
    const example = exampleCopy();
    rmSync(join(example, 'regions/bj-idc.yaml'));
    const estate = join(example, 'regions/estate.yaml');
    // The data centre's links are the last of the file.
    writeFileSync(estate, readFileSync(estate, 'utf8').replace(/ {2}# The data centre's leased line[\s\S]*$/, ''));
    const said = await meissa('synth', '--root', example, '--json');
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout)).not.toHaveProperty('idc');
    expect(readdirSync(example).sort()).toEqual(['aliyun.out', 'cdk.out', 'regions']);
  });
});
