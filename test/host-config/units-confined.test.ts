/**
 * Everything that a host starts is confined: every service that any profile writes, on every kind of host, as systemd itself rates it.
 * A profile or a unit that is added is looked at without a word here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Finding } from '../../lib/estate/findings/finding';
import { hostConfig } from '../../lib/host-config/host-config';
import type { HostFile, HostUnit } from '../../lib/host-config/model';
import { describeWithRealPart } from '../real-parts';
import { everyHost, everyProfile, wholeUnit } from './every-host';
import { context, profile } from './fixtures';

/** What `systemd-analyze security` may say of a service at most. */
const MOST = 3.0;
/** The image's own services that profiles only start or add to: what confines them is the image's matter. */
const OF_IMAGES = [
  'chronyd.service',
  'docker.service',
  'locksmithd.service',
  'oem-cloudinit.service',
  'systemd-journald.service',
  'systemd-timesyncd.service',
];

const SYSTEM = '/etc/systemd/system';

interface Written {
  /** By text: one that is the same on many hosts is rated once. */
  readonly hosts: string[];
  readonly unit: HostUnit;
  /** Drop-ins of beginnings of names, where the host has them. */
  readonly shared: readonly HostFile[];
  /** All of it. */
  readonly whole: string;
}

const services = new Map<string, Written>();
for (const { name, config } of everyHost) {
  const shared = config.files.filter(({ path }) => path.startsWith(`${SYSTEM}/`));
  for (const unit of config.units.filter((each) => each.name.endsWith('.service'))) {
    const key = JSON.stringify([unit.name, unit.content, unit.dropIns, shared]);
    const known = services.get(key);
    if (known) known.hosts.push(name);
    else services.set(key, { hosts: [name], unit, shared, whole: wholeUnit(config, unit) });
  }
}
const own = [...services.values()].filter(({ unit }) => unit.content !== undefined);

test('every profile of this repository is on some host here', () => {
  expect([...new Set(everyHost.flatMap(({ profiles }) => profiles))].sort()).toEqual(everyProfile);
});

test('what is only started or added to is a service of the image', () => {
  const others = [...services.values()].filter(({ unit }) => unit.content === undefined && !unit.mask);
  expect(others.map(({ unit }) => unit.name).filter((name) => !OF_IMAGES.includes(name))).toEqual([]);
});

const values = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value!);

test.each(own.map((each) => [each.unit.name, each.hosts[0]!, each.whole]))(
  '%s of %s gains no rights, writes only what it names, and has a bound',
  (_name, _host, text) => {
    expect(values(text, 'NoNewPrivileges').at(-1)).toBe('yes');
    expect(values(text, 'ProtectSystem').at(-1)).toBe('strict');
    expect(values(text, 'CapabilityBoundingSet')[0]).toBe('');
    expect(values(text, 'SystemCallFilter')[0]).toBe('@system-service');
    expect(values(text, 'MemoryMax').at(-1)).toMatch(/^[1-9]\d*[MG%]?$/);
    expect(values(text, 'BindPaths').join(' ').split(' ')).not.toContain('/');
    // What runs with full privileges runs beside all of this.
    expect(text).not.toMatch(/^Exec\w+=[-@:!]*\+/m);
  },
);

/** A template is rated by one of its instances. */
const instance = (name: string): string => name.replace('@.', '@1.');

/** Units below a folder, as hosts have them, and what systemd says of each. */
function rated(units: readonly HostUnit[], files: readonly HostFile[] = []): Map<string, number> {
  const root = mkdtempSync(join(tmpdir(), 'meissa-exposure-'));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    for (const unit of units) {
      const file = join(root, 'etc/systemd/system', unit.name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, unit.content!);
      for (const { name, content } of unit.dropIns) {
        mkdirSync(`${file}.d`, { recursive: true });
        writeFileSync(join(`${file}.d`, name), content);
      }
    }
    const given = ['security', '--offline=true', `--root=${root}`, '--no-pager', ...units.map(({ name }) => instance(name))];
    const told = execFileSync('systemd-analyze', given, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    return new Map([...told.matchAll(/exposure level for (\S+): (\d+\.\d)/g)].map(([, name, level]) => [name!, Number(level)]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describeWithRealPart('systemd-analyze', 'systemd', () => {
  test(`rates every service at most ${MOST.toFixed(1)}`, () => {
    const rows: { name: string; host: string; exposure: number }[] = [];
    // Services of one name and several texts can't lie in one folder.
    for (let rest = own; rest.length > 0; ) {
      const first = rest[0]!;
      const same = (files: readonly HostFile[]): boolean => JSON.stringify(files) === JSON.stringify(first.shared);
      const round = rest.filter(
        (each, i) =>
          same(each.shared) && rest.findIndex((other) => other.unit.name === each.unit.name && same(other.shared)) === i,
      );
      rest = rest.filter((each) => !round.includes(each));
      const exposures = rated(
        round.map(({ unit }) => unit),
        first.shared,
      );
      for (const { unit, hosts } of round)
        rows.push({ name: unit.name, host: hosts[0]!, exposure: exposures.get(instance(unit.name)) ?? Number.NaN });
    }
    const worst = new Map<string, (typeof rows)[number]>();
    for (const row of rows) if (!(row.exposure <= (worst.get(row.name)?.exposure ?? -1))) worst.set(row.name, row);
    const table = [...worst.values()].sort((a, b) => b.exposure - a.exposure);
    process.stdout.write(
      `exposure, of each service the worst\n${table.map(({ name, host, exposure }) => `${exposure.toFixed(1).padStart(5)}  ${name} (${host})\n`).join('')}`,
    );
    expect(rows.filter(({ exposure }) => !(exposure <= MOST))).toEqual([]);
    expect(rows.length).toBe(own.length);
  });

  test('rates a service that nothing confines far above that: the rating works', () => {
    const bare: HostUnit = {
      name: 'bare.service',
      content: '[Service]\nExecStart=/bin/true\n',
      enable: false,
      mask: false,
      dropIns: [],
      profile: 'x',
    };
    expect(rated([bare]).get('bare.service')).toBeGreaterThan(9);
  });
});

describe('a profile of somebody else', () => {
  const render = (fragment: string): { text: string | undefined; findings: readonly Finding[] } => {
    const { config, findings } = hostConfig(context(), [profile('own', fragment)]);
    return { text: config.units[0]?.content, findings };
  };

  test('has its unit as it is', () => {
    expect(render('units:\n  - name: a.service\n    content: |\n      [Service]\n      ExecStart=/bin/a\n').text).toBe(
      '[Service]\nExecStart=/bin/a\n',
    );
  });

  test('says `confine: true` once, and its own lines come after those, so that they count', () => {
    const { text, findings } = render(
      'units:\n  - name: a.service\n    confine: true\n    content: |\n      [Unit]\n      Description=a\n      [Service]\n      ProtectHome=no\n      ExecStart=/bin/a\n',
    );
    expect(findings).toEqual([]);
    expect(text).toMatch(/^\[Unit\]\nDescription=a\n\[Service\]\nNoNewPrivileges=yes\n/);
    expect(values(text!, 'ProtectHome')).toEqual(['yes', 'no']);
  });

  test.each([
    ['a timer', '- name: a.timer\n    confine: true\n    content: |\n      [Timer]\n      OnBootSec=1\n'],
    [
      'a service that weakens what is firm',
      '- name: a.service\n    confine: true\n    content: |\n      [Service]\n      ProtectSystem=no\n',
    ],
    ["the image's unit", '- name: docker.service\n    confine: true\n    command: start\n'],
  ])('is told that %s can not be confined', (_what, unit) => {
    expect(render(`units:\n  ${unit}`).findings).toEqual([
      expect.objectContaining({ code: 'FRAGMENT_VALUE', path: 'units[0].confine', line: 3 }),
    ]);
  });
});
