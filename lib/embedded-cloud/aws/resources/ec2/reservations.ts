import { type Block, block, overlaps, within } from '../../../ipv4';
import { str } from '../../../properties';
import { AwsError } from '../../aws-error';
import { ec2Id } from '../../ids';
import type { Handler } from '../handler';
import { arn, must, tagsOf } from '../values';
import { subnetOf } from './lookup';

/** AWS::EC2::SubnetCidrReservation */
export const subnetCidrReservation: Handler = {
  create(c, p) {
    const subnet = subnetOf(c.region, str(p, 'SubnetId'));
    const cidr = str(p, 'Cidr') ?? '';
    const range = block(cidr);
    if (!range || !within(block(subnet.cidr) as Block, range))
      throw new AwsError('InvalidParameterValue', `The CIDR '${cidr}' is not within the subnet's CIDR '${subnet.cidr}'.`);
    const kind = str(p, 'ReservationType');
    if (kind !== 'prefix' && kind !== 'explicit')
      throw new AwsError('InvalidParameterValue', `Value (${kind}) for parameter reservationType is invalid.`);
    const others = Object.values(c.region.reservations).filter((r) => r.subnet === subnet.id);
    if (others.some((r) => overlaps(block(r.cidr) as Block, range)))
      throw new AwsError(
        'InvalidSubnetCidrReservation.Conflict',
        `The CIDR '${cidr}' conflicts with another subnet CIDR reservation.`,
      );
    const id = ec2Id('scr');
    c.region.reservations[id] = { id, subnet: subnet.id, cidr, kind, tags: tagsOf(c, p.Tags) };
    const attributes = {
      SubnetCidrReservationId: id,
      OwnerId: c.region.account,
      Arn: arn(c, 'ec2', `subnet-cidr-reservation/${id}`),
    };
    return { physicalId: id, attributes };
  },
  update(c, id, p) {
    const message = `The subnet CIDR reservation ID '${id}' does not exist`;
    must(c.region.reservations, id, 'InvalidSubnetCidrReservationID.NotFound', message).tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    delete c.region.reservations[id];
  },
  read: (c, id, p) => c.region.reservations[id] && p,
};
