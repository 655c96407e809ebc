import { INSTANCE_TYPE } from '../../../facts/aliyun/limits';
import { instanceType, similarTypes } from '../../../facts/aws/instance-types';
import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import { fleets, type Problem, type Rule } from '../rule';

/** Sizes that families have, also those to come ("Amazon EC2 instance type naming conventions"). */
const SIZE = /^(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)$/;

const keepsData = (type: string): boolean => instanceType(type)?.nitro === true && !instanceType(type)!.instanceStore;

/** Instance types exist. Source: "Amazon EC2 instance types"; Aliyun ECS, "Overview of instance families". */
export const instanceTypesExist: Rule = {
  code: 'INSTANCE_TYPE',
  title: 'Every instance type exists.',
  why: "a type that doesn't exist fails when the first host starts",
  check: (estate) => [
    ...fleets(estate).flatMap(({ region, fleet, path }): Problem[] => {
      // Aliyun's families are told by no list that comes with this version: only the form is checked.
      if (region.provider !== 'aliyun' || INSTANCE_TYPE.test(fleet.instanceType)) return [];
      const message = `${fleet.instanceType} is no type of Aliyun`;
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message,
          write: [set([...path, 'instanceType'], 'ecs.g7.large')],
          fix: 'or another ecs.<family>.<size>',
        },
      ];
    }),
    ...fleets(estate)
      .filter(({ region, fleet }) => region.provider === 'aws' && instanceType(fleet.instanceType) === undefined)
      .map(({ region, fleet, path }) => {
        const similar = similarTypes(fleet.instanceType);
        const [family, size = ''] = fleet.instanceType.split('.');
        const known = similar.some((t) => t.startsWith(`${family}.`));
        // What is told instead keeps the data of members, and finds their volumes.
        const near = nearest(fleet.instanceType, fleet.kind === 'members' ? similar.filter(keepsData) : similar);
        const at = { file: region.file, path: [...path, 'instanceType'] };
        if (known)
          return {
            ...at,
            message: `there is no ${fleet.instanceType}`,
            write: [set(at.path, near ?? similar[0] ?? 'm5.large')],
            fix: `there are ${similar.join(', ')}`,
          };
        if (family === 'ecs' || !SIZE.test(size)) {
          const message = family === 'ecs' ? `${fleet.instanceType} is a type of Aliyun` : `there is no size ${size}`;
          return { ...at, message, write: [set(at.path, 'm5.large')], fix: 'or another <family>.<size>' };
        }
        // New families appear every year: they may be used, but what depends on the family can't be checked.
        const message = `the family of ${fleet.instanceType} is not known here: processor, Nitro and instance store are not checked`;
        return {
          ...at,
          message,
          severity: 'warning' as const,
          ...(near === undefined ? {} : { write: [set(at.path, near)] }),
          fix: 'where the family is new, check the type yourself, and accept this',
        };
      }),
  ],
};
