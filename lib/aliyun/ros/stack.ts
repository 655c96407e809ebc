/** From the parts of a stack to its template. */
import { FORMAT_VERSION, type RosFragment, type RosTemplate } from './template';

/** Sections in the order in which they are written. */
const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;
/** Source: ROS, "CreateStack": StackName. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,254}$/;
/** Letters and digits; ROS takes nothing else for parameters. Source: ROS, "Parameters". */
const LOGICAL_ID = /^[A-Za-z][A-Za-z0-9]{0,254}$/;

/**
 * A template, sorted by logical id and without what is undefined: the same in whatever order its parts were made.
 *
 * @throws when the stack's name or a logical id isn't one, or a parameter and a resource share theirs: a `Ref` doesn't say which it means
 */
export function rosTemplate(stackName: string, description: string, fragment: RosFragment): RosTemplate {
  if (!STACK_NAME.test(stackName)) {
    throw new Error(`${stackName} is no name of a ROS stack: write a letter, then letters, digits, - and _, at most 255`);
  }
  const template: Record<string, unknown> = { ROSTemplateFormatVersion: FORMAT_VERSION, Description: description };
  for (const section of SECTIONS) {
    const entries: Readonly<Record<string, unknown>> = fragment[section] ?? {};
    const ids = Object.keys(entries).sort();
    if (ids.length === 0 && section !== 'Resources') continue;
    for (const id of ids) {
      if (!LOGICAL_ID.test(id)) {
        throw new Error(
          `"${id}" of stack ${stackName} can't be a logical id: write a letter, then letters and digits, at most 255`,
        );
      }
      if (section === 'Resources' && fragment.Parameters?.[id] !== undefined) {
        throw new Error(`${id} stands twice in stack ${stackName}: as a parameter and as a resource`);
      }
    }
    template[section] = Object.fromEntries(ids.map((id) => [id, written(entries[id])]));
  }
  return template as unknown as RosTemplate;
}

/** A copy of a value as it is written: without what is undefined, in lists too. */
function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(written);
  const defined = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(defined.map(([key, inner]) => [key, written(inner)]));
}
