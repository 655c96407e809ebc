import { remove } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';

/** Length of a range that is delegated to an interface ("Assign prefixes to Amazon EC2 network interfaces": /28). */
const PREFIX_BITS = 28;

/** Nothing is written that the mode has no use for. Source: "Assign prefixes to Amazon EC2 network interfaces" (prefixes come from the subnet). */
export const containerSettingsSuitTheMode: Rule = {
  code: 'CONTAINER_SETTINGS',
  title:
    'In mode prefix containers have /28s of the host block and no block of their own; prefixes and who may reach containers are said only where they have addresses.',
  why: 'what has no effect looks as if it had one',
  check: (estate) =>
    estate.regions.flatMap(({ file, containers }): Problem[] => {
      const at = (key: string) => ({ file, path: ['containers', key] });
      if (containers.mode === 'host' && containers.openTo.includes('hosts'))
        return [
          {
            ...at('openTo'),
            message: 'mode host has no containers with addresses of their own',
            write: [remove(['containers', 'openTo'])],
            fix: 'the ports of profiles say who reaches a host',
          },
        ];
      if (containers.mode !== 'prefix')
        return containers.prefixesPerHost === 1
          ? []
          : [
              {
                ...at('prefixesPerHost'),
                message: `mode ${containers.mode} has no prefixes`,
                write: [remove(['containers', 'prefixesPerHost'])],
              },
            ];
      return [
        ...(containers.block === undefined
          ? []
          : [
              {
                ...at('block'),
                message: 'mode prefix has no block: its ranges lie in the VPC',
                write: [remove(['containers', 'block'])],
              },
            ]),
        ...(containers.hostBits === PREFIX_BITS
          ? []
          : [
              {
                ...at('hostBits'),
                message: `a prefix of an interface is a /${PREFIX_BITS}, not a /${containers.hostBits}`,
                write: [remove(['containers', 'hostBits'])],
                fix: '`prefixesPerHost:` gives a host more',
              },
            ]),
      ];
    }),
};
