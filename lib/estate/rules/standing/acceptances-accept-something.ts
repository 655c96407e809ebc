import { nearest } from '../../findings/nearest';
import { type Rule, wholeRegions } from '../rule';
import { losses } from './rules';

/** Every acceptance accepts a finding that is there. Source: the design of this toolkit. */
export const acceptancesAcceptSomething: Rule = {
  code: 'ACCEPTANCE_UNUSED',
  title: 'Every acceptance accepts a finding.',
  why: 'one that was forgotten would accept the next loss of that name, which nobody has looked at',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      const { accept = [] } = region;
      if (accept.length === 0) return [];
      const told = losses(estate, region.name);
      return accept.flatMap(({ code, name }, i) => {
        const names = told.filter((problem) => problem.code === code).map(({ acceptable }) => acceptable!.name);
        if (names.includes(name) && accept.findIndex((one) => one.code === code && one.name === name) === i) return [];
        const message = names.includes(name) ? `${code} of ${name} is accepted twice` : `there is no ${code} of ${name}`;
        const open = names.filter((one) => !accept.some((other) => other.code === code && other.name === one));
        const near = nearest(name, open) ?? (open.length === 1 ? open[0] : undefined);
        const fix = near === undefined || names.includes(name) ? 'take it out' : `write \`name: ${near}\`, or take it out`;
        return [{ file: region.file, path: ['accept', i, 'name'], message, fix }];
      });
    }),
};
