import { instanceType, nitroLike } from '../../../facts/aws/instance-types';
import { set } from '../../findings/remedy';
import { fleets, type Rule } from '../rule';

/** Container mode prefix needs Nitro types. Source: "Assign prefixes to Amazon EC2 network interfaces" (built on the Nitro System). */
export const prefixesNeedNitro: Rule = {
  code: 'NITRO',
  title: 'Where containers have prefixes, hosts are built on Nitro.',
  why: 'other types take no prefixes on their interfaces',
  check: (estate) =>
    fleets(estate)
      .filter(({ region, fleet }) => region.containers.mode === 'prefix' && instanceType(fleet.instanceType)?.nitro === false)
      .map(({ region, fleet, path }) => ({
        file: region.file,
        path: [...path, 'instanceType'],
        message: `${fleet.instanceType} is not built on Nitro`,
        write: [set([...path, 'instanceType'], nitroLike(fleet.instanceType))],
      })),
};
