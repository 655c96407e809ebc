/**
 * Reads facts out of a `*.generated.js` of ros-cdk: the JSON names and kinds stand in the functions `...ToRosTemplate`, what is required,
 * allowed values, ranges, lengths and patterns in the functions `...Validator`. The names of the properties in the jsii assembly are not
 * the names in a template for 24 of 246 types, so the assembly isn't read.
 */

const LIST = /^ros\.listMapper\((.*)\)$/s;
const MAP = /^ros\.hashMapper\((.*)\)$/s;
const PRIMITIVES = {
  'ros.stringToRosTemplate': 'string',
  'ros.numberToRosTemplate': 'number',
  'ros.booleanToRosTemplate': 'boolean',
  'ros.objectToRosTemplate': 'any',
};
/** Nests in itself at most this deep; every type of today stays below. */
const DEEPEST = 12;

/** `{ properties, attributes }` of every type of the source, by type name. */
export function readTypes(source) {
  const functions = new Map();
  for (const [, name, body] of source.matchAll(/\nfunction (\w+)\([^)]*\) \{\n([\s\S]*?)\n\}\n/g)) functions.set(name, body);
  const types = {};
  for (const [, className, type] of source.matchAll(/\n(\w+)\.ROS_RESOURCE_TYPE_NAME = "([^"]+)";/g)) {
    types[type] = {
      properties: structure(functions, `${lowerFirst(className)}PropsToRosTemplate`, `${className}PropsValidator`, 0),
      attributes: attributesOf(source, className),
    };
  }
  return types;
}

function attributesOf(source, className) {
  const start = source.indexOf(`\nclass ${className} extends`);
  const body = source.slice(start, source.indexOf('\n}\n', start));
  return [...body.matchAll(/= this\.getAtt\('([^']+)'\)/g)].map(([, name]) => name).sort();
}

function structure(functions, mapperName, validatorName, depth) {
  const mapper = functions.get(mapperName);
  const validator = functions.get(validatorName);
  if (mapper === undefined || validator === undefined) throw new Error(`no ${mapperName} or no ${validatorName} in the source`);
  if (depth > DEEPEST) throw new Error(`${mapperName} nests deeper than ${DEEPEST}`);
  const properties = {};
  for (const [, name, expression, property] of mapper.matchAll(/^ {4,}'([^']+)': (.+)\(properties\.(\w+)\),$/gm)) {
    properties[name] = { ...kindOf(functions, expression, depth), ...constraints(validator, property) };
  }
  const lines = [...mapper.matchAll(/^ {4,}'/gm)].length;
  if (lines !== Object.keys(properties).length)
    throw new Error(`${mapperName}: ${lines} properties, understood ${Object.keys(properties).length}`);
  return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function kindOf(functions, expression, depth) {
  const primitive = PRIMITIVES[expression];
  if (primitive !== undefined) return { type: primitive };
  if (expression === 'ros.rosTagToRosTemplate') {
    return { type: 'map', properties: { Key: { type: 'string', required: true }, Value: { type: 'string' } } };
  }
  if (expression === 'ros.anyDictToRosTemplate') return { type: 'map' };
  const list = LIST.exec(expression);
  if (list !== null) return { type: 'list', items: kindOf(functions, list[1], depth) };
  const map = MAP.exec(expression);
  if (map !== null) return { type: 'map', values: kindOf(functions, map[1], depth) };
  const nested = /^(ros\w+)PropertyToRosTemplate$/.exec(expression);
  if (nested === null) throw new Error(`a property is written by ${expression}, which is not known here`);
  return { type: 'map', properties: structure(functions, expression, validatorOf(functions, nested[1]), depth + 1) };
}

/** `rosDiskTags` -> `RosDisk_TagsPropertyValidator`: where the class's name ends can't be seen in the mapper's. */
function validatorOf(functions, mapper) {
  const wanted = `${mapper}propertyvalidator`.toLowerCase();
  for (const name of functions.keys()) if (name.includes('_') && name.replace('_', '').toLowerCase() === wanted) return name;
  throw new Error(`no validator beside ${mapper}PropertyToRosTemplate`);
}

function constraints(validator, property) {
  const found = {};
  const call = (check) =>
    validator.match(new RegExp(`propertyValidator\\('${property}', ros\\.${check}\\)\\(([\\s\\S]*?)\\)\\);`))?.[1];
  if (call('requiredValidator') !== undefined) found.required = true;
  const allowed = call('validateAllowedValues')?.match(/allowedValues: (\[.*\]),/)?.[1];
  if (allowed !== undefined) {
    const values = [...new Set(JSON.parse(allowed))];
    if (!values.every((value) => typeof value === 'boolean')) found.allowed = values;
  }
  bounds(call('validateRange'), 'min', 'max', found);
  bounds(call('validateLength'), 'minLength', 'maxLength', found);
  const pattern = call('validateAllowedPattern')?.match(/reg: \/(.*)\/\s*$/m)?.[1];
  if (pattern !== undefined) found.pattern = pattern;
  return found;
}

function bounds(text, low, high, found) {
  const min = text?.match(/min: (-?[\d.]+),/)?.[1];
  const max = text?.match(/max: (-?[\d.]+),/)?.[1];
  if (min !== undefined) found[low] = Number(min);
  if (max !== undefined) found[high] = Number(max);
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
