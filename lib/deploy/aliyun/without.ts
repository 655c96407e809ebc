/** A template without some of its resources: what ROS is given first, so that the whole template makes them anew. */
import type { Template, TemplateResource } from '../standing-template';

/**
 * Types that hold nothing of their own: one that stands may be deleted and made anew. Routes, rules, and what joins two things; gates, which a
 * new instance opens again.
 */
export const MADE_ANEW: ReadonlySet<string> = new Set([
  'ALIYUN::CEN::TransitRouterRouteEntry',
  'ALIYUN::CEN::TransitRouterRouteTableAssociation',
  'ALIYUN::CEN::TransitRouterRouteTablePropagation',
  'ALIYUN::ECS::DiskAttachment',
  'ALIYUN::ECS::Route',
  'ALIYUN::ECS::SecurityGroupEgress',
  'ALIYUN::ECS::SecurityGroupEgresses',
  'ALIYUN::ECS::SecurityGroupIngress',
  'ALIYUN::ECS::SecurityGroupIngresses',
  'ALIYUN::ROS::WaitCondition',
  'ALIYUN::ROS::WaitConditionHandle',
  'ALIYUN::VPC::RouteTableAssociation',
  'ALIYUN::VPC::SnatEntry',
]);

/** Logical ids that a value refers to by `Ref` or `Fn::GetAtt`; `Fn::Sub` counts by its words. */
function referred(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) referred(one, found);
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      else if (key === 'Fn::GetAtt' && Array.isArray(inner)) found.add(String(inner[0]));
      else if (key === 'Fn::Sub') for (const [, id] of JSON.stringify(inner).matchAll(/\$\{([A-Za-z0-9]+)/g)) found.add(id!);
      else referred(inner, found);
    }
  }
  return found;
}

/** A resource, and all that hold its id, and theirs. */
export function withHolders({ Resources = {} }: Template, logicalIds: Iterable<string>): Set<string> {
  const all = new Set(logicalIds);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [id, { Properties }] of Object.entries(Resources)) {
      if (all.has(id) || ![...referred(Properties)].some((one) => all.has(one))) continue;
      all.add(id);
      grew = true;
    }
  }
  return all;
}

/** Whether a resource can be left out and put back: what holds its id is gone as well, or is made anew without harm. */
export function removable(template: Template, logicalId: string, gone: ReadonlySet<string>): boolean {
  const typeOf = (id: string) => template.Resources?.[id]?.Type ?? '';
  return [...withHolders(template, [logicalId])].every((id) => id === logicalId || gone.has(id) || MADE_ANEW.has(typeOf(id)));
}

/** The template without these, what holds their ids, and what names them. */
export function without(template: Template, logicalIds: Iterable<string>): Template {
  const out = withHolders(template, logicalIds);
  const Resources = Object.fromEntries(
    Object.entries(template.Resources ?? {}).flatMap(([id, resource]) => (out.has(id) ? [] : [[id, independent(resource, out)]])),
  );
  const Outputs = Object.fromEntries(
    Object.entries(template.Outputs ?? {}).filter(([, output]) => ![...referred(output)].some((id) => out.has(id))),
  );
  return { ...template, Resources, ...(template.Outputs === undefined ? {} : { Outputs }) };
}

function independent(resource: TemplateResource, out: ReadonlySet<string>): TemplateResource {
  const { DependsOn, ...rest } = resource;
  if (DependsOn === undefined) return resource;
  const kept = [DependsOn].flat().filter((id) => !out.has(id));
  return kept.length === 0 ? rest : { ...rest, DependsOn: kept };
}
