import {
  absent,
  evaluate,
  evaluateInner,
  getAtt,
  type Language,
  substitute,
  type TemplateFunction,
} from '../../../engine/evaluate';
import { isObject, type Json, type JsonObject } from '../../../engine/json';
import { hasUnknown } from '../../../engine/unknown';
import { aliyunZones } from '../../../facts/aliyun/regions';
import { invalid, notHere } from './errors';

const argumentsOf = (name: string, value: Json, least: number, most = least): Json[] => {
  if (!Array.isArray(value) || value.length < least || value.length > most)
    throw invalid(`Incorrect arguments to "${name}": should be a list of ${least === most ? least : `${least} to ${most}`}.`);
  return value;
};

const text = (name: string, value: Json): string => {
  if (typeof value === 'object' && value !== null) throw invalid(`Incorrect arguments to "${name}": a string is needed.`);
  return value === null ? '' : String(value);
};

const list = (name: string, value: Json): Json[] => {
  if (Array.isArray(value)) return value;
  if (hasUnknown(value)) return [value];
  throw invalid(`Incorrect arguments to "${name}": a list is needed.`);
};

const joined = (v: Json): string => (v === null ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v));

const replaced = (whole: string, pairs: JsonObject): string =>
  Object.entries(pairs).reduce((t, [from, to]) => t.split(from).join(joined(to)), whole);

const select: TemplateFunction = (a, s) => {
  const [index, from, fallback] = argumentsOf('Fn::Select', a, 2, 3) as [Json, Json, Json | undefined];
  const at = evaluate(index, s);
  const values = evaluate(from, s);
  const other = (): Json => (fallback === undefined ? '' : evaluate(fallback, s));
  if (isObject(values)) return values[String(at)] ?? other();
  if (hasUnknown(values) && !Array.isArray(values)) return values;
  if (/:/.test(String(at))) throw notHere('Fn::Select of a range');
  return list('Fn::Select', values)[Number(at)] ?? other();
};

/** ROS's functions ("Functions", Resource Orchestration Service). Those that aren't here are refused by name. */
const functions: Record<string, TemplateFunction> = {
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Str': (a, s) => joined(evaluate(a, s)),
  'Fn::Join': (a, s) => {
    const [separator, values] = argumentsOf('Fn::Join', a, 2) as [Json, Json];
    return list('Fn::Join', evaluate(values, s)).map(joined).join(text('Fn::Join', separator));
  },
  'Fn::Split': (a, s) => {
    const [separator, whole] = argumentsOf('Fn::Split', a, 2) as [Json, Json];
    return text('Fn::Split', evaluate(whole, s)).split(text('Fn::Split', separator));
  },
  'Fn::Replace': (a, s) => {
    const [pairs, whole] = argumentsOf('Fn::Replace', a, 2) as [Json, Json];
    const found = evaluate(pairs, s);
    if (!isObject(found)) throw invalid('Incorrect arguments to "Fn::Replace": a map of strings is needed.');
    return replaced(text('Fn::Replace', evaluate(whole, s)), found);
  },
  'Fn::FindInMap': (a, s) => {
    const keys = argumentsOf('Fn::FindInMap', a, 3).map((k) => text('Fn::FindInMap', evaluate(k, s)));
    const top = s.mappings[keys[0] as string]?.[keys[1] as string];
    const found = isObject(top) ? top[keys[2] as string] : undefined;
    if (found === undefined) throw invalid(`The mapping "${keys.join('.')}" (in Fn::FindInMap) could not be found.`);
    return found;
  },
  'Fn::If': (a, s) => {
    const [condition, yes, no] = argumentsOf('Fn::If', a, 2, 3) as [Json, Json, Json | undefined];
    const chosen = s.condition(String(condition)) ? yes : no;
    return chosen === undefined ? absent : evaluateInner(chosen, s);
  },
  'Fn::Base64Encode': (a, s) => {
    const plain = text('Fn::Base64Encode', evaluate(a, s));
    return hasUnknown(plain) ? plain : Buffer.from(plain, 'utf8').toString('base64');
  },
  'Fn::Base64Decode': (a, s) => {
    const coded = text('Fn::Base64Decode', evaluate(a, s));
    return hasUnknown(coded) ? coded : Buffer.from(coded, 'base64').toString('utf8');
  },
  'Fn::GetAZs': (a, s) => aliyunZones(text('Fn::GetAZs', evaluate(a, s)) || s.region),
  'Fn::Length': (a, s) => {
    const value = evaluate(a, s);
    return typeof value === 'string' ? value.length : list('Fn::Length', value).length;
  },
  'Fn::Index': (a, s) => {
    const [item, from] = argumentsOf('Fn::Index', a, 2).map((v) => evaluate(v, s)) as [Json, Json];
    const at = list('Fn::Index', from).map(String).indexOf(String(item));
    return at < 0 ? null : at;
  },
  'Fn::ListMerge': (a, s) => argumentsOf('Fn::ListMerge', a, 1, 100).flatMap((v) => list('Fn::ListMerge', evaluate(v, s))),
  'Fn::GetJsonValue': (a, s) => {
    const [key, whole] = argumentsOf('Fn::GetJsonValue', a, 2).map((v) => evaluate(v, s)) as [Json, Json];
    const value = typeof whole === 'string' ? parsed(whole) : whole;
    return isObject(value) ? (value[String(key)] ?? '') : '';
  },
};

function parsed(whole: string): Json {
  try {
    return JSON.parse(whole) as Json;
  } catch {
    throw invalid('Incorrect arguments to "Fn::GetJsonValue": the text is no JSON.');
  }
}

/** ROS's template language; `stackOutput` reads an output of another stack. */
export const rosLanguage = (stackOutput: (query: JsonObject) => Json): Language => ({
  noValue: 'ALIYUN::NoValue',
  functions: {
    ...functions,
    'Fn::GetStackOutput': (a, s) => {
      const [stackId, key, region] = argumentsOf('Fn::GetStackOutput', a, 2, 3).map((v) => evaluate(v, s));
      return stackOutput({
        StackId: stackId as Json,
        OutputKey: key as Json,
        ...(region === undefined ? {} : { Region: region }),
      });
    },
  },
  dynamic: (text) => {
    if (/\{\{resolve:[^:}]+:[^}]+\}\}/.test(text)) throw notHere('A dynamic reference');
    return text;
  },
  unknownFunction: (name) => notHere(`The function ${name}`),
});

/** Functions of ROS that aren't here, and those of conditions and rules ("Functions", Resource Orchestration Service). */
const OTHERS =
  'Add And Any Avg Calculate Cidr Contains EachMemberIn EachMemberNotIn Equals FormatTime GetStackOutput Jq MarketplaceImage MatchPattern Max MemberListToMap MergeMapToList Min Not Or SelectMapList Sum TransformNamespace ValueOf ValueOfAll'.split(
    ' ',
  );

/** Whether ROS has a function of this name, `Fn::` with it. */
export const isRosFunction = (name: string): boolean => Object.hasOwn(functions, name) || OTHERS.includes(name.slice(4));
