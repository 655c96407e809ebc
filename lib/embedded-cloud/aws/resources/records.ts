import { uuid } from '../../../engine/ids';
import type { JsonObject } from '../../../engine/json';
import { NAMES } from '../../../facts/aws/names';
import { str, strs } from '../../properties';
import { type RecordKeeping, type RecordType, recordHandler } from '../../records';
import { AwsError } from '../aws-error';
import { generatedName } from '../ids';
import type { Context, Handler } from './handler';
import { arn } from './values';

const keeping: RecordKeeping<Context> = {
  things: (c) => c.region.things,
  taken: (code, id) => new AwsError(code, `${id} already exists`),
  absent: (_type, id) => new AwsError('ResourceNotFoundException', `${id} does not exist`),
};

const topicOf = (c: Context, topic: string): void => {
  if (!c.region.things[`AWS::SNS::Topic ${topic}`]) throw new AwsError('NotFound', 'Topic does not exist', 404);
};

/**
 * Actions that an alarm may name, by their form: CloudWatch asks nobody whether a topic exists ("Using Amazon CloudWatch alarms": it "doesn't
 * test or validate the actions that you specify"). EC2's automatic actions must be of this region.
 */
function checkAlarm(c: Context, p: JsonObject): void {
  for (const key of ['AlarmActions', 'OKActions', 'InsufficientDataActions']) {
    for (const action of strs(p, key)) {
      if (
        !action.includes(':sns:') &&
        !action.startsWith(`arn:${c.partition}:automate:${c.region.name}:ec2:`) &&
        !action.includes(':autoscaling:') &&
        !action.includes(':swf:')
      ) {
        throw new AwsError('ValidationError', `Invalid arn syntax: ${action}`);
      }
    }
  }
}

const alarmArn = (c: Context, name: string) => arn(c, 'cloudwatch', `alarm:${name}`);

const types: Record<string, RecordType<Context>> = {
  'AWS::KMS::Key': {
    id: () => uuid(),
    attributes: (c, id) => ({ Arn: arn(c, 'kms', `key/${id}`), KeyId: id }),
  },
  'AWS::KMS::Alias': {
    id: (_c, p) => str(p, 'AliasName') ?? '',
    taken: 'AlreadyExistsException',
    check: (c, p) => {
      const key = (str(p, 'TargetKeyId') ?? '').split('/').pop() ?? '';
      if (!c.region.things[`AWS::KMS::Key ${key}`]) throw new AwsError('NotFoundException', `Key '${key}' does not exist`);
    },
  },
  'AWS::Logs::LogGroup': {
    id: (c, p) =>
      str(p, 'LogGroupName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::Logs::LogGroup LogGroupName'].most),
    taken: 'ResourceAlreadyExistsException',
    attributes: (c, id) => ({ Arn: arn(c, 'logs', `log-group:${id}:*`) }),
    check: (_c, p) => {
      const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
      if (p.RetentionInDays !== undefined && !days.includes(Number(p.RetentionInDays))) {
        throw new AwsError(
          'InvalidParameterException',
          `1 validation error detected: Value '${String(p.RetentionInDays)}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${days.join(', ')}]`,
        );
      }
    },
  },
  'AWS::CloudWatch::Alarm': {
    id: (c, p) => str(p, 'AlarmName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::CloudWatch::Alarm AlarmName'].most),
    attributes: (c, id) => ({ Arn: alarmArn(c, id) }),
    check: checkAlarm,
  },
  'AWS::CloudWatch::CompositeAlarm': {
    id: (c, p) => str(p, 'AlarmName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::CloudWatch::Alarm AlarmName'].most),
    attributes: (c, id) => ({ Arn: alarmArn(c, id) }),
    check: (c, p) => {
      checkAlarm(c, p);
      for (const [, name] of (str(p, 'AlarmRule') ?? '').matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+)"?\s*\)/g)) {
        const bare = name?.split(':alarm:').pop() ?? '';
        if (!c.region.things[`AWS::CloudWatch::Alarm ${bare}`] && !c.region.things[`AWS::CloudWatch::CompositeAlarm ${bare}`]) {
          throw new AwsError('ValidationError', `AlarmRule must not contain an alarm that does not exist: ${bare}`);
        }
      }
    },
  },
  'AWS::SNS::Topic': {
    id: (c, p) =>
      arn(c, 'sns', str(p, 'TopicName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::SNS::Topic TopicName'].most)),
    attributes: (_c, id) => ({ TopicArn: id, TopicName: id.split(':').pop() ?? '' }),
  },
  'AWS::SNS::TopicPolicy': {
    id: (c) => generatedName(c.stackName, c.logicalId, 100),
    attributes: (_c, id) => ({ Id: id }),
    check: (c, p) => {
      for (const t of strs(p, 'Topics')) topicOf(c, t);
    },
  },
  'AWS::SNS::Subscription': {
    id: (_c, p) => `${str(p, 'TopicArn')}:${uuid()}`,
    attributes: (_c, id) => ({ Arn: id }),
    check: (c, p) => topicOf(c, str(p, 'TopicArn') ?? ''),
  },
  'AWS::CDK::Metadata': { id: () => uuid() },
};

/** Types that are kept as records. */
export const recordHandlers: Record<string, Handler> = Object.fromEntries(
  Object.entries(types).map(([type, t]) => [type, recordHandler(keeping, type, t)]),
);
