/** Takes a template apart into its sections; what hasn't their shape is told and left out, so that the rest can still be checked. */
import { FORMAT_VERSION, type RosTemplate } from '../template';
import { isMap, type Problem } from './check';

const MAP = 'a map';
const ATTRIBUTES: Readonly<Record<string, readonly [words: string, fits: (value: unknown) => boolean]>> = {
  Type: ['a text', isText],
  Properties: [MAP, isMap],
  DependsOn: ['a logical id or a list of them', (value) => isText(value) || (Array.isArray(value) && value.every(isText))],
  DeletionPolicy: ['Retain or Delete', (value) => value === 'Retain' || value === 'Delete'],
  Condition: ['the logical id of a condition', isText],
  Metadata: [MAP, isMap],
  Description: ['a text', isText],
  Count: ['a number or an intrinsic', (value) => typeof value === 'number' || isMap(value)],
};

export function takeApart(value: unknown): { readonly template: RosTemplate; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const wrong = (path: string, message: string, fix: string) =>
    problems.push({
      code: 'ROS_TEMPLATE_SHAPE',
      severity: 'error',
      path,
      message,
      why: 'ROS refuses a template that has not its structure',
      fix,
    });
  const source = isMap(value) ? value : {};
  if (!isMap(value)) wrong('', 'the template is not a map', 'write a map with ROSTemplateFormatVersion and Resources');
  else if (value.ROSTemplateFormatVersion !== FORMAT_VERSION) {
    wrong('ROSTemplateFormatVersion', 'the format version is missing or not the one there is', `write '${FORMAT_VERSION}'`);
  }

  const section = (name: string, fits: (id: string, item: unknown) => boolean): Record<string, unknown> => {
    const items = source[name];
    const kept: Record<string, unknown> = {};
    if (items === undefined) return kept;
    if (!isMap(items)) {
      wrong(name, `${name} is not a map`, 'write a map from logical ids');
      return kept;
    }
    for (const id of Object.keys(items)) if (fits(id, items[id])) kept[id] = items[id];
    return kept;
  };
  const mapped = (name: string, needed?: string) =>
    section(name, (id, item) => {
      const good = isMap(item) && (needed === undefined || item[needed] !== undefined);
      if (!good)
        wrong(`${name}.${id}`, `${id} is not a map${needed === undefined ? '' : ` with ${needed}`}`, `write ${needed ?? MAP}`);
      return good;
    });

  const resources = section('Resources', (id, item) => {
    if (!isMap(item) || !isText(item.Type)) {
      wrong(`Resources.${id}`, `${id} is not a map with a Type`, 'write its Type, for example ALIYUN::ECS::VPC');
      return false;
    }
    let good = true;
    for (const key of Object.keys(item)) {
      const attribute = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
      if (attribute?.[1](item[key])) continue;
      good = false;
      const path = `Resources.${id}.${key}`;
      if (attribute === undefined)
        wrong(path, `a resource has no attribute ${key}`, `write one of ${Object.keys(ATTRIBUTES).join(', ')}`);
      else wrong(path, `${key} is not ${attribute[0]}`, `write ${attribute[0]}`);
    }
    return good;
  });
  if (isMap(value) && !isMap(source.Resources)) wrong('Resources', 'there are no resources', 'write at least one resource');
  for (const id of Object.keys(resources)) {
    const item = resources[id] as Record<string, unknown>;
    if (isText(item.DependsOn)) resources[id] = { ...item, DependsOn: [item.DependsOn] };
  }
  const template = {
    ...source,
    Parameters: mapped('Parameters', 'Type'),
    Mappings: mapped('Mappings'),
    Conditions: section('Conditions', () => true),
    Resources: resources,
    Outputs: mapped('Outputs', 'Value'),
  } as unknown as RosTemplate;
  return { template, problems };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
