import { conditionsOf } from '../../../engine/conditions';
import type { Scope } from '../../../engine/evaluate';
import { liveStacks } from '../../../engine/exports';
import type { JsonObject } from '../../../engine/json';
import type { ResourceNames, ScopeStack, Target } from '../../../engine/scope';
import { type Region, regionOf, type World } from '../../store/world';
import { invalid, stackNotFound } from './errors';
import { rosLanguage } from './functions';
import { rosParameterScope } from './parameters';

/** The names that a ROS template's functions may use. */
export function rosScope(world: World, region: Region, stack: ScopeStack, target: Target, names: ResourceNames): Scope {
  const scope: Scope = {
    language: rosLanguage,
    region: region.name,
    parameters: rosParameterScope(target.template, target.parameters),
    pseudo: {
      'ALIYUN::Region': region.name,
      'ALIYUN::AccountId': region.account,
      'ALIYUN::TenantId': region.account,
      'ALIYUN::StackName': stack.name,
      'ALIYUN::StackId': stack.id,
    },
    mappings: target.template.Mappings,
    condition: (name) => ask(name),
    ref: names.ref,
    attribute: names.attribute,
    importValue: () => {
      throw invalid('ROS has no exports.');
    },
    stackOutput: (query: JsonObject) => {
      const from = query.Region === undefined ? region : regionOf(world, region.account, String(query.Region));
      const other = liveStacks(from).find((s) => s.id === query.StackId);
      if (!other) throw stackNotFound(String(query.StackId));
      const output = other.outputs.find((o) => o.key === query.OutputKey);
      if (!output) throw invalid(`The output ${String(query.OutputKey)} of stack ${other.name} could not be found.`);
      return output.json ?? output.value;
    },
    parameterStore: () => {
      throw invalid('Dynamic references are not in the embedded cloud');
    },
  };
  const ask = conditionsOf(target.template.Conditions, () => scope);
  return scope;
}
