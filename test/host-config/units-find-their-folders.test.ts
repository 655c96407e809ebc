/**
 * Every folder or file that a unit binds, writes, runs in or reads variables of is made by something that the same host gets: what isn't
 * there keeps a unit from starting, with 226/NAMESPACE or 200/CHDIR, as often as it is tried (systemd.exec(5)). A hyphen says that it
 * may be missing. Hosts differ in what makes a folder: members have data volumes, elastic hosts have none.
 */
import type { HostConfig, HostUnit } from '../../lib/host-config/model';
import { type AnyHost, everyHost, wholeUnit } from './every-host';

/** Folders that every image has: Filesystem Hierarchy Standard 3.0. */
const OF_IMAGES = '/ /etc /home /opt /root /run /srv /usr /var /var/cache /var/lib /var/log'.split(' ');
/** Options of folders that systemd makes before it lays out what a unit sees, and where. */
const MADE = { RuntimeDirectory: '/run', StateDirectory: '/var/lib', CacheDirectory: '/var/cache', LogsDirectory: '/var/log' };
/** Options whose paths have to be there. */
const WANTED = [
  ...['BindPaths', 'BindReadOnlyPaths', 'ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths'],
  ...['RootDirectory', 'WorkingDirectory', 'EnvironmentFile'],
];
/** Units of images that profiles name. */
const UNITS_OF_IMAGES = ['network-online.target', 'docker.service', 'systemd-journald.service'];

function words(text: string, key: string): string[] {
  return [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value!.split(/\s+/)).filter(Boolean);
}

/** The path and all that it lies in. */
const withParents = (path: string): string[] =>
  path === '/' ? [path] : [path, ...withParents(path.slice(0, path.lastIndexOf('/')) || '/')];

/** What is there once a unit has run: its own folders, what its program says that it unpacks to, the mount of a volume. */
function makes(config: HostConfig, unit: HostUnit): string[] {
  const text = wholeUnit(config, unit);
  const folders = Object.entries(MADE).flatMap(([key, base]) => words(text, key).map((name) => `${base}/${name}`));
  const [program, , mount] = words(text, 'ExecStart');
  const script = config.files.find(({ path }) => path === program)?.content ?? '';
  const unpacked = [...script.matchAll(/^to=\$root(\/\S+)$/gm)].map(([, path]) => path!);
  return [...folders, ...unpacked, ...(program === '/opt/meissa/bin/meissa-volume' ? [mount!] : [])].flatMap(withParents);
}

/** What keeps units of a host from starting for ever, in words. */
function missing(config: HostConfig): string[] {
  const services = config.units.filter(({ name, content }) => name.endsWith('.service') && content !== undefined);
  const written = new Set([...OF_IMAGES, ...config.files.flatMap(({ path }) => withParents(path))]);
  const makers = services.map((unit) => ({ name: unit.name, made: makes(config, unit) }));
  return services.flatMap((unit) => {
    const text = wholeUnit(config, unit);
    const required = words(text, 'Requires');
    const units = required
      .filter((name) => !UNITS_OF_IMAGES.includes(name) && !config.units.some((each) => each.name === name))
      .map((name) => `${unit.name} requires ${name}, which this host has not`);
    // What failed before the maker was done is tried again. By default systemd gives up at five starts within 10 s.
    const never = words(text, 'StartLimitIntervalSec').at(-1) === '0' || Number(words(text, 'RestartSec').at(-1)) * 4 > 10;
    const patient = never && /^Restart=(always|on-failure)$/m.test(text);
    const after = words(text, 'After');
    const comesBefore = (name: string): boolean =>
      name === unit.name || patient || (required.includes(name) && after.includes(name));
    const paths = WANTED.flatMap((key) => words(text, key).map((word) => ({ key, path: word.split(':')[0]! })));
    return [
      ...units,
      ...paths
        .filter(({ path }) => !path.startsWith('-') && !written.has(path))
        .filter(({ path }) => !makers.some(({ name, made }) => made.includes(path) && comesBefore(name)))
        .map(({ key, path }) => `${unit.name}: ${key}=${path} is made by nothing of this host`),
    ];
  });
}

test.each(everyHost.map(({ name, config }) => [name, config] as const))('%s', (_name, config) => {
  expect(missing(config)).toEqual([]);
});

describe('it is told', () => {
  const hostOf = (name: string): AnyHost => everyHost.find((each) => each.name === name)!;
  const members = hostOf('collecting: ap-south-1/collection/front-ends');
  const elastic = hostOf('collecting: ap-south-1/collection/front-ends, elastic');
  /** The host with a unit's text changed. */
  const changed = ({ config }: AnyHost, name: string, from: string | RegExp, to: string): HostConfig => {
    const units = config.units.map((unit) => {
      if (unit.name !== name) return unit;
      expect(unit.content).toMatch(from);
      return { ...unit, content: unit.content!.replace(from, to) };
    });
    return { ...config, units };
  };

  test('where a front end binds the folder of its volume: elastic ones have none', () => {
    const bound = (host: AnyHost): string[] =>
      missing(changed(host, 'front-end.service', 'StateDirectory=front-end', 'BindPaths=/var/lib/front-end'));
    expect(bound(members)).toEqual([]);
    expect(bound(elastic)).toEqual(['front-end.service: BindPaths=/var/lib/front-end is made by nothing of this host']);
  });

  test('where a unit requires the volume that only members have', () => {
    expect(missing(changed(elastic, 'front-end.service', /^Requires=/m, 'Requires=meissa-volume-spool.service '))).toEqual([
      'front-end.service requires meissa-volume-spool.service, which this host has not',
    ]);
  });

  test('where a unit that is not started again does not wait for what makes its folder', () => {
    const once = (requires: string): string[] =>
      missing(
        changed(
          hostOf('collecting: ap-south-1/collection/brokers'),
          'kafka-guard.service',
          /^\[Unit\]([\s\S]*)^Restart=always\n/m,
          `[Unit]\n${requires}$1`,
        ),
      );
    const makers =
      'meissa-host.service collection-install.service collection-certificates.service meissa-volume-kafka.service meissa-volume-kraft.service';
    expect(once(`Requires=${makers}\nAfter=${makers}\n`)).toEqual([]);
    expect(once('')).toContain('kafka-guard.service: BindPaths=/var/lib/kafka is made by nothing of this host');
  });

  test('but not where the unit says that it may be missing', () => {
    expect(missing(changed(elastic, 'front-end.service', 'StateDirectory=front-end', 'BindPaths=-/nowhere'))).toEqual([]);
  });
});
