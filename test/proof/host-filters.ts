/**
 * What hosts load into their kernels: the programs that they boot with, taken out of what was emitted and run by the real bash, once for
 * each host. Nothing of lib/reach: it reads the same texts without running them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { Range, World } from '../../lib/reach/world';
import type { Files } from '../estate/arbitrary';
import { address, text } from './text';

/** A host that boots: who it is, and what its cloud tells it. */
interface Booting {
  readonly name: string;
  readonly address: number;
  readonly prefixes: readonly Range[];
  readonly userData: string;
}

/** What a host does to its own network. */
export interface OwnNetwork {
  /** Rules for `nft -f -`; empty where it loads none. */
  readonly rules: string;
  /** Address of docker's bridge, where docker chooses it. */
  readonly bridge?: string;
  /** Largest packet of docker's bridge, bytes. @default - what the wire takes */
  readonly mtu?: number;
  /** Routes by the default gateway with a largest packet, bytes. @default - none */
  readonly routes?: readonly { readonly to: string; readonly mtu: number }[];
}

/** By name of the host. */
export function hostFilters(world: World, files: Files): ReadonlyMap<string, OwnNetwork> {
  const texts = userDataOf(files);
  const hosts = [...world.vpcs.flatMap((vpc) => vpc.interfaces), ...world.idcHosts.map((host) => ({ ...host, prefixes: [] }))];
  const booting = hosts.flatMap(({ host, address, prefixes }): Booting[] => {
    const userData = texts.get(host) ?? texts.get(host.replace(/@.*$/, '@')) ?? texts.get(host.replace(/-\d+$/, '-'));
    return userData === undefined ? [] : [{ name: host, address, prefixes, userData }];
  });
  const own = boot(booting);
  for (const [name, routes] of racksRoutes(files)) {
    const before = own.get(name) ?? { rules: '' };
    own.set(name, { ...before, routes: [...(before.routes ?? []), ...routes] });
  }
  return own;
}

/** What stands in `[Route]` sections of hosts of data centres, by the host's name. Source: systemd.network(5). */
function racksRoutes(files: Files): [host: string, routes: { to: string; mtu: number }[]][] {
  return Object.entries(files).flatMap(([path, text]): [string, { to: string; mtu: number }[]][] => {
    const [, host] = /^idc\.out\/[^/]+\/hosts\/([^/]+)\/.*\.network$/.exec(path) ?? [];
    const sections = text.split(/^(?=\[)/m).filter((section) => section.startsWith('[Route]'));
    const routes = sections.flatMap((section) => {
      const said = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(section)?.[1];
      const [to, mtu] = [said('Destination'), Number(said('MTUBytes'))];
      return to !== undefined && mtu > 0 ? [{ to, mtu }] : [];
    });
    return host === undefined || routes.length === 0 ? [] : [[host, routes]];
  });
}

/** User-data by a host's name, by `<name>@` of elastic fleets, by `<idc>-<rack>-` of racks. */
function userDataOf(files: Files): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith('.template.json')) ofTemplate(JSON.parse(content), found);
    const [, idc, rack] = /^idc\.out\/([^/]+)\/racks\/([^/]+)\/user-data\.yaml$/.exec(path) ?? [];
    if (idc !== undefined) found.set(`${idc}-${rack}-`, content);
  }
  const manifest = files['aliyun.out/manifest.json'];
  // What members fetch at every boot goes before what stands in their template.
  for (const { configurations, members } of manifest === undefined ? [] : (JSON.parse(manifest) as RosManifest).stacks) {
    for (const { fleet, file } of configurations) {
      for (const { name } of members)
        if (name.replace(/-\d+$/, '').endsWith(`-${fleet.replace('/', '-')}`)) found.set(name, files[`aliyun.out/${file}`]!);
    }
  }
  return found;
}

interface RosManifest {
  readonly stacks: readonly {
    readonly configurations: readonly { readonly fleet: string; readonly file: string }[];
    readonly members: readonly { readonly name: string }[];
  }[];
}

interface Template {
  readonly Mappings?: { readonly UserData?: { readonly Fleet?: { readonly Text?: string; readonly Base64?: string } } };
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
}

interface Properties {
  readonly InstanceName?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly LaunchTemplateData?: { readonly TagSpecifications?: readonly { readonly Tags: Properties['Tags'] }[] };
}

/** A template holds its fleet's text once. */
function ofTemplate({ Mappings, Resources }: Template, found: Map<string, string>): void {
  const { Text, Base64 } = Mappings?.UserData?.Fleet ?? {};
  const userData = Base64 === undefined ? Text : gunzipSync(Buffer.from(Base64, 'base64')).toString();
  if (userData === undefined) return;
  const nameIn = (tags: Properties['Tags']) => tags?.find(({ Key }) => Key === 'Name')?.Value;
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    const name = Properties.InstanceName ?? nameIn(Properties.Tags);
    const launched = Properties.LaunchTemplateData?.TagSpecifications?.map(({ Tags }) => nameIn(Tags)).find(Boolean) ?? name;
    if (/^(?:AWS::EC2|ALIYUN::ECS)::Instance$/.test(Type)) found.set(name!, userData);
    if (/^(?:AWS::EC2::LaunchTemplate|ALIYUN::ESS::ScalingConfiguration)$/.test(Type)) found.set(`${launched}@`, userData);
  }
}

interface CloudConfig {
  readonly write_files?: readonly { readonly path: string; readonly content: string; readonly encoding?: string }[];
  readonly coreos?: { readonly units?: readonly { readonly name: string; readonly content?: string }[] };
}

const known = new Map<string, ReadonlyMap<string, string>>();

/** Files of a cloud-config by path, units below /units. */
function filesIn(userData: string): ReadonlyMap<string, string> {
  const before = known.get(userData);
  if (before !== undefined) return before;
  const { write_files: items = [], coreos } = parse(userData) as CloudConfig;
  const found = new Map(
    items.map(({ path, content, encoding }) => [
      path,
      encoding === undefined ? content : gunzipSync(Buffer.from(content, 'base64')).toString(),
    ]),
  );
  for (const { name, content } of coreos?.units ?? []) if (content !== undefined) found.set(`/units/${name}`, content);
  known.set(userData, found);
  return found;
}

const NET = '/opt/meissa/bin/meissa-net';
const HOST = '/opt/meissa/bin/meissa-host';
const MTU = '/opt/meissa/bin/meissa-mtu';
/** What a host has depends on its containers, and on tunnels behind its network: either, both or none. */
const OWN = [NET, MTU];

/** Stands in for what only a host has: its cloud, its name, its disk. What goes to nft is kept. */
const STUBS = `set -u
hostnamectl() { :; }
sync() { :; }
ip() { echo "$*" >>"$MEISSA_ROOT/ip"; [[ $* != *'route show default' ]] || echo 'default via 169.254.0.1 dev eth0'; }
sleep() { exit 0; }
nft() { cat >>"$MEISSA_ROOT/rules"; }
`;

/** What a host loads of itself, by who it is and what it boots with: a mistake in the network changes neither. */
const booted = new Map<string, Booted>();

interface Booted {
  readonly rules: string;
  /** What it gave to ip(8). */
  readonly ip: string;
}

function boot(hosts: readonly Booting[]): Map<string, OwnNetwork> {
  const key = ({ userData, name: _, ...rest }: Booting) => `${JSON.stringify(rest)} ${userData}`;
  const fresh = hosts.filter((host) => OWN.some((path) => filesIn(host.userData).has(path)) && !booted.has(key(host)));
  for (const [n, each] of fresh.length === 0 ? [] : bootAll(fresh).entries()) booted.set(key(fresh[n]!), each);
  return new Map(hosts.map((host) => [host.name, networkOf(filesIn(host.userData), booted.get(key(host)))]));
}

/** @param own rules of meissa-net. @default - the host has none */
function networkOf(files: ReadonlyMap<string, string>, own: Booted | undefined): OwnNetwork {
  // What a unit gives to nft by name.
  const units = [...files].filter(([path]) => path.endsWith('.service')).map(([, unit]) => unit);
  const named = units.flatMap((unit) => [...unit.matchAll(/^ExecStart=\S*nft -f (\S+)$/gm)].map(([, path]) => files.get(path!)!));
  const rules = [own?.rules ?? '', ...named].join('\n');
  const sizes = sizesOf(own?.ip ?? '');
  const daemon = files.get('/etc/docker/daemon.json');
  // Where containers have addresses of their own, the program that loads the rules gives docker's bridge its address.
  if (daemon === undefined || files.get(NET)?.includes('MEISSA_BRIDGE') === true) return { rules, ...sizes };
  // The first of docker's default address pools, where nothing on the host is in its way.
  return { rules, ...sizes, bridge: (JSON.parse(daemon) as { bip?: string }).bip ?? '172.17.0.1/16' };
}

/** From the lines that ip(8) was given: `link set docker0 mtu 1400 up`, `route replace 10.0.0.0/8 via ... mtu 1400`. */
function sizesOf(lines: string): Pick<OwnNetwork, 'mtu' | 'routes'> {
  const [, mtu] = /^link set docker0 mtu (\d+)/m.exec(lines) ?? [];
  const routes = [...lines.matchAll(/^route replace (\S+) .*\bmtu (\d+)$/gm)].map(([, to, size]) => ({
    to: to!,
    mtu: Number(size),
  }));
  return { ...(mtu === undefined ? {} : { mtu: Number(mtu) }), ...(routes.length === 0 ? {} : { routes }) };
}

/** Runs meissa-host and what a host has for its own network, one after the other in one bash. */
function bootAll(hosts: readonly Booting[]): Booted[] {
  const folder = mkdtempSync(join(tmpdir(), 'mprf-hosts-'));
  const roots = hosts.map((_, n) => join(folder, String(n)));
  try {
    const lines = hosts.map((host, n) => {
      const root = roots[n]!;
      const own = OWN.filter((path) => filesIn(host.userData).has(path));
      for (const path of [HOST, ...own, '/opt/meissa/lib.sh', '/etc/meissa/env']) {
        mkdirSync(join(root, path, '..'), { recursive: true });
        writeFileSync(join(root, path), filesIn(host.userData).get(path)!);
      }
      for (const kept of ['ip', 'rules']) writeFileSync(join(root, kept), '');
      const cloud = `case $1 in address) echo ${address(host.address)} ;; instance-id) echo i-1 ;; prefixes) echo '${host.prefixes.map(text).join('\n')}' ;; esac`;
      const program = (path: string) => `(set -- ''; BASH_ARGV0=${root}${path}; MEISSA_ROOT=${root}; . ${root}${path})`;
      return `function ${root}/opt/meissa/bin/meissa-cloud { ${cloud}; }\n${[HOST, ...own].map(program).join(' && ')} || exit 1\n`;
    });
    const { status, stderr } = spawnSync('bash', ['-s'], { input: STUBS + lines.join(''), encoding: 'utf8' });
    if (status !== 0) throw new Error(`a host does not boot: ${stderr}`);
    return roots.map((root) => ({
      rules: readFileSync(join(root, 'rules'), 'utf8'),
      ip: readFileSync(join(root, 'ip'), 'utf8'),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
