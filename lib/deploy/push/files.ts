/** Where the files of `idc.out` lie on routers and hosts: the same as the sheet says to people. */

/** Files by the path at which they lie, and for whom they are. */
export interface PushTarget {
  /** Name of the router or host. */
  readonly name: string;
  readonly kind: 'router' | 'host';
  /** Where ssh goes: a router's own address, a host's in its rack. */
  readonly address: string;
  readonly files: ReadonlyMap<string, string>;
}

const ROUTER_FILES: Readonly<Record<string, string>> = {
  'networkd.conf': '/etc/systemd/networkd.conf.d/meissa.conf',
  'sysctl.conf': '/etc/sysctl.d/60-meissa.conf',
  'nftables.conf': '/etc/nftables.conf',
  daemons: '/etc/frr/daemons',
  'frr.conf': '/etc/frr/frr.conf',
  'keepalived.conf': '/etc/keepalived/keepalived.conf',
  'swanctl.conf': '/etc/swanctl/conf.d/meissa.conf',
  'frr-exporter.conf': '/etc/systemd/system/prometheus-frr-exporter.service.d/meissa.conf',
  'blackbox-exporter.conf': '/etc/systemd/system/prometheus-blackbox-exporter.service.d/meissa.conf',
  'blackbox.yml': '/etc/prometheus/blackbox.yml',
};

const NETWORK = /\.(netdev|network)$/;

/** @param name of a file of a router. @throws RangeError for one that has no place: the sheet has one for each */
function routerPath(name: string): string {
  const path = NETWORK.test(name) ? `/etc/systemd/network/${name}` : ROUTER_FILES[name];
  if (path === undefined) throw new RangeError(`${name} of a router has no place`);
  return path;
}

/** @param files of one data centre, by path below its folder */
export function routerFiles(files: ReadonlyMap<string, string>, router: string): ReadonlyMap<string, string> {
  return below(files, `routers/${router}/`, routerPath);
}

/** The user-data too, which a host reads at its next boot. */
export function rackHostFiles(files: ReadonlyMap<string, string>, host: string, rack: string): ReadonlyMap<string, string> {
  const text = files.get(`racks/${rack}/user-data.yaml`);
  return new Map([
    ...below(files, `hosts/${host}/`, (name) => `/etc/systemd/network/${name}`),
    ...(text === undefined ? [] : [[USER_DATA, text] as const]),
  ]);
}

/** "Flatcar: user-data of bare metal": coreos-cloudinit reads it at every boot. */
export const USER_DATA = '/var/lib/flatcar-install/user_data';

function below(files: ReadonlyMap<string, string>, folder: string, placeOf: (name: string) => string): Map<string, string> {
  return new Map(
    [...files].flatMap(([path, text]) => (path.startsWith(folder) ? [[placeOf(path.slice(folder.length)), text] as const] : [])),
  );
}
