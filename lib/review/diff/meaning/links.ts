/** What joins two places: peerings, transit, leased lines, VPNs and their BGP. */
import { type DiffContext, explained } from './context';
import { effectOf } from './effects';
import type { Meaning } from './meaning';
import { changeWords, plainId } from './references';
import { linkEnds } from './routes';

/** As people call them. */
const NOUNS: Readonly<Record<string, string>> = {
  'AWS::EC2::VPCPeeringConnection': 'peering',
  'AWS::EC2::TransitGateway': 'transit gateway',
  'AWS::EC2::TransitGatewayRouteTable': 'transit table',
  'AWS::EC2::TransitGatewayAttachment': 'transit attachment',
  'AWS::EC2::TransitGatewayVpcAttachment': 'transit attachment',
  'AWS::EC2::TransitGatewayPeeringAttachment': 'transit peering',
  'AWS::EC2::TransitGatewayRouteTableAssociation': 'association of a transit attachment',
  'AWS::EC2::TransitGatewayRouteTablePropagation': 'propagation of learned routes',
  'AWS::EC2::CustomerGateway': "router's address for the VPN",
  'AWS::EC2::VPNConnection': 'VPN connection',
  'AWS::DirectConnect::DirectConnectGateway': 'Direct Connect gateway',
  'AWS::DirectConnect::TransitVirtualInterface': 'leased line (virtual interface)',
  'AWS::DirectConnect::DirectConnectGatewayAssociation': 'prefixes that the leased line tells',
  'ALIYUN::VPC::VpcPeerConnection': 'peering',
  'ALIYUN::CEN::CenInstance': 'CEN',
  'ALIYUN::CEN::TransitRouter': 'transit router',
  'ALIYUN::CEN::TransitRouterRouteTable': 'transit table',
  'ALIYUN::CEN::TransitRouterVpcAttachment': 'transit attachment',
  'ALIYUN::CEN::TransitRouterVbrAttachment': 'transit attachment of the leased line',
  'ALIYUN::CEN::TransitRouterVpnAttachment': 'transit attachment of the VPN',
  'ALIYUN::CEN::TransitRouterPeerAttachment': 'transit peering',
  'ALIYUN::CEN::TransitRouterRouteTableAssociation': 'association of a transit attachment',
  'ALIYUN::CEN::TransitRouterRouteTablePropagation': 'propagation of learned routes',
  'ALIYUN::CEN::CenVbrHealthCheck': 'health check of the leased line',
  'ALIYUN::VPC::VirtualBorderRouter': 'leased line (border router)',
  'ALIYUN::VPC::BgpGroup': 'BGP group',
  'ALIYUN::VPC::BgpPeer': 'BGP neighbour',
  'ALIYUN::VPC::BgpNetwork': 'network told by BGP',
  'ALIYUN::VPC::CustomerGateway': "router's address for the VPN",
  'ALIYUN::VPC::VpnAttachment': 'VPN connection',
  'ALIYUN::VPC::VpnConnection': 'VPN connection',
  'ALIYUN::VPC::VpnGateway': 'VPN gateway',
};

export function linksThatChange(context: DiffContext): Meaning[] {
  const { change } = context;
  const ends = linkEnds(change.path);
  const place = ends === undefined ? '' : ` of ${ends.join(' and ')}`;
  return context.resources.flatMap((resource): Meaning[] => {
    const noun = NOUNS[resource.type];
    if (noun === undefined) return [];
    const { id, type, before, after, properties } = resource;
    // The id only where the noun leaves it open which one is meant.
    const name = `${noun}${alone(context, type) ? '' : ` ${plainId(id)}`}${place}`;
    const base = { severity: 'network', stack: change.path, hosts: [], details: [] } as const;
    const whole = { ...base, explains: [explained(id)] };
    if (before === undefined) return [{ ...whole, kind: 'link-comes', what: `+ ${name}` }];
    if (after === undefined) return [{ ...whole, kind: 'link-goes', what: `- ${name}` }];
    const own = properties.filter((property) => property !== 'Tags');
    if (own.length === 0) return [];
    const words = own
      .map((property) => changeWords(property, before.Properties[property], after.Properties[property], context))
      .join('; ');
    const explains = own.map((property) => explained(id, property));
    const effects = own.map((property) => effectOf(change.provider, resource, property));
    if (effects.includes('refused')) {
      return [
        { ...base, severity: 'refused', explains, kind: 'link-refused', what: `${name} can't be changed in place: ${words}` },
      ];
    }
    const anew = { ...base, severity: 'replaced', explains } as const;
    if (effects.includes('replace'))
      return [{ ...anew, kind: 'link-replaced', what: `${name} is made anew, with an interruption: ${words}` }];
    if (effects.includes('unknown'))
      return [{ ...anew, kind: 'link-may-be-replaced', what: `${name} may be replaced, with an interruption: ${words}` }];
    return [{ ...base, explains, kind: 'link-changes', what: `~ ${name}: ${words}` }];
  });
}

function alone({ all }: DiffContext, type: string): boolean {
  const of = (resources: DiffContext['all']['after']) => [...resources.values()].filter(({ Type }) => Type === type).length;
  return of(all.before) <= 1 && of(all.after) <= 1;
}
