import type { Rule } from '../rule';

/** Mode prefix exists on AWS only. Source: "Assign prefixes to Amazon EC2 network interfaces"; Aliyun ECS, "Assign IP prefixes" (at most ten, by number: they can't be planned). */
export const containerModesSuitTheCloud: Rule = {
  code: 'CONTAINER_MODE',
  title: 'Containers of an Aliyun region have mode host or host-gw.',
  why: 'prefixes of an interface there are chosen by the cloud, so that no plan could say which container has which address',
  check: (estate) =>
    estate.regions
      .filter(({ provider, containers }) => provider === 'aliyun' && containers.mode === 'prefix')
      .map(({ file, name }) => ({
        file,
        path: ['containers', 'mode'],
        message: `${name} is a region of Aliyun, which has no mode prefix`,
        fix: 'write `mode: host-gw` with a free block, or `mode: host`',
      })),
};
