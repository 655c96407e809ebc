import { ADVISED_RESOURCES, MOST_PARAMETERS, MOST_RESOURCES, MOST_TEMPLATE_BYTES } from '../limits';
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
  if (resources > MOST_RESOURCES) {
    tell('ROS_TOO_MANY_RESOURCES', 'error', 'Resources', `${resources} resources are more than ${MOST_RESOURCES}`, split);
  } else if (resources > ADVISED_RESOURCES) {
    tell(
      'ROS_MANY_RESOURCES',
      'warning',
      'Resources',
      `${resources} resources are more than the ${ADVISED_RESOURCES} that are advised`,
      split,
    );
  }
  const parameters = Object.keys(template.Parameters ?? {}).length;
  if (parameters > MOST_PARAMETERS) {
    const message = `${parameters} parameters are more than ${MOST_PARAMETERS}`;
    tell('ROS_TOO_MANY_PARAMETERS', 'error', 'Parameters', message, 'write planned values as literals');
  }
  const bytes = Buffer.byteLength(templateText(template));
  if (bytes > MOST_TEMPLATE_BYTES) {
    tell('ROS_TEMPLATE_BYTES', 'error', '', `the template has ${bytes} bytes, ${bytes - MOST_TEMPLATE_BYTES} too many`, split);
  }
  return found;
};
