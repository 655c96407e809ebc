/** Findings that are new, errors first: place, what, and below it why and what to write. */
import type { Finding } from '../../../estate/findings/finding';
import type { ReportLine } from './report';

export function findingLines(findings: readonly Finding[]): ReportLine[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...errors, ...findings.filter((one) => !errors.includes(one))].map((finding) => {
    const { file, line, code, path, message, why, fix, multiline } = finding;
    const [what, ...table] = multiline === true ? message.split('\n') : [message];
    return {
      text: `${finding.severity} ${code} at ${file}${line > 0 ? `:${line}` : ''}${path === '' ? '' : ` ${path}`}: ${what}`,
      details: [...table, `why: ${why}`, `write: ${fix}`],
    };
  });
}
