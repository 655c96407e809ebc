/** Whether two emissions can differ in who reaches whom: by texts first, by what decides paths only in templates that differ. */
import type { EstateSource } from '../../../estate/read/source';
import { ALIYUN, type Mappings, type TemplateResource } from '../../../reach/read/assembly';
import { hostPart, hostParts } from '../../../reach/read/host-part';
import { pathPart } from '../../../reach/read/path-part';
import type { WorldPlaces } from '../../../reach/read/read-world';

export function samePaths(before: EstateSource, after: EstateSource, places: WorldPlaces = {}): boolean {
  const { cloud = 'cdk.out', aliyun = 'aliyun.out', idc = 'idc.out' } = places;
  return (
    sameTemplates(before, after, cloud, '') &&
    sameTemplates(before, after, aliyun, ALIYUN) &&
    sameSaid(before, after, aliyun) &&
    sameConfigurations(before, after, aliyun) &&
    sameRouting(before, after, idc)
  );
}

/** Files of a data centre that reach reads. */
const ROUTING = /\/(frr\.conf|[^/]+\.(network|netdev))$/;
const TEMPLATE = /\.template\.json$/;

function sameTemplates(before: EstateSource, after: EstateSource, folder: string, account: string): boolean {
  const names = new Set([...(before.list(folder) ?? []), ...(after.list(folder) ?? [])]);
  return [...names]
    .filter((name) => TEMPLATE.test(name))
    .every((name) => {
      const [was, is] = [before.read(`${folder}/${name}`), after.read(`${folder}/${name}`)];
      return was === is || pathsOf(was, account) === pathsOf(is, account);
    });
}

/** What decides paths in a template, as a text; a template that isn't there decides nothing. */
function pathsOf(text: string | undefined, account: string): string {
  if (text === undefined) return '[]';
  const template = parsed(text) as { Resources?: Record<string, TemplateResource>; Mappings?: Mappings } | undefined;
  // What can't be read is for the readers to say.
  if (template === undefined) return text;
  const { Resources = {}, Mappings = {} } = template;
  const parts = Object.entries(Resources).map(([id, resource]) => [id, pathPart(resource)]);
  const hosts = hostParts(Resources, { account, mappings: Mappings });
  return JSON.stringify([...parts.filter(([, part]) => part !== undefined), ...hosts].sort());
}

/** What the manifest of ROS says of paths and no template can. */
function sameSaid(before: EstateSource, after: EstateSource, folder: string): boolean {
  const [was, is] = [before.read(`${folder}/manifest.json`), after.read(`${folder}/manifest.json`)];
  return was === is || saidIn(was) === saidIn(is);
}

function saidIn(text: string | undefined): string {
  const manifest = (text === undefined ? {} : parsed(text)) as { stacks?: readonly Record<string, unknown>[] } | undefined;
  return JSON.stringify(
    (manifest?.stacks ?? []).map(({ path, parameters, isolatedGroups, members }) => {
      const unchecked = ((members ?? []) as { instance: string; sourceDestCheck?: boolean }[]).filter(
        (member) => member.sourceDestCheck === false,
      );
      return [path, parameters, isolatedGroups, unchecked.map(({ instance }) => instance)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Texts that hosts boot with, as far as packets care. */
function sameParts(before: EstateSource, after: EstateSource, paths: ReadonlySet<string>): boolean {
  const part = (text: string | undefined) => (text === undefined ? undefined : hostPart(text));
  return [...paths].every((path) => {
    const [was, is] = [before.read(path), after.read(path)];
    return was === is || part(was) === part(is);
  });
}

/** Published for members of Aliyun, beside the templates. */
function sameConfigurations(before: EstateSource, after: EstateSource, folder: string): boolean {
  const names = [...(before.list(folder) ?? []), ...(after.list(folder) ?? [])].filter((name) =>
    /\.configuration\.yaml$/.test(name),
  );
  return sameParts(before, after, new Set(names.map((name) => `${folder}/${name}`)));
}

/** `<folder>/<idc>/racks/<rack>/user-data.yaml`. */
function sameRacks(before: EstateSource, after: EstateSource, folder: string): boolean {
  const below = (files: EstateSource, path: string) => (files.list(path) ?? []).map((name) => `${path}/${name}`);
  const racks = (files: EstateSource) => below(files, folder).flatMap((idc) => below(files, `${idc}/racks`));
  return sameParts(before, after, new Set([...racks(before), ...racks(after)].map((rack) => `${rack}/user-data.yaml`)));
}

/** Routers' and hosts' network files, `<folder>/<idc>/{routers,hosts}/<name>/<file>`, and what racks do with packets. */
export function sameRouting(before: EstateSource, after: EstateSource, folder: string): boolean {
  const paths = new Set([...routingFiles(before, folder), ...routingFiles(after, folder)]);
  return [...paths].every((path) => before.read(path) === after.read(path)) && sameRacks(before, after, folder);
}

function routingFiles(files: EstateSource, folder: string): string[] {
  const below = (path: string) => (files.list(path) ?? []).map((name) => `${path}/${name}`);
  return below(folder)
    .flatMap((idc) => [`${idc}/routers`, `${idc}/hosts`].flatMap(below).flatMap(below))
    .filter((path) => ROUTING.test(path));
}
