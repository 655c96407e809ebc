/** Hosts of racks that stay and get another address, other containers, ports, cables or place. */
import type { Meaning, Severity } from '../meaning/meaning';
import { listChange } from '../model/list-change';
import { type IdcChange, sameFiles } from './change';
import { moved } from './change-words';
import { byRack } from './racks';
import { type HostNetwork, hostNetwork, restOf } from './read/host';
import type { HostRow } from './read/sheet';

interface Host {
  readonly name: string;
  readonly before: HostNetwork;
  readonly after: HostNetwork;
  readonly old?: HostRow;
  readonly now?: HostRow;
}

/** One kind of change: the words of each host, or nothing where it has none. */
interface Kind {
  readonly kind: Meaning['kind'];
  readonly severity: Severity;
  readonly what: string;
  readonly words: (host: Host) => string | undefined;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'host-address',
    severity: 'interrupted',
    what: 'get another address',
    words: ({ before, after }) =>
      joined([moved('address', before.address, after.address), moved('gateway', before.gateway, after.gateway)]),
  },
  {
    kind: 'host-containers',
    severity: 'interrupted',
    what: 'get another container range, and every container starts anew',
    words: ({ old, now }) => (old && now ? moved('containers', old.containers, now.containers) : undefined),
  },
  {
    kind: 'host-interfaces',
    severity: 'interrupted',
    what: 'get other interfaces',
    words: ({ before, after }) =>
      joined([
        moved('VLAN', before.vlan, after.vlan),
        moved('MTU', before.mtu, after.mtu),
        moved('bond', before.bond, after.bond),
        moved('ports', before.ports, after.ports),
      ]),
  },
  {
    kind: 'host-network-file',
    severity: 'interrupted',
    what: 'get other network files',
    words: ({ before, after }) => {
      const { gone, come } = listChange(restOf(before, after), restOf(after, before));
      return joined([...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)]);
    },
  },
  { kind: 'host-cabling', severity: 'network', what: 'are cabled otherwise', words: ({ old, now }) => cabling(old, now) },
  {
    kind: 'host-unit',
    severity: 'interrupted',
    what: 'get another place in the rack',
    words: ({ old, now }) => (old && now ? moved('unit', old.unit, now.unit) : undefined),
  },
];

export function hostsThatChange(change: IdcChange): Meaning[] {
  const hosts = hostsThatStay(change);
  return byRack(change, hosts, 'after').flatMap(([rack, own]) => KINDS.flatMap((kind) => told(change.name, rack, own, kind)));
}

function told(idc: string, rack: string, hosts: readonly Host[], { words, what, ...kind }: Kind): Meaning[] {
  const found = hosts.flatMap((host) => {
    const said = words(host);
    return said === undefined ? [] : [{ host: host.name, said }];
  });
  if (found.length === 0) return [];
  const alike = found.every(({ said }) => said === found[0]!.said);
  return [
    {
      ...kind,
      stack: `${idc}/rack-${rack}`,
      // Where each host has its own words they stand below, and the rack's name keeps the racks apart.
      what: alike ? `${what}: ${found[0]!.said}` : `${what}: ${idc}/rack-${rack}`,
      hosts: found.map(({ host }) => host),
      ofHosts: true,
      details: alike ? [] : found.map(({ host, said }) => `${host}: ${said}`),
      explains: found.map(({ host }) => `hosts/${host}/`),
    },
  ];
}

/** Those that stand on both sides and of which a file or the sheet's row differs. */
function hostsThatStay({ folders, rows }: IdcChange): Host[] {
  const [old, now] = [folders.before.hosts, folders.after.hosts];
  return [...now].flatMap(([name, files]): Host[] => {
    const was = old.get(name);
    const [oldRow, nowRow] = [rows.before.get(name), rows.after.get(name)];
    if (was === undefined || (sameFiles(was, files) && sameRow(oldRow, nowRow))) return [];
    return [
      {
        name,
        before: hostNetwork(was),
        after: hostNetwork(files),
        ...(oldRow && { old: oldRow }),
        ...(nowRow && { now: nowRow }),
      },
    ];
  });
}

function sameRow(one: HostRow | undefined, other: HostRow | undefined): boolean {
  return one?.unit === other?.unit && one?.containers === other?.containers && cabling(one, other) === undefined;
}

/** Ports that one side alone has are told as interfaces. */
function cabling(old: HostRow | undefined, now: HostRow | undefined): string | undefined {
  const ports = [...(now?.cables ?? [])].filter(([port]) => old?.cables.has(port) === true);
  return joined(ports.map(([port, to]) => moved(port, old!.cables.get(port), to)));
}

function joined(words: readonly (string | undefined)[]): string | undefined {
  const said = words.filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join('; ');
}
