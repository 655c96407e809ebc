/** Mistakes with routes, rules and links, in an estate of two AWS regions and a data centre. */
import type { Anything } from '../estate/written';
import { type Mutant, mutants } from './mutant';

const NETWORK = 'eu-west-1/network';
const VOTERS = 'eu-west-1/core-voters';
const TRANSIT = 'us-east-1/transit';
const LINE = 'links/beijing--us-east-1/line-line';
const VPN = 'links/beijing--us-east-1/vpn-fallback';
const HOME = 'links/beijing--us-east-1/routes';
const ROUTES = 'links/eu-west-1--us-east-1/routes-a';

export const awsNetwork: Mutant[] = mutants('overseas', [
  {
    what: "a route to a host's containers is dropped",
    names: /172\.17\.0\.0/,
    apply: (draft) => draft.remove(VOTERS, 'M1RoutePrivateA'),
  },
  {
    what: "a route to a host's containers points at another host",
    names: /172\.17\.0\.0/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1RoutePrivateA').NetworkInterfaceId = { Ref: 'M2Interface' };
    },
  },
  {
    what: "a route to a host's containers is wider than its range",
    names: /172\.17\.0\.0/,
    apply: (draft) => {
      draft.properties(VOTERS, 'M1RoutePrivateA').DestinationCidrBlock = '172.17.0.0/20';
    },
  },
  {
    what: 'a private subnet without a way out',
    names: /0\.0\.0\.0\/0/,
    apply: (draft) => draft.remove(NETWORK, 'RoutePrivateAInternetG1'),
  },
  {
    what: 'a private subnet on the internet gateway',
    names: /0\.0\.0\.0\/0|RoutePrivateAInternet/,
    apply: (draft) => {
      const route = draft.properties(NETWORK, 'RoutePrivateAInternetG1');
      delete route.NatGatewayId;
      route.GatewayId = { Ref: 'InternetGatewayG1' };
    },
  },
  {
    what: 'hosts of a subnet get public addresses',
    names: /SubnetMembersA/,
    apply: (draft) => {
      draft.properties(NETWORK, 'SubnetMembersAG1').MapPublicIpOnLaunch = true;
    },
  },
  {
    what: 'a subnet without its route table',
    names: /AssociationMembersA|SubnetMembersA/,
    apply: (draft) => draft.remove(NETWORK, 'AssociationMembersAG1'),
  },
  {
    what: 'a subnet of another size',
    names: /SubnetElasticA/,
    apply: (draft) => {
      draft.properties(NETWORK, 'SubnetElasticAG1').CidrBlock = '10.2.250.0/24';
    },
  },
  { what: 'no endpoint of the object storage', names: /S3Endpoint/, apply: (draft) => draft.remove(NETWORK, 'S3EndpointG1') },
  { what: 'no flow logs', names: /[Ff]low ?[Ll]og/, apply: (draft) => draft.remove(NETWORK, 'FlowLogG1') },
  {
    what: 'flow logs of refused packets only',
    names: /[Ff]low ?[Ll]og/,
    apply: (draft) => {
      draft.properties(NETWORK, 'FlowLogG1').TrafficType = 'REJECT';
    },
  },
  {
    what: 'everybody reaches etcd',
    names: /2379/,
    apply: (draft) => {
      const rule = draft.properties(NETWORK, 'IngressCoreVotersEtcdClientFromCoreWorkerG1');
      delete rule.SourceSecurityGroupId;
      rule.CidrIp = '0.0.0.0/0';
    },
  },
  {
    what: 'a rule of all ports instead of one',
    names: /2379/,
    apply: (draft) => {
      Object.assign(draft.properties(NETWORK, 'IngressCoreVotersEtcdClientFromCoreWorkerG1'), { FromPort: 0, ToPort: 65535 });
    },
  },
  {
    what: "voters can't reach each other",
    names: /2380/,
    apply: (draft) => draft.remove(NETWORK, 'IngressCoreVotersEtcdPeerFromCoreVotersG1'),
  },
  {
    what: "containers' rule for every address",
    names: /0\.0\.0\.0\/0/,
    apply: (draft) => {
      draft.properties(NETWORK, 'IngressContainersAllFromEuWest1ContainersG1').CidrIp = '0.0.0.0/0';
    },
  },
  {
    what: 'no static route to containers at the other gateway',
    names: /172\.16\.0\.0\/16/,
    apply: (draft) => draft.remove(ROUTES, 'TransitRouteUsEast1ContainersG1'),
  },
  {
    what: "a region's routes to another are missing in one table",
    names: /10\.1\.0\.0\/16/,
    apply: (draft) => draft.remove(ROUTES, 'RoutePrivateAUsEast1HostsG1'),
  },
  {
    what: 'the peering of gateways is in no route table',
    names: /[Aa]ssociation/,
    apply: (draft) => draft.remove(ROUTES, 'TransitAssociationG1'),
  },
  {
    what: 'a region takes in all of the pool',
    names: /10\.0\.0\.0\/8/,
    apply: (draft) => {
      draft.properties(ROUTES, 'IngressAllFromUsEast1HostsG1').CidrIp = '10.0.0.0/8';
    },
  },
  {
    what: 'no way back to the data centre',
    names: /10\.200\.0\.0\/16/,
    apply: (draft) => draft.remove(HOME, /BeijingHostsG1$/),
  },
  {
    what: 'the line tells the gateway nothing (propagation)',
    names: /[Pp]ropagation/,
    apply: (draft) => draft.remove(LINE, 'TransitPropagationG1'),
  },
  {
    what: 'the line is told too much (allowed prefixes)',
    names: /10\.0\.0\.0\/8/,
    apply: (draft) => {
      draft.properties(LINE, 'LineAssociationG1').AllowedPrefixesToDirectConnectGateway = ['10.0.0.0/8', '172.16.0.0/12'];
    },
  },
  {
    what: 'the line is told too little (allowed prefixes)',
    names: /172\.17\.0\.0\/16/,
    apply: (draft) => {
      draft.properties(LINE, 'LineAssociationG1').AllowedPrefixesToDirectConnectGateway.pop();
    },
  },
  {
    what: "the line's VLAN is another one",
    names: /LineInterface|[Vv]lan/,
    apply: (draft) => {
      draft.properties(LINE, 'LineInterface').Vlan = 302;
    },
  },
  {
    what: 'small packets on the line',
    names: /LineInterface|MTU|Mtu/,
    apply: (draft) => {
      draft.properties(LINE, 'LineInterface').Mtu = 1500;
    },
  },
  {
    what: 'the VPN tells the gateway nothing (propagation)',
    names: /[Pp]ropagation/,
    apply: (draft) => draft.remove(VPN, 'TransitPropagationG1'),
  },
  {
    what: 'a VPN without BGP',
    names: /VpnConnection|VPN|StaticRoutesOnly/,
    apply: (draft) => {
      const [id] = draft.ids(VPN, /^Vpn(?!Attachment)/);
      draft.properties(VPN, id!).StaticRoutesOnly = true;
    },
  },
  {
    what: 'nothing catches what no region has (blackhole)',
    names: /10\.0\.0\.0\/8/,
    apply: (draft) => draft.remove(TRANSIT, 'BlackholeHostsPoolG1'),
  },
  {
    what: 'attachments of others are accepted by themselves',
    names: /transit gateway/,
    apply: (draft) => {
      draft.properties(TRANSIT, 'TransitGatewayG1').AutoAcceptSharedAttachments = 'enable';
    },
  },
  {
    what: 'every attachment in the default table',
    names: /transit gateway/,
    apply: (draft) => {
      draft.properties(TRANSIT, 'TransitGatewayG1').DefaultRouteTableAssociation = 'enable';
    },
  },
  {
    what: 'the gateway stands in one zone',
    names: /SubnetAttachment/,
    apply: (draft) => {
      draft.properties(TRANSIT, 'VpcAttachmentG1').SubnetIds.splice(1);
    },
  },
  {
    what: "an output that others import isn't written",
    names: /export|import|output|SubnetMembersA|RouteTablePrivateA/,
    apply: (draft) => {
      const { Outputs } = draft.template(NETWORK) as { Outputs: Record<string, Anything> };
      const name = Object.keys(Outputs).find((one) => one.startsWith('RouteTablePrivateA'));
      delete Outputs[name!];
    },
  },
]);
