/** Unused and undefined: what stands in templates and router files and is asked for by nothing, and the other way round. */
import type { Origin, World } from '../world';
import { type Remark, remark } from './remark';

/** What is named and isn't there: what the readers could not join, and lists and maps of routers. */
export function undefinedReferences({ faults, routers }: World): Remark[] {
  return [
    ...faults.map(({ where, what, message }) =>
      remark(
        'REACH_FAULT',
        { stack: where, logicalId: what },
        message,
        'synthesize anew, or mend it by hand where it was changed by hand',
      ),
    ),
    ...routers.flatMap(({ file, names }) =>
      (names?.missing ?? []).map(({ kind, name, line }) =>
        remark(
          'REACH_UNDEFINED',
          at(file, line),
          `the ${kind} ${name} is defined nowhere: it lets nothing through`,
          `define ${name}, or take the line out`,
        ),
      ),
    ),
  ];
}

/** What stands and does nothing. */
export function unusedReferences(world: World): Remark[] {
  const unused = (from: Origin, what: string) => remark('REACH_UNUSED', from, what, 'take it out, or let something use it');
  const found: Remark[] = [];
  for (const vpc of world.vpcs) {
    const all = [...vpc.interfaces, ...(vpc.appliances ?? [])];
    const groups = new Set(all.flatMap((own) => own.groups));
    for (const group of vpc.groups)
      for (const rule of [...group.ingress, ...group.egress])
        if (rule.peer.kind === 'group' && rule.peer.id !== group.id) groups.add(rule.peer.id);
    for (const { id, name, from } of vpc.groups)
      if (!groups.has(id)) found.push(unused(from, `security group ${name} is on no interface, and no rule names it`));
    const tables = new Set(vpc.subnets.flatMap(({ table }) => table ?? []));
    for (const { id, name, from } of vpc.provider === undefined ? vpc.tables : [])
      if (!tables.has(id)) found.push(unused(from, `route table ${name} is of no subnet`));
    const acls = new Set(vpc.subnets.flatMap(({ acl }) => acl ?? []));
    for (const { id, name, from } of vpc.acls ?? [])
      if (!acls.has(id)) found.push(unused(from, `network ACL ${name} is of no subnet`));
    const targets = new Set(
      vpc.tables.flatMap(({ routes }) => routes.flatMap(({ target }) => ('id' in target ? target.id : []))),
    );
    for (const { id, name, from } of vpc.nats ?? [])
      if (!targets.has(id)) found.push(unused(from, `no route leads to the NAT gateway ${name}`));
    for (const { id, requester, accepter, from } of world.peerings) {
      if (requester !== vpc.id || targets.has(id)) continue;
      const far = world.vpcs.find((other) => other.id === accepter);
      const leads = far?.tables.some(({ routes }) => routes.some(({ target }) => 'id' in target && target.id === id));
      if (leads !== true) found.push(unused(from, 'no route leads over the peering'));
    }
  }
  for (const { tables, attachments } of world.transits) {
    const associated = new Set(attachments.flatMap(({ table }) => table ?? []));
    for (const { id, from } of tables)
      if (!associated.has(id)) found.push(unused(from, 'no attachment is associated with the transit table'));
  }
  for (const { names, listeners, from } of world.balancers ?? [])
    if (listeners.length === 0) found.push(unused(from, `${names[0]} has no listener`));
  for (const { file, names } of world.routers)
    for (const { kind, name, line } of names?.unused ?? [])
      found.push(unused(at(file, line), `the ${kind} ${name} is asked for by nothing`));
  return found;
}

function at(file: string, line: number): Origin {
  return { stack: file, logicalId: `line ${line}` };
}
