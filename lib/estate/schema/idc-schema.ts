/** `regions/<idc>.yaml`: a data centre of one's own. */
import { z } from 'zod';
import { INTERFACE_NAME } from '../../facts/interfaces';
import { parseIpv4 } from '../addresses/cidr';
import { RACK_UNIT_LIST, RACK_UNIT_RULE } from '../units';
import { acceptance } from './acceptance-schema';
import { name, nodeLabels, parameters, placeName, profileName, range, text, webAddress, whole } from './scalars';

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const ADDRESS_RULE = 'an IPv4 address such as 10.200.0.1';

const TIME_RULE = 'an IPv4 address or the name of a host';

export const address = (description: string, example: string) =>
  z
    .string()
    .regex(ADDRESS, ADDRESS_RULE)
    .refine((value) => parseIpv4(value) !== undefined, ADDRESS_RULE)
    .meta({ description, examples: [example], patternErrorMessage: ADDRESS_RULE, format: 'ipv4' });

export const asn = (description: string, example: number) => whole(description, 1, 4294967294, example);

export const vlan = (description: string, example: number) => whole(description, 1, 4094, example);

/** Names as systemd gives them (systemd.net-naming-scheme(7)), and as it takes them: not "all" or "default", which are none (systemd.link(5), Name). */
export const interfaceName = (description: string, example: string) =>
  text(
    /^(?!(?:all|default)$)[A-Za-z][A-Za-z0-9_.-]*$/,
    `the name of a network interface: at most ${INTERFACE_NAME} letters, digits and _ . -, a letter first`,
    description,
    example,
    INTERFACE_NAME,
  );

/** As people write it on the sheet: a name, and the port with it if they like. */
const switchName = text(
  /^[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,63}$/,
  'the name of a switch: letters, digits, spaces and . _ : / -, a letter or digit first',
  'Name of a switch.',
  'a01-sw1',
  64,
);

const rackUnits = text(RACK_UNIT_LIST, RACK_UNIT_RULE, 'Units of the rack.', '12-13', 32);

const router = z
  .strictObject({
    address: address('Loopback address, inside the block; also the BGP router id.', '10.200.0.1'),
    core: address('Address on the core network. Default: not on it.', '10.200.255.1').optional(),
    public: address('Public address that VPN tunnels end at. Default: none.', '203.0.113.10').optional(),
    trunk: interfaceName('Port or bond towards racks and core.', 'bond0').default('bond0'),
  })
  .meta({ description: 'A router that runs FRR.', examples: [{ address: '10.200.0.1', public: '203.0.113.10' }] });

const bond = z
  .strictObject({
    interfaces: z
      .array(interfaceName('A port of the host.', 'eno1'))
      .min(1)
      .max(4)
      .default(['eno1', 'eno2'])
      .meta({ description: 'Ports of each host.', examples: [['eno1', 'eno2']] }),
    mode: z
      .enum(['802.3ad', 'active-backup'])
      .default('802.3ad')
      .meta({ description: 'Bonding mode.', examples: ['802.3ad'] }),
    switches: z
      .array(switchName)
      .optional()
      .meta({
        description: 'Switch of each port, in the same order. Default: <rack>-sw1, <rack>-sw2.',
        examples: [['a01-sw1', 'a01-sw2']],
      }),
  })
  .meta({ description: 'Uplinks of each host.', examples: [{ interfaces: ['eno1', 'eno2'], mode: '802.3ad' }] });

const rack = z
  .strictObject({
    router: name('Router that is the gateway of the rack. Default: the only one.', 'r1').optional(),
    routers: z
      .array(name('Router of the pair.', 'r1'))
      .length(2)
      .optional()
      .meta({
        description:
          'Instead of `router`: a pair that shares the address of the gateway (VRRP). The first has it while it is well; the last two addresses of the subnet are their own. Default: one router.',
        examples: [['r1', 'r2']],
      }),
    vlan: vlan('VLAN of the hosts.', 101),
    subnet: range('Host addresses of the rack; the gateway has the first, host n the n-th after it.', '10.200.1.0/24'),
    containers: range(
      'Container ranges of the rack; host n has the n-th. Default: containers use the host network.',
      '172.20.0.0/19',
    ).optional(),
    hosts: whole('Hosts are numbered 1 to this.', 0, 1000, 20).default(0),
    removed: z
      .array(whole('Number of a host.', 1, 1000, 2))
      .default([])
      .meta({ description: 'Retired numbers: their address and range are given to nobody else.', examples: [[2]] }),
    units: z
      .record(text(/^[1-9]\d*$/, 'the number of a host', 'Number of the host.', '1'), rackUnits)
      .default({})
      .meta({ description: 'Where hosts stand in the rack, for the cabling sheet.', examples: [{ '1': '12-13' }] }),
    bond: bond.prefault({}),
    profiles: z
      .array(profileName)
      .min(1)
      .default(['base', 'docker'])
      .meta({ description: 'Folders of cloud-config/ that make up the hosts.', examples: [['base', 'docker']] }),
    parameters: parameters('Parameters by profile, for the hosts of this rack.').default({}),
    cluster: text(
      /^[a-z0-9-]+\/[a-z0-9-]+$/,
      '<region>/<cluster>',
      "Cluster of a region that the rack's hosts belong to: they reach its etcd by a gateway. Default: none.",
      'cn-beijing/core',
    ).optional(),
    metadata: nodeLabels('Labels that units choose hosts by.', { location: 'bj-idc' }).default({}),
  })
  .meta({ description: 'A rack of hosts.', examples: [{ vlan: 101, subnet: '10.200.1.0/24', hosts: 20 }] });

export const idcSchema = z
  .strictObject({
    accept: acceptance,
    idc: placeName("Name of the data centre, the same as the file's.", 'beijing'),
    block: range("The data centre's own block of host addresses.", '10.200.0.0/16'),
    containers: range('Container block of the data centre.', '172.20.0.0/16').optional(),
    hostBits: whole("Prefix length of one host's container range.", 16, 28, 24).default(24),
    asn: asn('BGP AS number of its routers. Default: none, for a data centre that no link names.', 65010).optional(),
    mtu: whole('MTU of the networks inside.', 1280, 9216, 9000).default(9000),
    time: z
      .array(
        text(
          /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
          TIME_RULE,
          'A server of time (NTP, UDP 123).',
          '10.200.0.10',
        ).refine((value) => !/^[\d.]+$/.test(value) || parseIpv4(value) !== undefined, TIME_RULE),
      )
      .max(8)
      .default([])
      .meta({
        description:
          'Servers that its hosts take the time from: the first that answers counts, addresses before names, which need DNS. Default: none, hosts ask whom their image names.',
        examples: [['10.200.0.10']],
      }),
    artifacts: webAddress(
      'Mirror inside the data centre that hosts fetch artifacts from: files named by their SHA-256, which is what hosts check. Default: none.',
      'http://10.200.0.10/artifacts',
    ).optional(),
    core: z
      .strictObject({
        vlan: vlan('VLAN of the core network.', 2),
        subnet: range('Network between the routers.', '10.200.255.0/28'),
      })
      .optional()
      .meta({ description: 'Joins several routers. Default: none.', examples: [{ vlan: 2, subnet: '10.200.255.0/28' }] }),
    routers: z
      .record(placeName('Name of the router.', 'r1'), router)
      .default({})
      .meta({ description: 'Routers by name.', examples: [{ r1: { address: '10.200.0.1' } }] }),
    racks: z
      .record(placeName('Name of the rack.', 'a01'), rack)
      .default({})
      .meta({ description: 'Racks by name.', examples: [{ a01: { vlan: 101, subnet: '10.200.1.0/24', hosts: 20 } }] }),
    profiles: parameters('Parameters by profile, for every host of the data centre.').default({}),
  })
  .meta({ title: 'Data centre', description: "A data centre of one's own." });

export type IdcFile = z.output<typeof idcSchema>;
