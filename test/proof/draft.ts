/** What is laid so far of a World: namespaces and wires by what they stand for. */
import type { Subnet, World } from '../../lib/reach/world';
import type { CloudSession } from './cloud-bgp';
import type { HostStation } from './hosts';
import type { Namespaces } from './namespaces';
import type { Entry } from './transit';

/** Both ends of a wire, or all of a router's. */
export type Cable = readonly (readonly [namespace: string, device: string])[];

export interface SubnetPort {
  readonly subnet: Subnet;
  readonly device: string;
}

export class Draft {
  /** What sends and answers, by id: interfaces by their host's name, containers by host and range. */
  readonly stations = new Map<string, HostStation>();
  /** Namespaces by id of the data centre's router, VPC, transit gateway. */
  readonly routers = new Map<string, string>();
  readonly vpcs = new Map<string, string>();
  readonly transits = new Map<string, string>();
  /** Devices of hosts in a VPC's router, by ids of VPC and interface. */
  readonly hostPorts = new Map<string, Map<string, string>>();
  /** By name: `host <name>`, `containers <host>`, `core <idc>`, `peering <id>`, `nat <id>`, `transit-peering <id>`, `attachment <id> <subnet>`, `line <id>`, `tunnel <vpn> <n>`, `router <id>`. */
  readonly cables = new Map<string, Cable>();
  readonly entries: Entry[] = [];
  /** Ports of VPC attachments at the gateway's end, by id of the attachment. */
  readonly entrances = new Map<string, readonly SubnetPort[]>();
  /** BGP of the clouds' ends, by id of the transit gateway. */
  readonly sessions = new Map<string, CloudSession[]>();

  constructor(
    readonly world: World,
    readonly namespaces: Namespaces,
  ) {}

  /** @throws when there is none of the name */
  cable(name: string): Cable {
    const cable = this.cables.get(name);
    if (cable === undefined) throw new Error(`no cable ${name}: ${[...this.cables.keys()].join(', ')}`);
    return cable;
  }
}
