import { isObject, type JsonObject } from '../../../../engine/json';
import type { Template } from '../../../../engine/template';
import { PARAMETER_KEYS, PARAMETER_TYPES } from '../../../../facts/aws/template-language';
import { valueFault } from './parameter-values';

const SCALARS = [
  'Default',
  'AllowedPattern',
  'ConstraintDescription',
  'Description',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
  'NoEcho',
  'Type',
];

function declarationFaults(name: string, p: JsonObject): string[] {
  const at = `Template format error: Parameter ${name}`;
  const type = String(p.Type);
  const numeric = type === 'Number' || type === 'List<Number>';
  const keys: readonly string[] = [...PARAMETER_KEYS.all, ...(numeric ? PARAMETER_KEYS.number : PARAMETER_KEYS.text)];
  return [
    p.Type === undefined ? `Template format error: Every Parameters object must contain a Type member. (${name})` : '',
    p.Type !== undefined && !PARAMETER_TYPES.has(type)
      ? `Template format error: Unrecognized parameter type: ${type} (${name})`
      : '',
    ...Object.keys(p).map((key) =>
      keys.includes(key) ? '' : `${at}: Invalid template parameter property '${key}' of type ${type}`,
    ),
    ...SCALARS.map((key) => (typeof p[key] === 'object' ? `${at}: Every ${key} member must be a string.` : '')),
    p.AllowedValues !== undefined && !Array.isArray(p.AllowedValues) ? `${at}: AllowedValues must be a list` : '',
    defaultFault(name, p),
  ].filter((said) => said !== '');
}

/** A default is asked what every value is; what stands in the parameter store isn't known here, and lists are asked as the stack is made. */
function defaultFault(name: string, p: JsonObject): string {
  if (p.Default === undefined || typeof p.Default === 'object' || /^(AWS::SSM::|List<)/.test(String(p.Type))) return '';
  const fault = valueFault(p, String(p.Default));
  return fault ? `Template format error: Parameter '${name}' default value ${fault}` : '';
}

/** What is wrong with the parameters as they are declared. */
export const parameterFaults = ({ Parameters, Resources }: Template): string[] =>
  Object.entries(Parameters).flatMap(([name, p]) => [
    ...(isObject(p)
      ? declarationFaults(name, p)
      : [`Template format error: Every Parameters object must contain a Type member. (${name})`]),
    ...(/^[A-Za-z0-9]{1,255}$/.test(name) ? [] : [`Template format error: Parameter name ${name} is non alphanumeric.`]),
    ...(name in Resources ? [`Template format error: Resources and Parameters must not share name: ${name}`] : []),
  ]);
