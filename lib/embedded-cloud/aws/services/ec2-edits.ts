/** What people change by hand past a stack: routes, who uses a table, rules, addresses' checks, tags. So drift can be tried. */
import type { JsonObject } from '../../../engine/json';
import { type Form, flag, records, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { ec2Id } from '../ids';
import { interfaceOf, subnetOf, tableOf, transitTableOf } from '../resources/ec2/lookup';
import { addRoute, replaceRoute } from '../resources/ec2/routes';
import { addRule, groupOf } from '../resources/ec2/security';
import { addTransitRoute } from '../resources/ec2/transit-routes';
import type { SecurityGroup, SecurityRule } from '../world/network';
import type { Action, Fields } from './ec2-filters';
import { securityRule } from './ec2-words';

/** The texts of a request, as properties of a resource. */
const properties = (form: Fields): JsonObject =>
  Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function deleteRoute(region: Region, form: Fields): void {
  const table = tableOf(region, text(form, 'RouteTableId'));
  const destination = text(form, 'DestinationCidrBlock');
  const found = table.routes.find((r) => r.destination === destination);
  if (!found)
    throw new AwsError('InvalidRoute.NotFound', `no route with destination-cidr-block ${destination} in route table ${table.id}`);
  if (found.target.kind === 'local')
    throw new AwsError('InvalidParameterValue', `cannot remove local route ${destination} in route table ${table.id}`);
  table.routes = table.routes.filter((r) => r !== found);
}

/** The association and its table. */
function associationOf(region: Region, form: Fields) {
  const id = text(form, 'AssociationId') ?? '';
  const table = Object.values(region.routeTables).find((t) => id in t.associations);
  const found = table?.associations[id];
  if (table === undefined || found === undefined)
    throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);
  return { id, table, found };
}

function associate(region: Region, form: Fields): string {
  const table = tableOf(region, text(form, 'RouteTableId'));
  const subnet = subnetOf(region, text(form, 'SubnetId'));
  const standing = Object.values(region.routeTables).flatMap((t) => Object.values(t.associations));
  if (standing.some((a) => a.subnet === subnet.id))
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${table.id} conflicts with an existing association`,
    );
  const id = ec2Id('rtbassoc');
  table.associations[id] = { subnet: subnet.id, owner: 'by hand' };
  return id;
}

/** The rules that a request names by what they say: one a peer, as EC2 makes them. */
function rulesOf(direction: SecurityRule['direction'], form: Fields): JsonObject[] {
  const plain = properties(form);
  const permissions = 'IpPermissions' in form ? records(form, 'IpPermissions') : [form];
  const peerName = direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  const rules = permissions.flatMap((permission): JsonObject[] => {
    for (const missing of ['Ipv6Ranges', 'PrefixListIds'])
      if (missing in permission) throw new AwsError('InvalidParameterValue', `${missing} is not in the embedded cloud`);
    const { IpProtocol, FromPort, ToPort } = properties(permission);
    const ports = {
      ...(IpProtocol === undefined ? {} : { IpProtocol }),
      ...(FromPort === undefined ? {} : { FromPort }),
      ...(ToPort === undefined ? {} : { ToPort }),
    };
    const peers = (list: string, from: string, to: string): JsonObject[] =>
      records(permission, list).map((peer: Record<string, Form>) => {
        const description = text(peer, 'Description');
        return { ...ports, [to]: text(peer, from) ?? '', ...(description === undefined ? {} : { Description: description }) };
      });
    return [...peers('IpRanges', 'CidrIp', 'CidrIp'), ...peers('Groups', 'GroupId', peerName)];
  });
  if (plain.CidrIp !== undefined) rules.push(plain);
  if (rules.length === 0)
    throw new AwsError('MissingParameter', "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.");
  return rules;
}

function authorize(direction: SecurityRule['direction']): Action {
  return (backend, region, form) => {
    const group = groupOf(region, text(form, 'GroupId'));
    const before = group.rules;
    group.rules = [...before];
    try {
      const made = rulesOf(direction, form).map((rule) => addRule(region, group, direction, rule));
      backend.changed();
      return { return: true, securityGroupRuleSet: made.map((rule) => securityRule(region, group.id, rule)) };
    } catch (error) {
      // All of a request, or none of it.
      group.rules = before;
      throw error;
    }
  };
}

function revoke(direction: SecurityRule['direction']): Action {
  return (backend, region, form) => {
    const group = groupOf(region, text(form, 'GroupId'));
    const standing = group.rules.filter((rule) => rule.direction === direction);
    const ids = texts(form, 'SecurityGroupRuleId');
    const gone =
      ids.length > 0
        ? ids.map((id) => byId(standing, id))
        : rulesOf(direction, form).map((rule) => alike(region, group, direction, rule));
    group.rules = group.rules.filter((rule) => !gone.includes(rule));
    backend.changed();
    return { return: true };
  };
}

function byId(rules: readonly SecurityRule[], id: string): SecurityRule {
  const found = rules.find((rule) => rule.id === id);
  if (!found) throw new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
  return found;
}

/** The rule of a group that says the same. */
function alike(region: Region, group: SecurityGroup, direction: SecurityRule['direction'], rule: JsonObject): SecurityRule {
  const wanted = addRule(region, { ...group, rules: [] }, direction, rule);
  const same = (r: SecurityRule) =>
    r.direction === direction && (['protocol', 'from', 'to', 'cidr', 'group'] as const).every((key) => r[key] === wanted[key]);
  const found = group.rules.find(same);
  if (!found) throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  return found;
}

/** Runs a change, and answers as most of EC2's changes do. */
const done =
  (change: (region: Region, form: Fields) => void): Action =>
  (backend, region, form) => {
    change(region, form);
    backend.changed();
    return { return: true };
  };

/** What has tags and this id. */
export const tagged = (region: Region, id: string) => {
  const tables = [
    region.instances,
    region.volumes,
    region.interfaces,
    region.subnets,
    region.vpcs,
    region.images,
    region.groups,
    region.routeTables,
  ];
  const found = tables
    .map((table): { tags: Record<string, string> } | undefined => table[id])
    .find((record) => record !== undefined);
  if (!found) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  return found;
};

/** Changes of routes, rules, interfaces and tags. */
export const editActions: Record<string, Action> = {
  CreateRoute: done((r, f) => void addRoute(r, properties(f))),
  ReplaceRoute: done((r, f) => replaceRoute(r, properties(f))),
  DeleteRoute: done(deleteRoute),
  AssociateRouteTable(b, r, f) {
    const associationId = associate(r, f);
    b.changed();
    return { associationId, associationState: { state: 'associated' } };
  },
  DisassociateRouteTable: done((r, f) => {
    const { id, table } = associationOf(r, f);
    delete table.associations[id];
  }),
  ReplaceRouteTableAssociation(b, r, f): XmlValue {
    const { id, table, found } = associationOf(r, f);
    const to = tableOf(r, text(f, 'RouteTableId'));
    delete table.associations[id];
    const newAssociationId = ec2Id('rtbassoc');
    to.associations[newAssociationId] = found;
    b.changed();
    return { newAssociationId, associationState: { state: 'associated' } };
  },
  AuthorizeSecurityGroupIngress: authorize('ingress'),
  AuthorizeSecurityGroupEgress: authorize('egress'),
  RevokeSecurityGroupIngress: revoke('ingress'),
  RevokeSecurityGroupEgress: revoke('egress'),
  ModifyNetworkInterfaceAttribute: done((r, f) => {
    const found = interfaceOf(r, text(f, 'NetworkInterfaceId') ?? '');
    const check = f.SourceDestCheck;
    const groups = texts(f, 'SecurityGroupId');
    for (const id of groups) groupOf(r, id);
    if (groups.length > 0) found.groups = groups;
    else if (typeof check === 'object' && !Array.isArray(check)) found.sourceDestCheck = flag(check, 'Value');
    else
      throw new AwsError(
        'InvalidParameterCombination',
        'of an interface, SourceDestCheck and SecurityGroupId can be changed here',
      );
  }),
  CreateTransitGatewayRoute(b, r, f) {
    const { destination } = addTransitRoute(r, properties(f));
    b.changed();
    return { route: { destinationCidrBlock: destination, type: 'static', state: flag(f, 'Blackhole') ? 'blackhole' : 'active' } };
  },
  DeleteTransitGatewayRoute(b, r, f) {
    const table = transitTableOf(r, text(f, 'TransitGatewayRouteTableId'));
    const destination = text(f, 'DestinationCidrBlock');
    if (!table.routes.some((x) => x.destination === destination))
      throw new AwsError(
        'InvalidRoute.NotFound',
        `Route ${destination} does not exist in Transit Gateway Route Table ${table.id}.`,
      );
    table.routes = table.routes.filter((x) => x.destination !== destination);
    b.changed();
    return { route: { destinationCidrBlock: destination, type: 'static', state: 'deleted' } };
  },
  DeleteTags: done((r, f) => {
    for (const id of texts(f, 'ResourceId'))
      for (const tag of records(f, 'Tag')) {
        const { tags } = tagged(r, id);
        const [key, value] = [text(tag, 'Key') ?? '', text(tag, 'Value')];
        // With a value only a tag that has it goes.
        if (value === undefined || tags[key] === value) delete tags[key];
      }
  }),
};
