import { AwsError } from '../aws-error';
import { generatedName } from '../ids';
import type { Handler } from './handler';

/** AWS::CloudFormation::WaitCondition with a CreationPolicy: the engine waits for its signals. */
export const waitCondition: Handler = {
  create(c, p) {
    if (p.Handle !== undefined || p.Timeout !== undefined || p.Count !== undefined) {
      throw new AwsError(
        'ValidationError',
        'Wait conditions with a handle are not in the embedded cloud: use a CreationPolicy with a ResourceSignal',
      );
    }
    if (!c.creationPolicy)
      throw new AwsError('ValidationError', 'WaitCondition requires Handle and Timeout, or a CreationPolicy');
    const id = `arn:${c.partition}:cloudformation:${c.region.name}:${c.account.id}:stack/${c.stackName}/${generatedName('wait', c.logicalId, 200)}`;
    return { physicalId: id, attributes: { Data: '{}', Id: id } };
  },
  delete: () => undefined,
  read: (_c, _id, p) => p,
};

/** AWS::CloudFormation::WaitConditionHandle: an address that nothing here listens on, but that can be referred to. */
export const waitConditionHandle: Handler = {
  create(c) {
    const id = `https://cloudformation-waitcondition-${c.region.name}.s3.${c.region.name}.amazonaws.com/${encodeURIComponent(c.stackId)}/${c.logicalId}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  update: () => undefined,
  delete: () => undefined,
  read: (_c, _id, p) => p,
};
