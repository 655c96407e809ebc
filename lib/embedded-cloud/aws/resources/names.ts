import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../engine/json';
import { obj, objs, str } from '../../properties';
import { AwsError } from '../aws-error';
import { vpcOf } from './ec2/lookup';
import type { Context, Handler } from './handler';
import { must } from './values';

/** Zones are kept as records of the region whose stack made them; Route 53 itself has no regions. */
const key = (id: string) => `AWS::Route53::HostedZone ${id}`;

const zoneOf = (c: Context, id: string | undefined) =>
  must(c.region.things, key(id ?? ''), 'NoSuchHostedZone', `No hosted zone found with ID: ${id}`);

/** Names end with a dot or without. */
const bare = (name: string | undefined): string => (name ?? '').replace(/\.$/, '').toLowerCase();

function checkZone(c: Context, p: JsonObject): void {
  for (const v of objs(p, 'VPCs')) vpcOf(c.regionOf(str(v, 'VPCRegion') ?? c.region.name), str(v, 'VPCId'));
}

/** AWS::Route53::HostedZone */
export const hostedZone: Handler = {
  create(c, p) {
    checkZone(c, p);
    const id = `Z${randomBytes(10).toString('hex').toUpperCase()}`;
    c.region.things[key(id)] = { id, type: 'AWS::Route53::HostedZone', properties: p };
    return { physicalId: id, attributes: { Id: id, NameServers: [] } };
  },
  update(c, id, p) {
    checkZone(c, p);
    zoneOf(c, id).properties = p;
    return undefined;
  },
  delete(c, id) {
    if (Object.keys(c.region.things).some((k) => k.startsWith(`AWS::Route53::RecordSet ${id} `))) {
      throw new AwsError(
        'HostedZoneNotEmpty',
        'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
      );
    }
    delete c.region.things[key(id)];
  },
  read: (c, id) => c.region.things[key(id)]?.properties,
};

/** The zone of a record, by id or by name. */
function zoneIdOf(c: Context, p: JsonObject): string | undefined {
  const name = str(p, 'HostedZoneName');
  if (name === undefined) return str(p, 'HostedZoneId');
  const found = Object.values(c.region.things).find(
    ({ type, properties }) => type === 'AWS::Route53::HostedZone' && bare(str(properties, 'Name')) === bare(name),
  );
  if (!found) throw new AwsError('NoSuchHostedZone', `No hosted zones named ${name} found`);
  return found.id;
}

const recordKey = (c: Context, p: JsonObject): string =>
  ['AWS::Route53::RecordSet', zoneIdOf(c, p), bare(str(p, 'Name')), str(p, 'Type'), str(p, 'SetIdentifier') ?? ''].join(' ');

function checkRecord(c: Context, p: JsonObject): void {
  const zone = bare(str(zoneOf(c, zoneIdOf(c, p)).properties, 'Name'));
  const name = bare(str(p, 'Name'));
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw new AwsError('InvalidChangeBatch', `RRSet with DNS name ${name}. is not permitted in zone ${zone}.`);
  const alias = obj(p, 'AliasTarget');
  if (alias === undefined) return;
  const target = bare(str(alias, 'DNSName'));
  if (!Object.values(c.region.loadBalancers).some((l) => l.dnsName.toLowerCase() === target)) {
    throw new AwsError(
      'InvalidChangeBatch',
      `Tried to create an alias that targets ${target}., but the alias target name does not lie within the target zone`,
    );
  }
}

/** AWS::Route53::RecordSet */
export const recordSet: Handler = {
  create(c, p) {
    checkRecord(c, p);
    const name = bare(str(p, 'Name'));
    if (c.region.things[recordKey(c, p)])
      throw new AwsError(
        'InvalidChangeBatch',
        `Tried to create resource record set [name='${name}.', type='${str(p, 'Type')}'] but it already exists`,
      );
    c.region.things[recordKey(c, p)] = { id: name, type: 'AWS::Route53::RecordSet', properties: p };
    return { physicalId: name };
  },
  update(c, _id, p, before) {
    checkRecord(c, p);
    delete c.region.things[recordKey(c, before)];
    c.region.things[recordKey(c, p)] = { id: bare(str(p, 'Name')), type: 'AWS::Route53::RecordSet', properties: p };
    return undefined;
  },
  delete(c, _id, p) {
    delete c.region.things[recordKey(c, p)];
  },
  read: (c, _id, p) => c.region.things[recordKey(c, p)]?.properties,
};
