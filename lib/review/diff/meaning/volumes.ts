/** Data volumes of members that stand: those that come, and those that change while they are in use. */
import { type Json, listOf, objectOf, sameJson } from '../model/json';
import { type DiffContext, explained, type Resource, type ResourceChange } from './context';
import { effectOf } from './effects';
import { INSTANCES, memberNumber, memberVolume } from './host-names';
import type { Meaning } from './meaning';
import { changeWords, referredId } from './references';

const VOLUMES: ReadonlySet<string> = new Set(['AWS::EC2::Volume', 'ALIYUN::ECS::Disk']);

/** Of a host that comes they are told with it; one that goes is told as data. */
export function volumesThatChange(context: DiffContext): Meaning[] {
  return [...come(context), ...change(context), ...attachments(context)];
}

function come(context: DiffContext): Meaning[] {
  return context.resources.flatMap((resource): Meaning[] => {
    const { id, after, before } = resource;
    const host = hostWithVolume(context, resource);
    if (host === undefined || after === undefined || before !== undefined || !stood(context, id)) return [];
    return [told(context, 'volume-comes', `get a volume more, empty: ${volumeWords(id, after)}`, host, [explained(id)])];
  });
}

function change(context: DiffContext): Meaning[] {
  return context.resources.flatMap((resource): Meaning[] => {
    const { id, before, after, properties } = resource;
    const host = hostWithVolume(context, resource);
    if (host === undefined || before === undefined || after === undefined) return [];
    const own = properties.filter((name) => name !== 'Tags' && effectOf(context.change.provider, resource, name) === 'none');
    if (own.length === 0) return [];
    const words = own.map((name) => changeWords(name, before.Properties[name], after.Properties[name], context)).join('; ');
    const explains = own.map((name) => explained(id, name));
    return [
      told(context, 'volume-changes', `get volume ${memberVolume(id)} changed while it is in use: ${words}`, host, explains),
    ];
  });
}

/** What attaches volumes that come or go says nothing more. */
function attachments(context: DiffContext): Meaning[] {
  const moved = new Set(context.resources.flatMap(({ id, before, after }) => (before && after ? [] : [id])));
  const explains = context.resources.flatMap(({ id, type, before, after, properties }) => {
    if (type === 'ALIYUN::ECS::DiskAttachment' && !(before && after)) {
      return moved.has(referredId((after ?? before)!.Properties.DiskId) ?? '') ? [explained(id)] : [];
    }
    if (!INSTANCES.has(type) || !properties.includes('Volumes')) return [];
    const [old, now] = [attached(before), attached(after)];
    const differ = [...old, ...now].filter((one) => !(has(old, one) && has(now, one)));
    return differ.every((one) => moved.has(referredId(objectOf(one).VolumeId) ?? '')) ? [explained(id, 'Volumes')] : [];
  });
  if (explains.length === 0) return [];
  return [
    { kind: 'volume-attached', severity: 'cosmetic', stack: context.change.path, what: '', hosts: [], details: [], explains },
  ];
}

function attached(resource: Resource | undefined): readonly Json[] {
  return listOf(resource?.Properties.Volumes);
}

function has(list: readonly Json[], one: Json): boolean {
  return list.some((other) => sameJson(other, one));
}

function hostWithVolume({ hostOf }: DiffContext, { id, type }: ResourceChange): string | undefined {
  return VOLUMES.has(type) && memberVolume(id) !== undefined ? hostOf(id) : undefined;
}

/** Whether its member had an instance before. */
function stood({ all }: DiffContext, id: string): boolean {
  return [...all.before].some(([other, { Type }]) => INSTANCES.has(Type) && memberNumber(other) === memberNumber(id));
}

/** Volumes of a member, as they are said behind its type: `data 500 GiB gp3`. */
export function volumesOf({ all }: DiffContext, number: number): string[] {
  return [...all.after].flatMap(([id, resource]) =>
    VOLUMES.has(resource.Type) && memberNumber(id) === number && memberVolume(id) !== undefined
      ? [volumeWords(id, resource)]
      : [],
  );
}

function volumeWords(id: string, { Properties: { Size, VolumeType, DiskCategory, PerformanceLevel } }: Resource): string {
  const kind = [VolumeType, DiskCategory, PerformanceLevel].filter((part) => typeof part === 'string').join(' ');
  return `${memberVolume(id)} ${String(Size)} GiB ${kind}`.trimEnd();
}

function told(context: DiffContext, kind: Meaning['kind'], what: string, host: string, explains: readonly string[]): Meaning {
  return { kind, severity: 'addition', stack: context.change.path, what, hosts: [host], ofHosts: true, details: [], explains };
}
