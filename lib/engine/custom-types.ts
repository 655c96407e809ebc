import type { Handler } from '../embedded-cloud/aws/resources/handler';

const CUSTOM = 'AWS::CloudFormation::CustomResource';

/** Whether a type is a custom resource: whoever wrote the template knows what it is, the specification doesn't. */
export const isCustom = (type: string): boolean => type.startsWith('Custom::') || type === CUSTOM;

/** The handler of a type; all custom resources have one. */
export const handlerFor = (handlers: Record<string, Handler>, type: string): Handler | undefined =>
  handlers[isCustom(type) ? CUSTOM : type];
