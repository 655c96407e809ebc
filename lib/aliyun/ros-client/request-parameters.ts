import { STACK_MINUTES, STACK_NAME, STACK_PARAMETERS, TAGS, TEMPLATE_BYTES } from '../../facts/aliyun/limits';
import { Refused } from '../cloud/errors';
import type { Parameters } from '../cloud/flatten';
import type { StackRequest } from './model';

/** What create, update and change sets send alike. */
export function requestParameters(request: StackRequest): Parameters {
  check(request);
  return {
    TemplateBody: request.template,
    Parameters: Object.entries(request.parameters ?? {}).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
    Tags: Object.entries(request.tags ?? {}).map(([key, value]) => ({ Key: key, Value: value })),
    TimeoutInMinutes: request.timeoutMinutes ?? STACK_MINUTES.usual,
    RamRoleName: request.ramRoleName,
    StackPolicyBody: request.stackPolicy,
    Parallelism: request.parallelism,
  };
}

/** What ROS would refuse, said before anything is sent. */
function check(request: StackRequest): void {
  const bytes = Buffer.byteLength(request.template);
  const refuse = (code: string, message: string, wayOn: string) => {
    throw new Refused({ code, message: `stack ${request.name}: ${message}`, wayOn });
  };
  if (!STACK_NAME.test(request.name)) refuse('StackName', 'no name that ROS takes', 'letters, digits, - and _, at most 255');
  if (bytes < 1 || bytes > TEMPLATE_BYTES) {
    refuse(
      'TemplateSize',
      `its template has ${bytes} bytes, ROS takes 1 to ${TEMPLATE_BYTES}`,
      'lower membersPerStack so that it splits',
    );
  }
  if (Object.keys(request.parameters ?? {}).length > STACK_PARAMETERS.count)
    refuse('TooManyParameters', `more than ${STACK_PARAMETERS.count} parameters`, 'write planned values into the template');
  if (Object.keys(request.tags ?? {}).length > TAGS) refuse('TooManyTags', `more than ${TAGS} tags`, 'drop some');
  const minutes = request.timeoutMinutes ?? STACK_MINUTES.usual;
  const { least, most } = STACK_MINUTES;
  if (!(minutes >= least && minutes <= most)) refuse('Timeout', `timeoutMinutes ${minutes}`, `write ${least} to ${most}`);
}
