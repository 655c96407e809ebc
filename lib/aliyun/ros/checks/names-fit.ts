import { NAME_LENGTHS } from '../../../facts/aliyun/names';
import type { Check } from './check';

/** Every name has as many characters as the call behind its type takes. Source: the calls' own pages, named in lib/facts/aliyun/names.ts. */
export const namesFit: Check = ({ template }) =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Object.entries(NAME_LENGTHS[Type] ?? {}).flatMap(([property, most]) => {
      const name = Properties[property];
      if (typeof name !== 'string' || name.length <= most) return [];
      return [
        {
          code: 'ROS_WRONG_LENGTH',
          severity: 'error' as const,
          path: `Resources.${id}.Properties.${property}`,
          message: `${Type}: a name of ${name.length} characters is too long`,
          why: 'the cloud refuses it in the middle of a deploy',
          fix: `write at most ${most} characters`,
        },
      ];
    }),
  );
