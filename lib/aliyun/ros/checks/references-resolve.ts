import { didYouMean } from '../../../estate/findings/nearest';
import type { RosTemplate } from '../template';
import type { Check, Problem } from './check';
import type { Reference } from './references';

/** Source: ROS, "Pseudo parameters". */
const PSEUDO = ['StackName', 'StackId', 'Region', 'AccountId', 'TenantId', 'ResourceGroupId', 'NoValue', 'Index'].map(
  (n) => `ALIYUN::${n}`,
);

/** Whatever is named stands in the template: resources, parameters, mappings, conditions. */
export const referencesResolve: Check = ({ template, references }) => {
  const known = targets(template);
  const found: Problem[] = [];
  // One wrong name is often used by every member of a fleet: the nearest right one is looked for once.
  const told = new Map<string, Problem | undefined>();
  for (const reference of references) {
    const key = [reference.section, reference.kind, reference.name, ...(reference.keys ?? [])].join(' ');
    if (!told.has(key)) told.set(key, dangling(reference, known, template));
    const problem = told.get(key);
    if (problem !== undefined) found.push({ ...problem, path: reference.path });
  }
  return found;
};

interface Targets {
  readonly parameters: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
}

function targets(template: RosTemplate): Targets {
  const resources = new Set(Object.keys(template.Resources));
  const parameters = new Set([...Object.keys(template.Parameters ?? {}), ...PSEUDO]);
  return {
    resources,
    parameters,
    values: new Set([...resources, ...parameters]),
    conditions: new Set(Object.keys(template.Conditions ?? {})),
    mappings: new Set(Object.keys(template.Mappings ?? {})),
  };
}

function dangling({ kind, name, keys, path, section }: Reference, known: Targets, template: RosTemplate): Problem | undefined {
  const refuse = (code: string, what: string, among: ReadonlySet<string>): Problem | undefined =>
    among.has(name) ? undefined : problem(code, path, `there is no ${what} ${name} in this template.${didYouMean(name, among)}`);
  switch (kind) {
    case 'ref':
      // Conditions are decided before there are resources. Source: ROS, "Functions": what Fn::Equals, Fn::And, Fn::Or and Fn::Not take.
      if (section === 'Conditions') return refuse('ROS_DANGLING_REFERENCE', 'parameter', known.parameters);
      return refuse('ROS_DANGLING_REFERENCE', 'resource or parameter', known.values);
    case 'getAtt':
      if (section === 'Conditions') return problem('ROS_DANGLING_REFERENCE', path, `a condition can't read the resource ${name}`);
      return refuse('ROS_DANGLING_REFERENCE', 'resource', known.resources);
    case 'dependsOn':
      return refuse('ROS_DANGLING_DEPENDENCY', 'resource', known.resources);
    case 'condition':
      return refuse('ROS_DANGLING_CONDITION', 'condition', known.conditions);
    case 'mapping': {
      const missing = refuse('ROS_DANGLING_MAPPING', 'mapping', known.mappings);
      if (missing !== undefined || keys === undefined) return missing;
      const top = template.Mappings![name]!;
      const found = Object.hasOwn(top, keys[0]) && Object.hasOwn(top[keys[0]] ?? {}, keys[1]);
      return found ? undefined : problem('ROS_DANGLING_MAPPING', path, `the mapping ${name} has no ${keys.join('.')}`);
    }
    case 'function':
      return undefined;
  }
}

function problem(code: string, path: string, message: string): Problem {
  const why = 'ROS refuses the template: it reads nothing but this stack';
  return {
    code,
    severity: 'error',
    path,
    message,
    why,
    fix: 'name a part of this template; what another stack has comes as a parameter',
  };
}
