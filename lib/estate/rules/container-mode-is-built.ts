import type { Rule } from './rule';

/** Containers use the host's network: the other modes are described, but not built in this version. Source: the README, "What is there". */
export const containerModeIsBuilt: Rule = {
  code: 'CONTAINER_MODE_NOT_BUILT',
  title: 'The container mode is one that this version builds.',
  why: 'containers would have addresses that no route leads to',
  check: (estate) =>
    estate.regions
      .filter(({ provider, containers }) => provider === 'aws' && containers.mode !== 'host')
      .map(({ file, containers }) => ({
        file,
        path: ['containers', 'mode'],
        message: `the mode ${containers.mode} is not built yet`,
        fix: 'write `mode: host`',
      })),
};
