/** Data centres: routers from their FRR and network files, hosts from their network files. */
import type { EstateSource } from '../../estate/read/source';
import { formatRange, holdsRange } from '../range';
import type { IdcEndpoint, Range, Router, World, WorldFault } from '../world';
import { readFile } from './assembly';
import { parseFrr } from './frr';
import { namesIn } from './frr-names';
import { parseKeepalived } from './keepalived';
import { type NetworkFile, parseMtu, parseNetworkFile, parseVlan } from './networkd';
import { type NftFault, readNft, Tables } from './nft';
import { Words, wordsOf } from './nft-words';

/** @param folder that holds a folder an IDC, usually `idc.out` */
export function readIdcs(files: EstateSource, folder: string, faults: WorldFault[]): Pick<World, 'routers' | 'idcHosts'> {
  const routers: Router[] = [];
  const idcHosts: IdcEndpoint[] = [];
  for (const idc of (files.list(folder) ?? []).filter((name) => !name.startsWith('.'))) {
    for (const name of files.list(`${folder}/${idc}/routers`) ?? []) {
      const router = readRouter(files, folder, idc, name, faults);
      if (router !== undefined) routers.push(router);
    }
    for (const name of files.list(`${folder}/${idc}/hosts`) ?? []) {
      const host = readHost(files, folder, idc, name, faults);
      if (host !== undefined) idcHosts.push(host);
    }
  }
  return { routers, idcHosts: giveContainers(idcHosts, routers, faults) };
}

function networkFiles(files: EstateSource, folder: string): (NetworkFile & { readonly path: string })[] {
  return (files.list(folder) ?? [])
    .filter((name) => name.endsWith('.network'))
    .map((name) => ({ path: `${folder}/${name}`, ...parseNetworkFile(files.read(`${folder}/${name}`) ?? '') }));
}

function vlansOf(files: EstateSource, folder: string): Map<string, number> {
  const names = (files.list(folder) ?? []).filter((name) => name.endsWith('.netdev'));
  const vlans = names.map((name) => parseVlan(files.read(`${folder}/${name}`) ?? '')).filter((vlan) => vlan !== undefined);
  return new Map(vlans.map(({ name, id }) => [name, id]));
}

/** Largest packets, by the name of the interface. */
function mtusOf(files: EstateSource, folder: string): Map<string, number> {
  const names = (files.list(folder) ?? []).filter((name) => name.endsWith('.netdev'));
  return new Map(
    names.flatMap((name) => {
      const read = parseMtu(files.read(`${folder}/${name}`) ?? '');
      return read === undefined ? [] : [[read.name, read.mtu]];
    }),
  );
}

function readRouter(files: EstateSource, folder: string, idc: string, name: string, faults: WorldFault[]): Router | undefined {
  const file = `${folder}/${idc}/routers/${name}/frr.conf`;
  const text = readFile(files, file, faults);
  if (text === undefined) return undefined;
  const config = parseFrr(text);
  for (const { line, message } of config.faults) faults.push({ where: file, what: `line ${line}`, message });
  const interfaces = [...config.interfaces];
  for (const network of networkFiles(files, `${folder}/${idc}/routers/${name}`)) {
    for (const address of network.addresses) {
      const known = interfaces.some((i) => i.name === network.name && i.address === address.address);
      if (!known) interfaces.push({ name: network.name, ...address });
    }
  }
  const shared = parseKeepalived(files.read(`${folder}/${idc}/routers/${name}/keepalived.conf`) ?? '');
  const vlans = vlansOf(files, `${folder}/${idc}/routers/${name}`);
  const mtus = mtusOf(files, `${folder}/${idc}/routers/${name}`);
  return {
    id: `${idc}/${name}`,
    idc,
    asn: config.asn ?? 0,
    interfaces: interfaces.map((each) => {
      const [vlan, mtu] = [vlans.get(each.name), mtus.get(each.name)];
      return { ...each, ...(vlan === undefined ? {} : { vlan }), ...(mtu === undefined ? {} : { mtu }) };
    }),
    ...(shared.length === 0 ? {} : { shared }),
    statics: config.statics,
    neighbors: config.neighbors,
    originates: config.originates,
    aggregates: config.aggregates,
    importCheck: config.importCheck,
    ebgpRequiresPolicy: config.ebgpRequiresPolicy,
    names: namesIn(text),
    ...readFilter(files, `${folder}/${idc}/routers/${name}`, interfaces, faults),
    file,
  };
}

/** The packet filter that Debian's nftables.service loads; a router without the file forwards everything. */
function readFilter(
  files: EstateSource,
  folder: string,
  interfaces: Router['interfaces'],
  faults: WorldFault[],
): Pick<Router, 'network'> {
  if (files.list(folder)?.includes(FILTER) !== true) return {};
  const where = `${folder}/${FILTER}`;
  const text = readFile(files, where, faults);
  if (text === undefined) return {};
  const tables = new Tables();
  const fault = ({ line, message }: NftFault) => faults.push({ where, what: `line ${line}`, message });
  const names = new Set(['lo', ...interfaces.map(({ name }) => name)]);
  readNft(new Words(wordsOf(text)), '', tables, true, fault, (name) => names.has(name));
  for (const { name } of tables.hooks.filter(({ nat }) => nat))
    faults.push({ where, what: name, message: 'is not read: what it does to addresses is not known' });
  return { network: { where, hooks: tables.hooks.filter(({ nat }) => !nat) } };
}

const FILTER = 'nftables.conf';

function readHost(files: EstateSource, folder: string, idc: string, host: string, faults: WorldFault[]): IdcEndpoint | undefined {
  const networks = networkFiles(files, `${folder}/${idc}/hosts/${host}`);
  const network = networks.find((n) => n.gateway !== undefined && n.addresses.length > 0);
  if (network === undefined) {
    faults.push({
      where: `${folder}/${idc}/hosts/${host}`,
      what: 'network',
      message: 'no file gives it an address and a gateway',
    });
    return undefined;
  }
  const mtu = mtusOf(files, `${folder}/${idc}/hosts/${host}`).get(network.name);
  return {
    host,
    idc,
    ...network.addresses[0]!,
    gateway: network.gateway!,
    ...(mtu === undefined ? {} : { mtu }),
    ...(network.routes.length === 0 ? {} : { routes: network.routes }),
    file: network.path,
  };
}

/** A host's containers are what a router of its data centre sends to its address. */
function giveContainers(hosts: readonly IdcEndpoint[], routers: readonly Router[], faults: WorldFault[]): IdcEndpoint[] {
  const ranges = new Map<string, Range>();
  for (const { idc, statics, file } of routers) {
    for (const { destination, via, line } of statics) {
      if (via === undefined || destination.bits === 32) continue;
      const before = ranges.get(`${idc} ${via}`);
      if (before === undefined || holdsRange(destination, before)) ranges.set(`${idc} ${via}`, destination);
      else if (!holdsRange(before, destination))
        faults.push({ where: file, what: `line ${line}`, message: `the host has ${formatRange(before)} already` });
    }
  }
  return hosts.map((host) => {
    const containers = ranges.get(`${host.idc} ${host.address}`);
    return containers === undefined ? host : { ...host, containers };
  });
}
