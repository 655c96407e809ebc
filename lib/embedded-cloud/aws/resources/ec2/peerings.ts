import type { JsonObject } from '../../../../engine/json';
import { type Block, block, overlaps } from '../../../ipv4';
import { str } from '../../../properties';
import type { Region } from '../../../store/world';
import { holdsWithin } from '../../../waiting';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import { actAs } from '../../permissions';
import type { Peering } from '../../world/network';
import type { Context, Handler } from '../handler';
import { tagsOf } from '../values';
import { peeringOf, vpcOf } from './lookup';

/** How long CloudFormation waits for somebody to accept, in milliseconds. No page says it. */
const PATIENCE = 30 * 60_000;

const unstable = (id: string, state: string, why: string) =>
  new AwsError(
    'ValidationError',
    `VpcPeeringConnection ${id} failed to stabilize. Expected [active] but got [${state}]. The message: ${why}`,
  );

/** The role with which CloudFormation accepts in the other account ("Walkthrough: Peer with a VPC in another AWS account"). */
function mayAccept(c: Context, there: Region, role: string | undefined, id: string): boolean {
  if (there.account === c.account.id) return true;
  if (role === undefined) return false;
  // Accepted where it is asked for; it belongs to who asked.
  const connection = `arn:${c.partition}:ec2:${there.name}:${c.account.id}:vpc-peering-connection/${id}`;
  actAs(c.world, c.account.id, role, 'ec2:AcceptVpcPeeringConnection', connection);
  return true;
}

/** EC2 answers a second request for a pair of VPCs with this. */
function refuseSecond(region: Region, vpc: string, peer: string): void {
  const same = (p: Peering) => (p.vpc === vpc && p.peerVpc === peer) || (p.vpc === peer && p.peerVpc === vpc);
  if (Object.values(region.peerings).some(same))
    throw new AwsError(
      'VpcPeeringConnectionAlreadyExists',
      `A VPC peering connection already exists between ${vpc} and ${peer}.`,
    );
}

/** Accepts a connection: it is active at both ends. */
export function acceptPeering(regionOf: (name: string, account?: string) => Region, region: Region, id: string): Peering {
  const own = peeringOf(region, id);
  if (own.requester && own.peerAccount !== region.account)
    throw new AwsError('OperationNotPermitted', `User ${region.account} cannot accept peering ${id}`);
  own.status = 'active';
  const other = regionOf(own.peerRegion, own.peerAccount).peerings[id];
  if (other) other.status = 'active';
  return own;
}

/** Both ends' records. Within one region of one account there is one record, of the requester's side. */
function write(c: Context, there: Region, id: string, vpc: string, peerVpc: string, p: JsonObject): Peering {
  const made: Peering = {
    id,
    vpc,
    peerVpc,
    peerRegion: there.name,
    peerAccount: there.account,
    requester: true,
    status: 'pending-acceptance',
    tags: tagsOf(c, p.Tags),
  };
  c.region.peerings[id] = made;
  if (there !== c.region)
    there.peerings[id] = {
      ...made,
      vpc: peerVpc,
      peerVpc: vpc,
      peerRegion: c.region.name,
      peerAccount: c.region.account,
      requester: false,
      tags: {},
    };
  return made;
}

function remove(c: Context, id: string): void {
  const peering = c.region.peerings[id];
  if (!peering) return;
  delete c.regionOf(peering.peerRegion, peering.peerAccount).peerings[id];
  delete c.region.peerings[id];
}

/** AWS::EC2::VPCPeeringConnection: accepted at once within one account, by its role in another one. */
export const vpcPeeringConnection: Handler = {
  async create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    const there = c.regionOf(str(p, 'PeerRegion') ?? c.region.name, str(p, 'PeerOwnerId'));
    const peerId = str(p, 'PeerVpcId') ?? '';
    const peer = there.vpcs[peerId];
    // EC2 takes the request and fails it ("VPC peering connection lifecycle").
    if (!peer || peer.id === v.id || overlaps(block(peer.cidr) as Block, block(v.cidr) as Block))
      throw unstable(ec2Id('pcx'), 'failed', 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range');
    refuseSecond(c.region, v.id, peer.id);
    const id = ec2Id('pcx');
    const accepts = mayAccept(c, there, str(p, 'PeerRoleArn'), id);
    const made = write(c, there, id, v.id, peer.id, p);
    if (accepts) acceptPeering(c.regionOf, there, made.id);
    else if (!(await holdsWithin(c, PATIENCE, () => c.region.peerings[made.id]?.status === 'active'))) {
      remove(c, made.id);
      throw unstable(made.id, 'pending-acceptance', `Pending Acceptance by ${there.account}`);
    }
    return { physicalId: made.id, attributes: { Id: made.id } };
  },
  update(c, id, p) {
    peeringOf(c.region, id).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete: remove,
  read: (c, id, p) => c.region.peerings[id] && p,
};
