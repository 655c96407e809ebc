/** `links` of `regions/estate.yaml`: how places reach each other. */
import { z } from 'zod';
import { ALIYUN } from '../../clouds/aliyun';
import { AWS } from '../../clouds/aws';
import { parseCidr } from '../addresses/cidr';
import { address, asn, interfaceName, vlan } from './idc-schema';
import { name, range, retention, text, whole } from './scalars';

const CARRIED = /^(hosts|containers|\d{1,3}(\.\d{1,3}){3}\/\d{1,2})$/;

const CARRIED_RULE = 'hosts, containers or a range such as 172.20.0.0/19';

const carried = z
  .array(
    z
      .string()
      .regex(CARRIED, CARRIED_RULE)
      .refine((value) => !value.includes('/') || parseCidr(value) !== undefined, CARRIED_RULE)
      .meta({
        description: 'What is carried.',
        examples: ['hosts'],
        patternErrorMessage: CARRIED_RULE,
        format: 'ipv4-range-or-word',
      }),
  )
  .min(1)
  .meta({
    description: 'hosts: the host block; containers: the container block; or a range inside one of them.',
    examples: [['hosts']],
  });

const place = name('Name of a region or data centre.', 'us-east-1');

/** Which pairs an entry makes: exactly one of between, pairs, mesh and hub. */
const topology = {
  between: z
    .array(place)
    .length(2)
    .optional()
    .meta({ description: 'The two places.', examples: [['sa-east-1', 'us-east-1']] }),
  pairs: z
    .array(z.array(place).length(2))
    .min(1)
    .optional()
    .meta({ description: 'Several pairs of places.', examples: [[['sa-east-1', 'us-east-1']]] }),
  mesh: z
    .union([z.literal('all'), z.array(place).min(2)])
    .optional()
    .meta({ description: 'Every one with every other: places, or all AWS regions.', examples: ['all'] }),
  hub: place.optional().meta({ description: 'The place that all spokes are joined with.', examples: ['us-east-1'] }),
  spokes: z
    .union([z.literal('all'), z.array(place).min(1)])
    .optional()
    .meta({ description: 'Places that are joined with the hub. Default: all other AWS regions.', examples: ['all'] }),
};

const common = {
  ...topology,
  carries: z
    .union([carried, z.record(place, carried)])
    .default(['hosts'])
    .meta({
      description: 'What of each end the other one reaches: for both ends, or by place. Default: hosts.',
      examples: [['hosts', 'containers']],
    }),
};

const peering = z
  .strictObject({
    kind: z.literal('peering').meta({ description: 'VPC peering: two VPCs and no third place.', examples: ['peering'] }),
    ...common,
  })
  .meta({ description: 'VPC peering.' });

const transit = z
  .strictObject({
    kind: z.literal('transit').meta({ description: 'Transit gateways.', examples: ['transit'] }),
    ...common,
    through: place.optional().meta({
      description: 'Region whose transit gateway joins the two. Default: the gateways of the two are peered.',
      examples: ['us-east-1'],
    }),
  })
  .meta({ description: 'Transit gateways: also carries containers in mode host-gw.' });

const gateway = name(
  'Entry of the links whose Direct Connect gateway it uses. Default: it makes one of its own, with `asn`.',
  'line',
).optional();

const association = z
  .strictObject({
    kind: z.literal('association').meta({
      description: "A Direct Connect gateway joined with one more region's transit gateway, without a line of its own.",
      examples: ['association'],
    }),
    ...common,
    gateway,
    asn: asn('AS number of a gateway that it makes itself: one whose first line is gone.', 64600).optional(),
  })
  .meta({ description: 'A region that reaches the data centre over the leased lines of another one.' });

const leasedLine = z
  .strictObject({
    kind: z
      .literal('leased-line')
      .meta({ description: 'A leased line into the cloud (Direct Connect).', examples: ['leased-line'] }),
    ...common,
    router: name('Router of the data centre that the line ends at.', 'r1').optional(),
    connection: text(
      new RegExp(`${AWS.connectionId.form.source}|${ALIYUN.connectionId.form.source}`),
      `${AWS.connectionId.words}, on Aliyun ${ALIYUN.connectionId.words}`,
      'Direct Connect connection, or a group of them (LAG); on Aliyun the physical connection.',
      'dxcon-fg5678gh',
      64,
    ),
    location: text(
      /^[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,63}$/,
      'the name of a location: letters, digits, spaces and . _ : / -, a letter or digit first',
      "Where the cloud's end of the connection stands (a Direct Connect location, an access point of Aliyun). Default: nobody says.",
      'EqDC2',
      64,
    ).optional(),
    vlan: vlan('VLAN of the transit interface.', 301),
    interface: interfaceName('Port of the router that the line comes in on.', 'eno5').default('eno5'),
    network: range('Network of the two BGP addresses: the cloud has the first, the router the second.', '169.254.100.0/30'),
    gateway,
    asn: asn('AS number of the Direct Connect gateway; of an Aliyun border router 45104 or a private one.', 64600).optional(),
    mtu: z
      .literal([1500, 8500])
      .default(1500)
      .meta({ description: 'MTU of the transit interface; 8500 with jumbo frames.', examples: [8500] }),
    allowedPrefixes: z
      .array(range('A prefix.', '10.1.0.0/16'))
      .optional()
      .meta({
        description: 'What the cloud tells the data centre. Default: exactly what is routed.',
        examples: [['10.1.0.0/16']],
      }),
    maxPrefixes: whole('Prefixes that the line takes from the data centre. Default: the quota.', 1, 1000, 100).optional(),
    preference: whole(
      'The higher is used while it is up; lines with the same one share the load. Default: 200 for the first line of the two places in order of name, one less for each further.',
      101,
      1000,
      200,
    ).optional(),
  })
  .meta({ description: 'A leased line between a data centre and the transit gateway of a region.' });

const vpn = z
  .strictObject({
    kind: z.literal('vpn').meta({ description: 'A site-to-site VPN.', examples: ['vpn'] }),
    ...common,
    router: name('Router of the data centre that the tunnels end at.', 'r1').optional(),
    tunnels: z
      .array(range('Inside network of a tunnel: the cloud has the first address, the router the second.', '169.254.21.0/30'))
      .length(2)
      .meta({
        description: 'Inside networks of the two tunnels, /30 of 169.254.0.0/16.',
        examples: [['169.254.21.0/30', '169.254.22.0/30']],
      }),
    outside: z
      .array(address("Public address of the cloud's end.", '198.51.100.1'))
      .max(2)
      .default([])
      .meta({
        description: 'Public addresses of the cloud, known after the first deploy.',
        examples: [['198.51.100.1', '198.51.100.2']],
      }),
    keyName: text(
      /^[A-Za-z0-9_+=@][A-Za-z0-9_+=.@-]*(?:\/[A-Za-z0-9_+=@][A-Za-z0-9_+=.@-]*)*$/,
      'the name of a secret: letters, digits and _ + = . @ -, parted by slashes, no part beginning with a dot or hyphen',
      "Name of the tunnels' keys in the router's own store. Never the key.",
      'vpn/us-east-1',
      512,
    ),
    logDays: retention(
      "Days that CloudWatch Logs keeps what the tunnels' ends say (AWS); 0: nothing is kept. Fixed when the connection is made. Default: 30.",
    ).optional(),
    preference: whole(
      'The higher is used while it is up; VPNs with the same one share the load. Default: 100 for the first VPN of the two places in order of name, one less for each further.',
      1,
      100,
      100,
    ).optional(),
    prepends: whole(
      'How often the own AS number is prepended at least, so that the cloud prefers a line; where something else is preferred, once more than there.',
      0,
      10,
      2,
    ).default(2),
  })
  .meta({ description: 'A VPN between a data centre and the transit gateway of a region: alone, or the fallback of a line.' });

export const linkSchema = z.discriminatedUnion('kind', [peering, transit, leasedLine, association, vpn]);

export const linksSchema = z
  .record(name('Name of the entry.', 'central'), linkSchema)
  .default({})
  .meta({
    description: 'How places reach each other. Default: not at all.',
    examples: [{ central: { kind: 'peering', hub: 'us-east-1', spokes: 'all', carries: ['hosts'] } }],
  });

export type LinkFile = z.output<typeof linkSchema>;
