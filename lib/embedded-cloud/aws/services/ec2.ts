import { clock } from '../../../engine/clock';
import type { Backend } from '../../backend';
import { records, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { ec2Id } from '../ids';
import { terminate } from '../resources/ec2/launch';
import { instanceOf } from '../resources/ec2/lookup';
import { zonesOf } from '../world/zones';
import { type Fields, listing, lost } from './ec2-filters';
import { linkActions } from './ec2-links';
import * as words from './ec2-words';

/** One call of EC2. */
export type Action = (backend: Backend, region: Region, form: Fields) => XmlValue;

const vpcs = listing(
  (r) => r.vpcs,
  'VpcId',
  lost('InvalidVpcID.NotFound', 'vpc'),
  (v) => ({ 'vpc-id': [v.id], cidr: [v.cidr], 'cidr-block': [v.cidr], state: ['available'] }),
);
const subnets = listing(
  (r) => r.subnets,
  'SubnetId',
  lost('InvalidSubnetID.NotFound', 'subnet'),
  (s) => ({ 'subnet-id': [s.id], 'vpc-id': [s.vpc], 'availability-zone': [s.zone], 'cidr-block': [s.cidr] }),
);
const routeTables = listing(
  (r) => r.routeTables,
  'RouteTableId',
  lost('InvalidRouteTableID.NotFound', 'routeTable'),
  (t) => ({
    'route-table-id': [t.id],
    'vpc-id': [t.vpc],
    'association.subnet-id': Object.values(t.associations).map((a) => a.subnet),
    'association.main': [String(t.main)],
  }),
);
const interfaces = listing(
  (r) => r.interfaces,
  'NetworkInterfaceId',
  lost('InvalidNetworkInterfaceID.NotFound', 'networkInterface'),
  (i) => ({
    'network-interface-id': [i.id],
    'vpc-id': [i.vpc],
    'subnet-id': [i.subnet],
    'private-ip-address': [i.address],
    'addresses.private-ip-address': [i.address, ...i.secondary],
    'attachment.instance-id': [i.attachment?.owner],
    'group-id': i.groups,
    status: [i.attachment ? 'in-use' : 'available'],
  }),
);
const groups = listing(
  (r) => r.groups,
  'GroupId',
  (id) => new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
  (g) => ({ 'group-id': [g.id], 'group-name': [g.name], 'vpc-id': [g.vpc] }),
);
const volumes = listing(
  (r) => r.volumes,
  'VolumeId',
  (id) => new AwsError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`),
  (v) => ({
    'volume-id': [v.id],
    'availability-zone': [v.zone],
    'attachment.instance-id': [v.attachment?.instance],
    status: [v.attachment ? 'in-use' : 'available'],
  }),
);
const instances = listing(
  (r) => r.instances,
  'InstanceId',
  lost('InvalidInstanceID.NotFound', 'instance'),
  (i, r) => ({
    'instance-id': [i.id],
    'vpc-id': [i.vpc],
    'subnet-id': [i.subnet],
    'availability-zone': [i.zone],
    'instance-type': [i.type],
    'image-id': [i.image],
    'instance-state-name': [i.state],
    'private-ip-address': [r.interfaces[i.interfaces[0] ?? '']?.address],
  }),
);
const images = listing(
  (r) => r.images,
  'ImageId',
  (id) => new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
  (i) => ({ 'image-id': [i.id], name: [i.name], state: ['available'] }),
);

const actions: Record<string, Action> = {
  ...linkActions,
  DescribeVpcs: (_b, r, f) => ({ vpcSet: vpcs(r, f).map((v) => words.vpc(r, v)) }),
  DescribeSubnets: (_b, r, f) => ({ subnetSet: subnets(r, f).map((s) => words.subnet(r, s)) }),
  DescribeRouteTables: (_b, r, f) => ({ routeTableSet: routeTables(r, f).map((t) => words.routeTable(r, t)) }),
  DescribeNetworkInterfaces: (_b, r, f) => ({ networkInterfaceSet: interfaces(r, f).map((i) => words.networkInterface(r, i)) }),
  DescribeSecurityGroups: (_b, r, f) => ({ securityGroupInfo: groups(r, f).map((g) => words.securityGroup(r, g)) }),
  DescribeVolumes: (_b, r, f) => ({ volumeSet: volumes(r, f).map(words.volume) }),
  DescribeInstances: (_b, r, f) => ({
    reservationSet: instances(r, f).map((i) => ({
      reservationId: i.id.replace('i-', 'r-'),
      ownerId: r.account,
      instancesSet: [words.instance(r, i)],
    })),
  }),
  DescribeInstanceAttribute: (_b, r, f) => {
    const found = instanceOf(r, text(f, 'InstanceId'));
    return { instanceId: found.id, ...(text(f, 'Attribute') === 'userData' ? { userData: { value: found.userData } } : {}) };
  },
  DescribeImages: (_b, r, f) => ({ imagesSet: images(r, f).map((i) => words.image(r, i)) }),
  CopyImage(b, r, f) {
    const id = ec2Id('ami');
    r.images[id] = {
      id,
      name: text(f, 'Name') ?? id,
      source: text(f, 'SourceImageId'),
      created: clock.now(),
      tags: {},
    };
    b.changed();
    return { imageId: id };
  },
  DescribeAvailabilityZones: (_b, r) => ({
    availabilityZoneInfo: zonesOf(r.name).map((z) => ({
      zoneName: z,
      zoneState: 'available',
      regionName: r.name,
      zoneType: 'availability-zone',
      optInStatus: 'opt-in-not-required',
    })),
  }),
  TerminateInstances(b, r, f) {
    const ids = texts(f, 'InstanceId');
    const found = ids.map((id) => instanceOf(r, id));
    const shielded = found.find((i) => i.terminationProtection);
    if (shielded)
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${shielded.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    const before = found.map((i) => i.state);
    for (const i of found) terminate(r, b.hosts, i);
    b.changed();
    return {
      instancesSet: found.map((i, n) => ({
        instanceId: i.id,
        currentState: { code: 32, name: 'shutting-down' },
        previousState: { code: 16, name: before[n] },
      })),
    };
  },
  CreateTags(b, r, f) {
    for (const id of texts(f, 'ResourceId')) {
      const instance = r.instances[id];
      const target = instance ?? r.volumes[id] ?? r.interfaces[id] ?? r.subnets[id] ?? r.vpcs[id] ?? r.images[id];
      if (!target) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
      for (const t of records(f, 'Tag')) target.tags[text(t, 'Key') ?? ''] = text(t, 'Value') ?? '';
      if (instance) b.hosts.tagged(r, instance);
    }
    b.changed();
    return { return: true };
  },
};

/** One EC2 call. */
export function ec2(backend: Backend, region: Region, action: string, form: Fields): XmlValue {
  const run = actions[action];
  if (!run) throw new AwsError('InvalidAction', `The action ${action} is not in the embedded cloud`);
  return run(backend, region, form);
}
