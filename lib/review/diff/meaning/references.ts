/** Values of templates as a person says them: who is referred to, not how. */
import { isIntrinsic, isObject, type Json, type JsonObject } from '../model/json';
import type { DiffContext } from './context';
import { memberVolume } from './host-names';
import { shown } from './secrets';

/** `RouteTablePrivateAG1` -> `PrivateA`; `TransitGatewayIdG1` -> `TransitGateway`. The prefix stays where nothing would be left. */
export function plainId(id: string): string {
  const bare = id.replace(/G\d+(?:x\d+)?$/, '').replace(/Id$/, '');
  return bare.replace(/^(?:RouteTable|SecurityGroup)(?=[A-Z])/, '');
}

/** Name of what a value refers to: the logical id of this stack's, or the output of another one's. */
export function referredId(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  if (typeof value.Ref === 'string') return value.Ref;
  const att = value['Fn::GetAtt'];
  if (typeof att === 'string') return att.split('.')[0];
  if (Array.isArray(att) && typeof att[0] === 'string') return att[0];
  const imported = value['Fn::ImportValue'];
  if (typeof imported === 'string') return imported.slice(imported.lastIndexOf(':') + 1);
  const read = value['Fn::GetStackOutput'];
  if (isObject(read) && typeof read.OutputName === 'string') return read.OutputName;
  return undefined;
}

/** Place that a value is read from: `us-east-1` of `us-east-1-network:VpcIdG1`, or the region of an output. */
export function placeOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const read = value['Fn::GetStackOutput'];
  if (isObject(read) && typeof read.Region === 'string') return read.Region;
  const imported = value['Fn::ImportValue'];
  return typeof imported === 'string' ? /^(.*)-(?:network|transit|base):/.exec(imported)?.[1] : undefined;
}

/** A text that is put together: its parts by name. */
function joined(value: JsonObject, context: DiffContext | undefined): string | undefined {
  const join = value['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return (join[1] as readonly Json[]).map((part) => named(part, context) ?? String(part)).join(String(join[0]));
  }
  const sub = value['Fn::Sub'];
  if (typeof sub === 'string') return sub;
  return Array.isArray(sub) && typeof sub[0] === 'string' ? sub[0] : undefined;
}

/** An intrinsic function by what it comes to; undefined for other values. */
function named(value: Json | undefined, context: DiffContext | undefined): string | undefined {
  if (!isIntrinsic(value)) return undefined;
  const id = referredId(value);
  return id === undefined ? joined(value, context) : thingName(id, context);
}

/** A volume is not its host: `data of us-east-1-core-storage-3`. */
function thingName(id: string, context: DiffContext | undefined): string {
  const [host, volume] = [context?.hostOf(id), memberVolume(id)];
  if (host === undefined) return plainId(id);
  return volume === undefined ? host : `${volume} of ${host}`;
}

/** One line for any value. */
export function valueWords(value: Json | undefined, context?: DiffContext): string {
  if (value === undefined) return 'nothing';
  const name = named(value, context);
  if (name !== undefined) return short(name);
  if (typeof value === 'string') return short(value === '' ? '""' : value);
  return short(JSON.stringify(readable(value, context)));
}

/** Inside a list or an object references are named too. */
function readable(value: Json, context: DiffContext | undefined): Json {
  const name = named(value, context);
  if (name !== undefined) return name;
  if (Array.isArray(value)) return value.map((item: Json) => readable(item, context));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner ?? null, context)]));
}

/** Of a change: `ami-1 -> ami-2`. Secrets are not shown. */
export function changeWords(property: string, before: Json | undefined, after: Json | undefined, context?: DiffContext): string {
  const [old, now] = [shown(before, [property]), shown(after, [property])];
  if (old === undefined) return `${property} ${valueWords(now, context)} (new)`;
  if (now === undefined) return `${property} ${valueWords(old, context)} -> nothing`;
  return `${property} ${valueWords(old, context)} -> ${valueWords(now, context)}`;
}

/** Characters of a value that stand in a line; all of them stand in the JSON. */
const MOST = 120;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MOST ? line : `${line.slice(0, MOST - 3)}...`;
}
