import { isObject, type Json } from '../../../../engine/json';
import type { Template } from '../../../../engine/template';
import { JOINED_CONDITIONS } from '../../../../facts/aws/template-language';
import { eachFunction, formFaults, functionOf } from './forms';

const joined = (argument: Json): Json[] | undefined =>
  Array.isArray(argument) && argument.length >= JOINED_CONDITIONS.least && argument.length <= JOINED_CONDITIONS.most
    ? argument
    : undefined;

/** What is wrong with a condition's form; `uses` gets the conditions that it asks. */
function truthFaults(value: Json | undefined, path: string, uses: string[]): string[] {
  const name = functionOf(value);
  const argument = isObject(value) && name !== undefined ? (value[name] as Json) : undefined;
  const parts = (list: Json[] | undefined, wants: string): string[] =>
    list?.flatMap((part, i) => truthFaults(part, `${path}/${name}/${i}`, uses)) ?? [
      `Template error: every ${name} object requires ${wants} (${path})`,
    ];
  switch (name) {
    case 'Condition':
      if (typeof argument !== 'string') return [`Template format error: a condition is named by a text (${path})`];
      uses.push(argument);
      return [];
    case 'Fn::And':
    case 'Fn::Or':
      return parts(
        joined(argument as Json),
        `a list of at least ${JOINED_CONDITIONS.least} and at most ${JOINED_CONDITIONS.most} boolean parameters`,
      );
    case 'Fn::Not':
      return parts(Array.isArray(argument) && argument.length === 1 ? argument : undefined, 'a list of one boolean parameter');
    case 'Fn::Equals':
      return Array.isArray(argument) && argument.length === 2
        ? formFaults(argument, path)
        : [`Template error: every Fn::Equals object requires a list of 2 string parameters. (${path})`];
    default:
      return [`Template format error: Every Conditions member must be a boolean function. (${path})`];
  }
}

/** What is wrong with the Conditions of a template: forms, names, circles, and what can't be known before anything is made. */
export function conditionFaults({ Conditions, Parameters }: Template): string[] {
  const uses = new Map<string, string[]>();
  const faults = Object.entries(Conditions).flatMap(([id, value]) => {
    const own: string[] = [];
    uses.set(id, own);
    const said = truthFaults(value, `/Conditions/${id}`, own);
    eachFunction(value, `/Conditions/${id}`, (name, argument, path) => {
      const known = typeof argument === 'string' && (argument in Parameters || argument.startsWith('AWS::'));
      if (name === 'Fn::GetAtt' || name === 'Fn::ImportValue' || (name === 'Ref' && !known))
        said.push(
          `Template format error: Unresolved dependencies [${JSON.stringify(argument)}]. Cannot reference resources in the Conditions block of the template (${path})`,
        );
    });
    return said;
  });
  const unresolved = [...uses].flatMap(([id, names]) =>
    names.filter((n) => !(n in Conditions)).map((n) => `${n} (/Conditions/${id})`),
  );
  return [
    ...faults,
    ...unresolved.map(
      (n) => `Template format error: Unresolved condition dependency ${n} in the Conditions block of the template`,
    ),
    ...circles(uses).map((id) => `Template format error: Circular dependency between conditions: [${id}]`),
  ];
}

/** Conditions that ask themselves in the end. */
const circles = (uses: ReadonlyMap<string, readonly string[]>): string[] =>
  [...uses.keys()].filter((id) => {
    const reached = new Set(uses.get(id));
    for (const next of reached) for (const n of uses.get(next) ?? []) reached.add(n);
    return reached.has(id);
  });
