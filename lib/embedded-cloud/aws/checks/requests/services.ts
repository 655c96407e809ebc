import type { JsonObject } from '../../../../engine/json';
import { LIFECYCLE_ACTIONS, STORED_VALUE, SUBSCRIPTIONS } from '../../../../facts/aws/requests';
import { obj } from '../../../properties';
import { choice, givenOf, maps, type PropertyCheck, type Said, text } from '../given';

/** A parameter's value against its own pattern, which is Java's: one that JavaScript can't read refuses nothing here. */
function patternFault(p: JsonObject): Said {
  const [pattern, value] = [text(p, 'AllowedPattern'), text(p, 'Value')];
  if (pattern === undefined || value === undefined) return undefined;
  try {
    return !new RegExp(pattern).test(value) && `Value: Parameter value, cannot be validated against allowedPattern: ${pattern}`;
  } catch {
    return undefined;
  }
}

/** Values are of 1 to 4,096 characters, in the advanced tier of 8,192. */
function valueLength(p: JsonObject): Said {
  const most = choice(p, 'Tier', 'Standard') === 'Standard' ? STORED_VALUE.standard : STORED_VALUE.advanced;
  const length = text(p, 'Value')?.length;
  return (
    length !== undefined &&
    (length === 0 || length > most) &&
    `1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length from 1 to ${most}`
  );
}

export const serviceChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::S3::Bucket': (p) => [
    ...maps(obj(p, 'LifecycleConfiguration')?.Rules).map(
      (rule, i) =>
        givenOf(rule, LIFECYCLE_ACTIONS).length === 0 &&
        `LifecycleConfiguration.Rules.${i}: At least one action needs to be specified in a rule`,
    ),
  ],
  'AWS::SSM::Parameter': (p) => [patternFault(p), valueLength(p)],
  'AWS::SNS::Subscription': (p) => {
    const protocol = text(p, 'Protocol');
    return [
      protocol !== undefined &&
        !SUBSCRIPTIONS.includes(protocol) &&
        `Protocol: Invalid parameter: Does not support this protocol string: ${protocol}`,
      p.Endpoint === undefined && 'Endpoint: Invalid parameter: Endpoint',
    ];
  },
};
