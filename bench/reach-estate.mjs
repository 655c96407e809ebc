// A cloud assembly in memory, in the shapes that the emitter writes: regions in host-gw with transit gateways around a hub, every place
// routed to every other. Written here, not synthesized: 1,000 routes a table are over what a VPC takes beside its links, and a
// synthesis of 50 such regions takes longer than everything that is measured.
const ACCOUNT = '111111111111';
const FLEETS = ['voters', 'storage', 'worker', 'broker'];
const TABLES = ['Public', 'PrivateA', 'PrivateB', 'PrivateC', 'Attachment'];
const ZONES = ['a', 'b', 'c'];
/** Members a stack, as floor(450 / (resources a member + tables)). */
const PER_STACK = 60;

const ref = (id) => ({ Ref: id });
const imported = (stack, name) => ({ 'Fn::ImportValue': `${stack}:${name}` });
const output = (stack, name, region) => ({ 'Fn::GetStackOutput': { StackName: stack, OutputName: name, Region: region } });
const host = (region, fleet, n) => `${region}-core-${fleet}-${n}`;
const address = (base, offset) => `${base}.${Math.floor(offset / 256)}.${offset % 256}`;
const regionName = (i) => `zz-bench-${i}`;

/** Files by path, as `readWorld` asks for them. */
export function reachEstate({ regions, hosts }) {
  const files = new Map();
  const artifacts = {};
  const stack = (path, region, Resources, Outputs = {}) => {
    const name = path.replaceAll('/', '-');
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://${ACCOUNT}/${region}`,
      displayName: path,
      properties: { templateFile: `${name}.template.json`, stackName: name },
    };
    files.set(`cdk.out/${name}.template.json`, JSON.stringify({ Resources, Outputs }));
  };
  for (let i = 0; i < regions; i++) {
    const region = regionName(i);
    stack(`${region}/network`, region, ...network(i, region));
    stack(`${region}/transit`, region, ...transit(i, region));
    for (const [path, resources] of members(i, region, hosts)) stack(path, region, resources);
    if (i > 0) for (const [path, where, resources, outputs] of link(i, region)) stack(path, where, resources, outputs);
  }
  files.set('cdk.out/manifest.json', JSON.stringify({ artifacts }));
  return files;
}

function network(i, region) {
  const resources = { VpcG1: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: `10.${i}.0.0/16` } } };
  const outputs = { VpcIdG1: { Value: ref('VpcG1'), Export: { Name: `${region}-network:VpcIdG1` } } };
  const out = (id) => {
    outputs[id] = { Value: ref(id), Export: { Name: `${region}-network:${id}` } };
  };
  const nat = { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: ref('SubnetMembersAG1') } };
  resources.NatAG1 = nat;
  for (const table of TABLES) {
    const id = `RouteTable${table}G1`;
    resources[id] = { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('VpcG1') } };
    out(id);
    if (table.startsWith('Private'))
      resources[`Route${table}InternetG1`] = {
        Type: 'AWS::EC2::Route',
        Properties: { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('NatAG1'), RouteTableId: ref(id) },
      };
  }
  for (const [z, zone] of ZONES.entries()) {
    const letter = zone.toUpperCase();
    for (const [role, third, bits, table] of [
      ['Members', z * 64, 18, `Private${letter}`],
      ['Attachment', 192 + z * 16, 28, 'Attachment'],
    ]) {
      const id = `Subnet${role}${letter}G1`;
      resources[id] = {
        Type: 'AWS::EC2::Subnet',
        Properties: { AvailabilityZone: region + zone, CidrBlock: `10.${i}.${third}.0/${bits}`, VpcId: ref('VpcG1') },
      };
      resources[`Association${role}${letter}G1`] = {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { RouteTableId: ref(`RouteTable${table}G1`), SubnetId: ref(id) },
      };
      out(id);
    }
  }
  for (const fleet of FLEETS) {
    const id = `SecurityGroup${fleet}G1`;
    resources[id] = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { VpcId: ref('VpcG1'), SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] },
    };
    out(id);
    for (const [k, CidrIp] of ['10.0.0.0/8', '100.64.0.0/10'].entries())
      resources[`Ingress${fleet}${k}G1`] = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: ref(id), CidrIp, IpProtocol: 'tcp', FromPort: 1000 + k, ToPort: 2000 },
      };
  }
  return [resources, outputs];
}

function transit(i, region) {
  const network = `${region}-network`;
  const table = ref('TransitRouteTableG1');
  const route = (DestinationCidrBlock, more) => ({
    Type: 'AWS::EC2::TransitGatewayRoute',
    Properties: { DestinationCidrBlock, TransitGatewayRouteTableId: table, ...more },
  });
  const attachment = { TransitGatewayAttachmentId: ref('VpcAttachmentG1') };
  const resources = {
    TransitGatewayG1: {
      Type: 'AWS::EC2::TransitGateway',
      Properties: { AmazonSideAsn: 64512 + i, DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' },
    },
    TransitRouteTableG1: {
      Type: 'AWS::EC2::TransitGatewayRouteTable',
      Properties: { TransitGatewayId: ref('TransitGatewayG1') },
    },
    VpcAttachmentG1: {
      Type: 'AWS::EC2::TransitGatewayAttachment',
      Properties: {
        SubnetIds: ZONES.map((z) => imported(network, `SubnetAttachment${z.toUpperCase()}G1`)),
        TransitGatewayId: ref('TransitGatewayG1'),
        VpcId: imported(network, 'VpcIdG1'),
      },
    },
    VpcAssociationG1: {
      Type: 'AWS::EC2::TransitGatewayRouteTableAssociation',
      Properties: { ...attachment, TransitGatewayRouteTableId: table },
    },
    RouteHostsG1: route(`10.${i}.0.0/16`, attachment),
    RouteContainersG1: route(`100.${64 + i}.0.0/16`, attachment),
  };
  const outputs = {};
  for (const [name, id] of [
    ['TransitGatewayIdG1', 'TransitGatewayG1'],
    ['TransitRouteTableIdG1', 'TransitRouteTableG1'],
  ])
    outputs[name] = { Value: ref(id), Export: { Name: `${region}-transit:${name}` } };
  for (const t of TABLES.slice(0, 4))
    for (const [k, cidr] of ['10.0.0.0/8', '100.64.0.0/10'].entries())
      resources[`Pool${t}${k}`] = {
        Type: 'AWS::EC2::Route',
        Properties: {
          DestinationCidrBlock: cidr,
          RouteTableId: imported(network, `RouteTable${t}G1`),
          TransitGatewayId: ref('TransitGatewayG1'),
        },
      };
  return [resources, outputs];
}

function* members(i, region, count) {
  const network = `${region}-network`;
  for (let first = 1; first <= count; first += PER_STACK) {
    const resources = {};
    for (let n = first; n < first + PER_STACK && n <= count; n++) {
      const fleet = FLEETS[n % FLEETS.length];
      const zone = n % 3;
      const own = `M${n}Interface`;
      const name = host(region, fleet, n);
      resources[own] = {
        Type: 'AWS::EC2::NetworkInterface',
        Properties: {
          Description: name,
          GroupSet: [imported(network, `SecurityGroup${fleet}G1`)],
          PrivateIpAddress: address(`10.${i}`, zone * 64 * 256 + 16 + n),
          SourceDestCheck: false,
          SubnetId: imported(network, `SubnetMembers${ZONES[zone].toUpperCase()}G1`),
          Tags: [{ Key: 'Name', Value: name }],
        },
      };
      resources[`M${n}InstanceG1`] = {
        Type: 'AWS::EC2::Instance',
        Properties: { NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(own) }] },
      };
      for (const table of TABLES)
        resources[`M${n}Route${table}`] = {
          Type: 'AWS::EC2::Route',
          Properties: {
            DestinationCidrBlock: `${address(`100.${64 + i}`, n * 64)}/26`,
            NetworkInterfaceId: ref(own),
            RouteTableId: imported(network, `RouteTable${table}G1`),
          },
        };
    }
    yield [`${region}/core-members-${Math.ceil(first / PER_STACK)}`, resources];
  }
}

/** Spoke and hub; what the spoke wants of the others it sends to the hub. */
function link(i, region) {
  const hub = regionName(0);
  const path = `links/${region}--${hub}`;
  const name = path.replaceAll('/', '-');
  const route = (DestinationCidrBlock, attachment, own) => ({
    Type: 'AWS::EC2::TransitGatewayRoute',
    Properties: {
      DestinationCidrBlock,
      TransitGatewayAttachmentId: attachment,
      TransitGatewayRouteTableId: imported(`${own}-transit`, 'TransitRouteTableIdG1'),
    },
  });
  const associated = (attachment, own) => ({
    Type: 'AWS::EC2::TransitGatewayRouteTableAssociation',
    Properties: {
      TransitGatewayAttachmentId: attachment,
      TransitGatewayRouteTableId: imported(`${own}-transit`, 'TransitRouteTableIdG1'),
    },
  });
  const request = imported(`${name}-request`, 'PeeringAttachmentId');
  const accept = imported(`${name}-accept`, 'PeeringAttachmentId');
  return [
    [
      `${path}/request`,
      region,
      {
        Request: {
          Type: 'AWS::EC2::TransitGatewayPeeringAttachment',
          Properties: {
            PeerAccountId: ACCOUNT,
            PeerRegion: hub,
            PeerTransitGatewayId: output(`${hub}-transit`, 'TransitGatewayIdG1', hub),
            TransitGatewayId: imported(`${region}-transit`, 'TransitGatewayIdG1'),
          },
        },
      },
      { PeeringAttachmentId: { Value: ref('Request'), Export: { Name: `${name}-request:PeeringAttachmentId` } } },
    ],
    [
      `${path}/accept`,
      hub,
      {
        Accept: {
          Type: 'Custom::TransitAttachment',
          Properties: { Kind: 'accept-peering', AttachmentId: output(`${name}-request`, 'PeeringAttachmentId', region) },
        },
      },
      { PeeringAttachmentId: { Value: ref('Accept'), Export: { Name: `${name}-accept:PeeringAttachmentId` } } },
    ],
    [
      `${path}/routes-a`,
      region,
      {
        Association: associated(request, region),
        Hosts: route('10.0.0.0/8', request, region),
        Containers: route('100.64.0.0/10', request, region),
      },
      {},
    ],
    [
      `${path}/routes-b`,
      hub,
      {
        Association: associated(accept, hub),
        Hosts: route(`10.${i}.0.0/16`, accept, hub),
        Containers: route(`100.${64 + i}.0.0/16`, accept, hub),
      },
      {},
    ],
  ];
}
