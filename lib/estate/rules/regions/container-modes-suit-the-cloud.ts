import { CLOUDS, cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import type { Rule } from '../rule';

/** Mode prefix exists on AWS only. Source: "Assign prefixes to Amazon EC2 network interfaces"; Aliyun ECS, "Assign IP prefixes" (at most ten, by number: they can't be planned). */
export const containerModesSuitTheCloud: Rule = {
  code: 'CONTAINER_MODE',
  title: 'Containers of an Aliyun region have mode host or host-gw.',
  why: 'prefixes of an interface there are chosen by the cloud, so that no plan could say which container has which address',
  check: (estate) =>
    estate.regions
      .filter((region) => !cloudOf(region).containerModes.includes(region.containers.mode))
      .map(({ file, name, provider, containers }) => ({
        file,
        path: ['containers', 'mode'],
        message: `${name} is a region of ${CLOUDS[provider].name}, which has no mode ${containers.mode}`,
        write: [set(['containers'], { mode: 'host' })],
        fix: 'mode host-gw with a block of the container pool gives containers addresses of their own',
      })),
};
