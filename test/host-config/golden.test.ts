import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import type { Profile } from '../../lib/estate/model/profile';
import { loadEstate } from '../../lib/estate/read/load';
import { hostConfig } from '../../lib/host-config/host-config';
import { sysctlPath } from '../../lib/host-config/manifest';
import { renderUserData } from '../../lib/host-config/user-data';
import { formatOf } from '../../lib/host-config/writers';
import { rackContext } from '../../lib/plan/idc/context';
import type { FleetContext } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { expectGolden } from '../golden';
import { describeWithRealPart } from '../real-parts';
import { alike, substituted } from './alike';
import { repository } from './fixtures';
import { misread } from './misread';

/** Hosts that share a text: a fleet, or a rack of a data centre. */
interface Hosts {
  readonly name: string;
  readonly context: FleetContext;
  readonly profiles: readonly Profile[];
  readonly compress: 'auto' | 'never';
}

/** Of the example, of the estate whose containers have addresses of their own and that has a data centre, and of the one at Aliyun. */
const all: Hosts[] = [...hostsOf('', repository), ...hostsOf('hybrid-', join(repository, 'test/estates/hybrid'))];
/** Collections are alike in every region: one that only collects, the central one, and one of Aliyun stand for all. */
const golden = new Set(
  all
    .filter(({ name }) => !name.includes('-collection-') || /^(sa-east-1|us-east-1|cn-beijing)-/.test(name))
    .filter(({ name }) => !(name in alike))
    .map(({ name }) => name),
);
const coreos = all.filter(({ name, context }) => golden.has(name) && formatOf(context) === 'coreos');

function hostsOf(prefix: string, folder: string): Hosts[] {
  const { estate } = loadEstate(folder) as { estate: Estate };
  const profiles = (names: readonly string[]): Profile[] => names.map((name) => estate.profiles.get(name)!);
  const fleets = planEstate(estate).regions.flatMap((region) =>
    region.fleets.map((fleet) => ({
      name: `${prefix}${region.name}-${fleet.cluster}-${fleet.name}`,
      context: fleet.context,
      profiles: profiles(fleet.profiles),
      compress: fleet.compress,
    })),
  );
  const racks = estate.idcs.flatMap((idc) =>
    idc.racks.map((rack) => ({
      name: `${prefix}${idc.name}-${rack.name}`,
      context: rackContext(estate, idc, rack),
      profiles: profiles(rack.profiles),
      compress: 'auto' as const,
    })),
  );
  return [...fleets, ...racks];
}

test.each(all.map((hosts) => [hosts.name, hosts] as const))(
  'the hosts of %s get what test/golden says, in less than an instance takes, or a host fetches',
  (name, { context, profiles, compress }) => {
    const { userData, findings } = renderUserData(context, profiles, { compress });
    expect(findings).toEqual([]);
    expect(userData!.bytes).toBeLessThanOrEqual(userData!.format === 'coreos' ? 16_384 : 262_144);
    expect(misread(userData!.text, userData!.format)).toEqual([]);
    if (golden.has(name)) expectGolden(`${name}.yaml`, userData!.text);
  },
);

test.each(Object.entries(alike))(
  'the hosts of %s differ by names and addresses only from those that stand for them',
  (name, same) => {
    const { context, profiles, compress } = all.find((hosts) => hosts.name === name)!;
    const text = readFileSync(join(repository, 'test/golden', `${same.golden}.yaml`), 'utf8');
    expect(renderUserData(context, profiles, { compress }).userData!.text).toBe(substituted(text, same.but));
  },
);

test('there is a golden file for each fleet and rack, of collections for those that stand for all, and for nothing else', () => {
  const files = readdirSync(join(repository, 'test/golden')).filter((file) => file.endsWith('.yaml'));
  expect(files.sort()).toEqual([...golden].map((name) => `${name}.yaml`).sort());
});

/** The first region's fleets stand for all: the others differ in names and addresses only. */
const samples = all.filter(({ name }) => /^(sa-east-1-|hybrid-(us-east-1-|beijing-a01$)|cn-beijing-|bj-idc-a01$)/.test(name));

/** Writes the files and units of hosts below a folder, as the reader would. */
function written({ context, profiles }: Hosts): string {
  const root = mkdtempSync(join(tmpdir(), 'meissa-root-'));
  const put = (path: string, content: string, permissions = '0644'): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), Number.parseInt(permissions, 8));
  };
  const { config } = hostConfig(context, profiles);
  for (const file of config.files) put(file.path, file.content, file.permissions);
  for (const unit of config.units) {
    if (unit.content !== undefined) put(`/etc/systemd/system/${unit.name}`, unit.content);
    for (const dropIn of unit.dropIns) put(`/etc/systemd/system/${unit.name}.d/${dropIn.name}`, dropIn.content);
  }
  // What the image brings, and what an earlier unit makes.
  put('/etc/systemd/system/docker.service', '[Service]\nExecStart=/bin/dockerd\n');
  put('/etc/systemd/system/oem-cloudinit.service', '[Service]\nType=oneshot\nExecStart=/bin/sh\n');
  for (const program of [
    '/bin/sh',
    '/bin/dockerd',
    '/usr/bin/install',
    '/usr/local/bin/node',
    `/opt/meissa/etcd-${context.artifacts.items.etcd?.version}/etcd`,
  ])
    put(program, '#!/bin/true\n', '0755');
  return root;
}

describeWithRealPart('coreos-cloudinit-validator', "coreos-cloudinit's own validator", (validator) => {
  test('finds nothing in any golden file, warnings included', () => {
    const files = coreos.map(({ name }) => join(repository, 'test/golden', `${name}.yaml`));
    expect(spawnSync(validator, files).stdout.toString()).toBe('');
  });

  test('reads what was meant: its YAML is another one than ours', () => {
    for (const { name, context, profiles } of samples.filter((each) => coreos.includes(each))) {
      const read = JSON.parse(execFileSync(validator, ['-json', join(repository, 'test/golden', `${name}.yaml`)]).toString());
      const { config } = hostConfig(context, profiles);
      const files = read.WriteFiles.filter((file: { Path: string }) => file.Path !== sysctlPath);
      expect(files.map((file: Record<string, string>) => [file.Path, file.Content, file.RawFilePermissions || '0644'])).toEqual(
        config.files.map((file) => [file.path, file.content, file.permissions]),
      );
      expect(
        read.CoreOS.Units.slice(1).map((unit: Record<string, unknown>) => [unit.Name, unit.Command, unit.Content, unit.Mask]),
      ).toEqual(config.units.map((unit) => [unit.name, unit.command ?? '', unit.content ?? '', unit.mask]));
    }
  });
});

describeWithRealPart('systemd-analyze', 'systemd', (analyze) => {
  test.each(samples.map((hosts) => [hosts.name, hosts] as const))('understands every unit of %s', (_name, hosts) => {
    const root = written(hosts);
    const { context, profiles } = hosts;
    try {
      const { config } = hostConfig(context, profiles);
      const units = config.units.filter((unit) => unit.content !== undefined || unit.dropIns.length > 0).map((unit) => unit.name);
      const { stderr } = spawnSync(analyze, [
        'verify',
        '--man=no',
        '--generators=no',
        '--recursive-errors=no',
        `--root=${root}`,
        ...units,
      ]);
      // The root has no systemd of its own: its targets are not there.
      const told = stderr
        .toString()
        .split('\n')
        .filter(
          (line) => line !== '' && !/\.target (not found|has no)|Failed to (prepare filename|add job).*\.target/.test(line),
        );
      expect(told).toEqual([]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describeWithRealPart('shellcheck', 'shellcheck', (shellcheck) => {
  // SC1083: braces of Handlebars in sources that are templates.
  test('finds nothing in the scripts of the profiles', () => {
    const scripts = readdirSync(join(repository, 'cloud-config'), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.sh'));
    const { stdout } = spawnSync(shellcheck, ['-x', '-e', 'SC1083', ...scripts.map((file) => join('cloud-config', file))], {
      cwd: repository,
    });
    expect(stdout.toString()).toBe('');
  });
});

test.each(samples.map((hosts) => [hosts.name, hosts] as const))(
  'bash parses every script of %s as it is after its comments are gone',
  (_name, { context, profiles }) => {
    for (const file of hostConfig(context, profiles).config.files) {
      if (!file.content.startsWith('#!/bin/bash')) continue;
      const { status, stderr } = spawnSync('bash', ['-n'], { input: file.content });
      expect([file.path, status, stderr.toString()]).toEqual([file.path, 0, '']);
    }
  },
);
