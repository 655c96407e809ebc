import { STACK_PARAMETERS, STACK_RESOURCES, STACK_RESOURCES_ADVISED, TEMPLATE_BYTES } from '../../../facts/aliyun/limits';
import { templateText } from '../template';
import type { Check, Problem } from './check';

/** The template is within what ROS takes: resources, parameters, bytes. */
export const sizesFit: Check = ({ template }) => {
  const found: Problem[] = [];
  const tell = (code: string, severity: 'error' | 'warning', path: string, message: string, fix: string) =>
    found.push({
      code,
      severity,
      path,
      message,
      why: severity === 'error' ? 'ROS refuses the template' : 'ROS advises fewer',
      fix,
    });
  const resources = Object.keys(template.Resources).length;
  const split = 'spread the resources over more stacks, for example with a lower membersPerStack';
  if (resources > STACK_RESOURCES) {
    tell('ROS_TOO_MANY_RESOURCES', 'error', 'Resources', `${resources} resources are more than ${STACK_RESOURCES}`, split);
  } else if (resources > STACK_RESOURCES_ADVISED) {
    tell(
      'ROS_MANY_RESOURCES',
      'warning',
      'Resources',
      `${resources} resources are more than the ${STACK_RESOURCES_ADVISED} that are advised`,
      split,
    );
  }
  const parameters = Object.keys(template.Parameters ?? {}).length;
  if (parameters > STACK_PARAMETERS.count) {
    const message = `${parameters} parameters are more than ${STACK_PARAMETERS.count}`;
    tell('ROS_TOO_MANY_PARAMETERS', 'error', 'Parameters', message, 'write planned values as literals');
  }
  const bytes = Buffer.byteLength(templateText(template));
  if (bytes > TEMPLATE_BYTES) {
    tell('ROS_TEMPLATE_BYTES', 'error', '', `the template has ${bytes} bytes, ${bytes - TEMPLATE_BYTES} too many`, split);
  }
  return found;
};
