import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostConfig } from '../../lib/cloud-config/host-config';
import { renderUserData } from '../../lib/cloud-config/user-data';
import { loadEstate } from '../../lib/estate/load';
import type { Estate } from '../../lib/estate/model';
import type { Profile } from '../../lib/estate/profile';
import type { FleetPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { expectGolden } from '../golden';
import { describeWithRealPart } from '../real-parts';
import { repository } from './fixtures';

const { estate } = loadEstate(repository) as { estate: Estate };
const fleets = planEstate(estate).regions.flatMap((region) =>
  region.fleets.map((fleet) => ({ name: `${region.name}-${fleet.cluster}-${fleet.name}`, fleet })),
);
const profilesOf = (fleet: FleetPlan): Profile[] => fleet.profiles.map((name) => estate.profiles.get(name)!);

test.each(fleets.map(({ name, fleet }) => [name, fleet] as const))(
  'the hosts of %s get what test/golden says, in less than an instance takes',
  (name, fleet) => {
    const { userData, findings } = renderUserData(fleet.context, profilesOf(fleet), { compress: fleet.compress });
    expect(findings).toEqual([]);
    expect(userData!.bytes).toBeLessThanOrEqual(16_384);
    expectGolden(`${name}.yaml`, userData!.text);
  },
);

test('there is a golden file for each fleet and for nothing else', () => {
  const files = readdirSync(join(repository, 'test/golden')).filter((file) => file.endsWith('.yaml'));
  expect(files.sort()).toEqual(fleets.map(({ name }) => `${name}.yaml`).sort());
});

/** The first region's fleets stand for all: the others differ in names and addresses only. */
const samples = fleets.filter(({ name }) => name.startsWith('sa-east-1-'));

/** Writes the files and units of a fleet below a folder, as the reader would. */
function written(fleet: FleetPlan): string {
  const root = mkdtempSync(join(tmpdir(), 'meissa-root-'));
  const put = (path: string, content: string, permissions = '0644'): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), Number.parseInt(permissions, 8));
  };
  const { config } = hostConfig(fleet.context, profilesOf(fleet));
  for (const file of config.files) put(file.path, file.content, file.permissions);
  for (const unit of config.units) {
    if (unit.content !== undefined) put(`/etc/systemd/system/${unit.name}`, unit.content);
    for (const dropIn of unit.dropIns) put(`/etc/systemd/system/${unit.name}.d/${dropIn.name}`, dropIn.content);
  }
  // What the image brings, and what an earlier unit makes.
  put('/etc/systemd/system/docker.service', '[Service]\nExecStart=/bin/dockerd\n');
  for (const program of ['/bin/dockerd', `/opt/meissa/etcd-${fleet.context.artifacts.items.etcd?.version}/etcd`])
    put(program, '#!/bin/true\n', '0755');
  return root;
}

describeWithRealPart('coreos-cloudinit-validator', "coreos-cloudinit's own validator", (validator) => {
  test('finds nothing in any golden file, warnings included', () => {
    const files = fleets.map(({ name }) => join(repository, 'test/golden', `${name}.yaml`));
    expect(spawnSync(validator, files).stdout.toString()).toBe('');
  });

  test('reads what was meant: its YAML is another one than ours', () => {
    for (const { name, fleet } of samples) {
      const read = JSON.parse(execFileSync(validator, ['-json', join(repository, 'test/golden', `${name}.yaml`)]).toString());
      const { config } = hostConfig(fleet.context, profilesOf(fleet));
      const files = read.WriteFiles.filter((file: { Path: string }) => !file.Path.startsWith('/etc/sysctl.d/'));
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
  test.each(samples.map(({ name, fleet }) => [name, fleet] as const))('understands every unit of %s', (_name, fleet) => {
    const root = written(fleet);
    try {
      const { config } = hostConfig(fleet.context, profilesOf(fleet));
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

test.each(samples.map(({ name, fleet }) => [name, fleet] as const))(
  'bash parses every script of %s as it is after its comments are gone',
  (_name, fleet) => {
    for (const file of hostConfig(fleet.context, profilesOf(fleet)).config.files) {
      if (!file.content.startsWith('#!/bin/bash')) continue;
      const { status, stderr } = spawnSync('bash', ['-n'], { input: file.content });
      expect([file.path, status, stderr.toString()]).toEqual([file.path, 0, '']);
    }
  },
);
