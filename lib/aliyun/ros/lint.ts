/** Checks a ROS template before ROS sees it. ROS's own ValidateTemplate looks at neither properties nor quotas. */
import { type Finding, sortFindings } from '../../estate/findings/finding';
import { CHECKS } from './checks';
import type { LintContext } from './checks/check';
import { collectReferences } from './checks/references';
import { collectSites } from './checks/sites';
import { takeApart } from './checks/well-formed';
import { EMITTED_TYPES, type RosSchema } from './schema';

/**
 * Everything that is wrong with a template, in order of path.
 *
 * @param template parsed JSON of whatever shape
 * @param schema the types that are known @default those that this program emits
 * @param file the template's file, for the findings
 */
export function lintTemplate(template: unknown, schema: RosSchema = EMITTED_TYPES, file = 'template'): Finding[] {
  const parts = takeApart(template);
  const context: LintContext = {
    template: parts.template,
    schema,
    references: collectReferences(parts.template),
    sites: collectSites(parts.template, schema),
  };
  const problems = [...parts.problems, ...CHECKS.flatMap((check) => check(context))];
  return sortFindings(problems.map((problem) => ({ ...problem, file, line: 0 })));
}
