import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { type Problem, type Rule, type RuleContext, wholeRegions } from '../rule';
import { losses, standingRules } from './rules';

/** Every acceptance accepts a finding that is there. Source: the design of this toolkit. */
export const acceptancesAcceptSomething: Rule = {
  code: 'ACCEPTANCE_UNUSED',
  title: 'Every acceptance accepts a finding.',
  why: 'one that was forgotten would accept the next loss of that name, which nobody has looked at',
  check: (estate, context) => [...nowhere(estate, context), ...unused(estate)],
};

/** Without a place nobody knows what is accepted. */
function nowhere(estate: Estate, { written }: RuleContext): Problem[] {
  return [...wholeRegions(estate), ...estate.idcs].flatMap(({ file }) => {
    const accept = (written?.(file, ['accept']) ?? []) as readonly { readonly name?: string; readonly path?: string }[];
    const byName = estate.regions.some((region) => region.file === file);
    return accept.flatMap(({ name, path }, i) =>
      (name === undefined) !== (path === undefined) && (byName || name === undefined)
        ? []
        : [
            {
              file,
              path: ['accept', i],
              message: byName ? 'the acceptance says not exactly one of name and path' : 'the acceptance says no path alone',
              write: [remove(['accept', i])],
              fix: '`path` accepts a warning, `name` a finding about what stands in a region',
            },
          ],
    );
  });
}

function unused(estate: Estate): Problem[] {
  return wholeRegions(estate).flatMap((region) => {
    const { accept = [] } = region;
    if (accept.length === 0) return [];
    const told = losses(estate, region.name);
    return accept.flatMap(({ code, name, index }, i) => {
      const byName = standingRules.map((rule) => rule.code).sort();
      if (!byName.includes(code)) {
        const message = `${code} is not accepted by name; by name are ${byName.join(', ')}`;
        return [
          {
            file: region.file,
            path: ['accept', index, 'code'],
            message,
            write: [remove(['accept', index])],
            fix: 'a warning is accepted by its `path`',
          },
        ];
      }
      const names = told.filter((problem) => problem.code === code).map(({ acceptable }) => acceptable!.name);
      if (names.includes(name) && accept.findIndex((one) => one.code === code && one.name === name) === i) return [];
      const message = names.includes(name) ? `${code} of ${name} is accepted twice` : `there is no ${code} of ${name}`;
      const open = names.filter((one) => !accept.some((other) => other.code === code && other.name === one));
      const near = nearest(name, open) ?? (open.length === 1 ? open[0] : undefined);
      const instead = near === undefined || names.includes(name) ? [] : [set(['accept', index, 'name'], near)];
      return [{ file: region.file, path: ['accept', index, 'name'], message, write: [...instead, remove(['accept', index])] }];
    });
  });
}
