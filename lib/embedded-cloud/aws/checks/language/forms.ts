import { isObject, type Json } from '../../../../engine/json';
import { CIDR_COUNT } from '../../../../facts/aws/template-language';

/** The one function that a map stands for; undefined where it is a map. */
export function functionOf(value: Json | undefined): string | undefined {
  const keys = isObject(value) ? Object.keys(value) : [];
  const [key] = keys;
  return keys.length === 1 && key !== undefined && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))
    ? key
    : undefined;
}

const textual = (v: Json | undefined): boolean =>
  v !== undefined && v !== null && (typeof v !== 'object' || functionOf(v) !== undefined);
const listed = (v: Json | undefined): boolean => Array.isArray(v) || functionOf(v) !== undefined;
const written = (v: Json | undefined): v is string => typeof v === 'string';
const sized = (a: Json, least: number, most = least): a is Json[] => Array.isArray(a) && a.length >= least && a.length <= most;

const between = (v: Json | undefined, least: number, most: number): boolean =>
  functionOf(v) !== undefined || (/^\d+$/.test(String(v)) && Number(v) >= least && Number(v) <= most);

const every = (name: string, wants: string) => `Template error: every ${name} object requires ${wants}`;

/** How each function's argument must be ("Intrinsic function reference"); what is said where it isn't so. */
const forms: Readonly<Record<string, (a: Json) => string | false>> = {
  Ref: (a) => !written(a) && 'Template error: every Ref object must have a single String value.',
  'Fn::GetAtt': (a) =>
    !(written(a) ? /^[^.]+\../.test(a) : sized(a, 2) && written(a[0]) && textual(a[1])) &&
    every('Fn::GetAtt', 'two non-empty parameters, the resource name and the resource attribute'),
  'Fn::Join': (a) =>
    !(sized(a, 2) && written(a[0]) && listed(a[1]) && (!Array.isArray(a[1]) || a[1].every(textual))) &&
    every('Fn::Join', 'two parameters, (1) a string delimiter and (2) a list of strings to be joined'),
  'Fn::Select': (a) =>
    !(sized(a, 2) && between(a[0], 0, Number.MAX_SAFE_INTEGER) && listed(a[1])) &&
    every('Fn::Select', 'two parameters, an index that is a non-negative integer and a list'),
  'Fn::Split': (a) =>
    !(sized(a, 2) && written(a[0]) && textual(a[1])) &&
    every('Fn::Split', 'two parameters, (1) a string delimiter and (2) a string to be split'),
  'Fn::Sub': (a) =>
    !(written(a) || (sized(a, 2) && written(a[0]) && isObject(a[1]) && functionOf(a[1]) === undefined)) &&
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values",
  'Fn::Base64': (a) => !textual(a) && every('Fn::Base64', 'one string value'),
  'Fn::GetAZs': (a) => !textual(a) && every('Fn::GetAZs', 'one string value: a region'),
  'Fn::Cidr': (a) =>
    !(
      sized(a, 2, 3) &&
      textual(a[0]) &&
      between(a[1], CIDR_COUNT.least, CIDR_COUNT.most) &&
      (a[2] === undefined || between(a[2], 1, 128))
    ) &&
    every(
      'Fn::Cidr',
      `a block of addresses, a count from ${CIDR_COUNT.least} to ${CIDR_COUNT.most}, and at most the bits of each`,
    ),
  'Fn::FindInMap': (a) =>
    !(sized(a, 3) && a.every(textual)) &&
    every('Fn::FindInMap', 'three parameters, the map name, map key and the attribute for return value'),
  'Fn::If': (a) => !(sized(a, 3) && written(a[0])) && 'Template error: Fn::If requires a list argument with three elements',
  'Fn::ImportValue': (a) => !textual(a) && every('Fn::ImportValue', 'one string value: an export'),
  'Fn::GetStackOutput': (a) =>
    !(isObject(a) && a.StackName !== undefined && a.OutputName !== undefined) &&
    every('Fn::GetStackOutput', 'StackName and OutputName'),
};

/** Calls with every function inside a value: its name, its argument and where it stands. */
export function eachFunction(
  value: Json | undefined,
  path: string,
  seen: (name: string, argument: Json, path: string) => void,
): void {
  if (Array.isArray(value)) for (const [i, v] of value.entries()) eachFunction(v, `${path}/${i}`, seen);
  if (!isObject(value)) return;
  const name = functionOf(value);
  if (name !== undefined) seen(name, value[name] as Json, path);
  for (const [key, v] of Object.entries(value)) eachFunction(v, `${path}/${key}`, seen);
}

/** Functions of properties and outputs that are not as their form wants them. */
export function formFaults(value: Json | undefined, path: string): string[] {
  const faults: string[] = [];
  eachFunction(value, path, (name, argument, at) => {
    const said = forms[name]?.(argument);
    if (said) faults.push(`${said} (${at})`);
  });
  return faults;
}

/** Values that are null, by path: no template may have one. */
export function nullFaults(value: Json | undefined, path: string): string[] {
  if (value === null) return [`Template format error: [${path}] 'null' values are not allowed in templates`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, v]) => (typeof v === 'object' ? nullFaults(v, `${path}/${key}`) : []));
}
