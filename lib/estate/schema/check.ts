/** From what a schema refuses of a file to findings with lines. */
import { errorAt, type Finding, moreFindings } from '../findings/finding';
import type { YamlFile } from '../read/yaml-file';
import type { FileSchema } from './files';
import { adviceOf, checkJson, OURS, SCHEMA_CODES, type SchemaProblem } from './json-check';
import { causes, misplaced } from './misplaced';

export { SCHEMA_CODES } from './json-check';

export interface Checked<T> {
  /** The value with its defaults; undefined when a finding was made. */
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** Problems told of one file: whoever pasted the wrong file needs no ten thousand lines. */
const MOST_PROBLEMS = 100;

/** Checks the value of a file. All problems are told at once. */
export function checkSchema<T>(schema: FileSchema<T>, source: YamlFile): Checked<T> {
  if (source.value === undefined) return { findings: [] };
  const { value, problems: all } = checkJson(schema.json, source.value, OURS, source.written);
  // Where a slip of indentation belongs is looked for in the whole file: only for those that are told.
  const [first, more] = [all.slice(0, MOST_PROBLEMS), all.slice(MOST_PROBLEMS)];
  const problems = untold(source, causes([...misplaced(schema.json, source.value, first, OURS), ...more]));
  if (problems.length === 0 && all.length === 0) return { value: value as T, findings: [] };
  const findings = problems.slice(0, MOST_PROBLEMS).map((problem) => toFinding(source, problem));
  if (problems.length > MOST_PROBLEMS) {
    const message = `${problems.length - MOST_PROBLEMS} more of such findings in this file`;
    findings.push(errorAt(source.locate([]), [], moreFindings(message)));
  }
  return { findings };
}

/** Those that YAML hasn't been blamed for at the same place. */
function untold({ findings }: YamlFile, problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  const told = new Set(findings.map(({ path }) => path));
  return problems.filter(({ path }) => !told.has(path.join('.')));
}

function toFinding(source: YamlFile, problem: SchemaProblem): Finding {
  const { path, code, message, description } = problem;
  const why = description === undefined ? SCHEMA_CODES[code] : `${sentence(description)} ${SCHEMA_CODES[code]}`;
  return errorAt(source.locate(path), path, { code, message, why, ...adviceOf(problem) });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
