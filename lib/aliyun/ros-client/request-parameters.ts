import { Refused } from '../cloud/errors';
import type { Parameters } from '../cloud/flatten';
import type { StackRequest } from './model';

/** ROS, "CreateStack": TemplateBody. */
const TEMPLATE_BYTES = 524_288;
/** ROS, "CreateStack": Parameters.N, Tags.N, Parameters.N.ParameterValue ("0 to 128 characters" in some of its pages). */
const PARAMETERS = 200;
const TAGS = 20;

/** What create, update and change sets send alike. */
export function requestParameters(request: StackRequest): Parameters {
  check(request);
  return {
    TemplateBody: request.template,
    Parameters: Object.entries(request.parameters ?? {}).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
    Tags: Object.entries(request.tags ?? {}).map(([key, value]) => ({ Key: key, Value: value })),
    TimeoutInMinutes: request.timeoutMinutes ?? 60,
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
  if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(request.name))
    refuse('StackName', 'no name that ROS takes', 'letters, digits, - and _, at most 255');
  if (bytes < 1 || bytes > TEMPLATE_BYTES) {
    refuse(
      'TemplateSize',
      `its template has ${bytes} bytes, ROS takes 1 to ${TEMPLATE_BYTES}`,
      'lower membersPerStack so that it splits',
    );
  }
  if (Object.keys(request.parameters ?? {}).length > PARAMETERS)
    refuse('TooManyParameters', `more than ${PARAMETERS} parameters`, 'write planned values into the template');
  if (Object.keys(request.tags ?? {}).length > TAGS) refuse('TooManyTags', `more than ${TAGS} tags`, 'drop some');
  const minutes = request.timeoutMinutes ?? 60;
  if (!(minutes >= 10 && minutes <= 1440)) refuse('Timeout', `timeoutMinutes ${minutes}`, 'write 10 to 1440');
}
