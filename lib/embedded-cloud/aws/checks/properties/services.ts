import type { JsonObject } from '../../../../engine/json';
import {
  BUCKET_NAME_FORM,
  LIFECYCLE_ACTIONS,
  STORED_NAME,
  STORED_VALUE,
  SUBSCRIPTIONS,
  TOPIC_NAME,
} from '../../../../facts/aws/requests';
import { obj } from '../../../properties';
import { choice, givenOf, maps, type PropertyCheck, type Said, text, unless } from '../known';

/** A parameter's value against its own pattern; a pattern that is none is refused by the service too. */
function patternFault(p: JsonObject): Said {
  const [pattern, value] = [text(p, 'AllowedPattern'), text(p, 'Value')];
  if (pattern === undefined || value === undefined) return undefined;
  try {
    return !new RegExp(pattern).test(value) && `Value: Parameter value, cannot be validated against allowedPattern: ${pattern}`;
  } catch {
    return `AllowedPattern: ${pattern} is not a regular expression`;
  }
}

/** Values are of 1 to 4,096 characters, in the advanced tier of 8,192. */
function valueLength(p: JsonObject): Said {
  const most = choice(p, 'Tier', 'Standard') === 'Standard' ? STORED_VALUE.standard : STORED_VALUE.advanced;
  const length = text(p, 'Value')?.length;
  return length !== undefined && (length === 0 || length > most) && `Value: it is of 1 to ${most} characters`;
}

export const serviceChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::S3::Bucket': (p) => [
    unless(BUCKET_NAME_FORM, text(p, 'BucketName'), (name) => `BucketName: The specified bucket is not valid: ${name}`),
    ...maps(obj(p, 'LifecycleConfiguration')?.Rules).map(
      (rule, i) =>
        givenOf(rule, LIFECYCLE_ACTIONS).length === 0 &&
        `LifecycleConfiguration.Rules.${i}: At least one action needs to be specified in a rule`,
    ),
  ],
  'AWS::SSM::Parameter': (p) => [
    unless(
      STORED_NAME,
      text(p, 'Name'),
      (name) => `Name: Parameter name: '${name}' is not of letters, digits and ._-/, or begins with aws or ssm`,
    ),
    patternFault(p),
    valueLength(p),
  ],
  'AWS::SNS::Topic': (p) => [
    unless(TOPIC_NAME, text(p, 'TopicName'), (name) => `TopicName: Invalid parameter: Topic Name: ${name}`),
  ],
  'AWS::SNS::Subscription': (p) => {
    const protocol = text(p, 'Protocol');
    return [
      protocol !== undefined &&
        !SUBSCRIPTIONS.includes(protocol) &&
        `Protocol: Invalid parameter: Does not support this protocol string: ${protocol}`,
      p.Endpoint === undefined && 'Endpoint: Invalid parameter: Endpoint',
    ];
  },
  'AWS::Lambda::Function': (p) => [
    choice(p, 'PackageType', 'Zip') === 'Zip' &&
      ['Handler', 'Runtime'].some((key) => p[key] === undefined) &&
      'Handler: Runtime and Handler are mandatory parameters for functions created with deployment packages.',
  ],
};
