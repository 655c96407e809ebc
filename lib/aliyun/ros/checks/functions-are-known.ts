import { didYouMean } from '../../../estate/findings/nearest';
import type { Check } from './check';

/** Source: ROS, "Functions". */
const FUNCTIONS = [
  'Add',
  'And',
  'Any',
  'Avg',
  'Base64Decode',
  'Base64Encode',
  'Calculate',
  'Cidr',
  'Contains',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'FormatTime',
  'GetAZs',
  'GetAtt',
  'GetJsonValue',
  'GetStackOutput',
  'If',
  'Indent',
  'Index',
  'Join',
  'Jq',
  'Length',
  'ListMerge',
  'MarketplaceImage',
  'MatchPattern',
  'Max',
  'MergeMapToList',
  'Min',
  'Not',
  'Or',
  'Replace',
  'Select',
  'SelectMapList',
  'Split',
  'Str',
  'Sub',
].map((name) => `Fn::${name}`);

/** Every function is one that ROS has: CloudFormation's `Fn::Base64` and `Fn::ImportValue` are not. */
export const functionsAreKnown: Check = ({ references }) =>
  references
    .filter(({ kind, name }) => kind === 'function' && !FUNCTIONS.includes(name))
    .map(({ name, path }) => ({
      code: 'ROS_UNKNOWN_FUNCTION',
      severity: 'error',
      path,
      message: `ROS has no function ${name}.${didYouMean(name, FUNCTIONS)}`,
      why: 'ROS refuses the template, or takes the map as it stands',
      fix: 'write a function of ROS',
    }));
