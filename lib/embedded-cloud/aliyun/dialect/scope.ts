import type { Scope } from '../../../engine/evaluate';
import { type ResourceNames, scopeFor, type Target } from '../../../engine/scope';
import { liveStacks, type Stack } from '../../../engine/stack';
import { regionOf, type World } from '../../store/world';
import { invalid, stackNotFound } from './errors';
import { rosLanguage } from './functions';
import { rosParameterScope } from './parameters';

/** The names that a ROS template's functions may use. */
export function rosScope(world: World, stack: Stack, target: Target, names: ResourceNames): Scope {
  const region = regionOf(world, stack.account, stack.region);
  return scopeFor(target, names, {
    language: rosLanguage((query) => {
      const from = query.Region === undefined ? region : regionOf(world, region.account, String(query.Region));
      const other = liveStacks(from).find((s) => s.id === query.StackId);
      if (!other) throw stackNotFound(String(query.StackId));
      const output = other.outputs.find((o) => o.key === query.OutputKey);
      if (!output) throw invalid(`The output ${String(query.OutputKey)} of stack ${other.name} could not be found.`);
      return output.json ?? output.value;
    }),
    region: region.name,
    parameters: rosParameterScope(target.template, target.parameters),
    pseudo: {
      'ALIYUN::Region': region.name,
      'ALIYUN::AccountId': region.account,
      'ALIYUN::TenantId': region.account,
      'ALIYUN::StackName': stack.name,
      'ALIYUN::StackId': stack.id,
    },
  });
}
