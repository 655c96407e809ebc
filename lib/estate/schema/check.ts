/** From what a schema refuses of a file to findings with lines. */
import { errorAt, type Finding, type Path } from '../findings/finding';
import type { YamlFile } from '../read/yaml-file';
import type { FileSchema } from './files';
import { checkJson, inQuotes, SCHEMA_CODES, type SchemaProblem } from './json-check';

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
  const { value, problems } = checkJson(schema.json, source.value);
  if (problems.length === 0) return { value: value as T, findings: [] };
  const findings = problems.slice(0, MOST_PROBLEMS).map((problem) => toFinding(source, problem));
  if (problems.length > MOST_PROBLEMS) {
    const message = `${problems.length - MOST_PROBLEMS} more of such findings in this file`;
    const told = { code: 'MORE_FINDINGS', message, why: 'only the first are told', fix: 'correct those first' };
    findings.push(errorAt(source.locate([]), [], told));
  }
  return { findings };
}

function toFinding(source: YamlFile, { path, code, message, fix, description }: SchemaProblem): Finding {
  const why = description === undefined ? SCHEMA_CODES[code] : `${sentence(description)} ${SCHEMA_CODES[code]}`;
  // What was read says less than what is written: 1.0 is 1.
  const [read, written] = [valueAt(source.value, path), source.written(path)];
  const quoted = written !== undefined && fix === inQuotes(String(read)) ? inQuotes(written) : fix;
  return errorAt(source.locate(path), path, { code, message, why, fix: quoted });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[step], value);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
