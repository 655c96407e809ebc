/** Whether two emissions can differ in who reaches whom: by texts first, by what decides paths only in templates that differ. */
import type { EstateSource } from '../../../estate/read/source';
import type { TemplateResource } from '../../../reach/read/assembly';
import { pathPart } from '../../../reach/read/path-part';
import type { WorldPlaces } from '../../../reach/read/read-world';

export function samePaths(before: EstateSource, after: EstateSource, places: WorldPlaces = {}): boolean {
  const { cloud = 'cdk.out', aliyun = 'aliyun.out', idc = 'idc.out' } = places;
  return (
    sameTemplates(before, after, cloud) &&
    sameTemplates(before, after, aliyun) &&
    sameSaid(before, after, aliyun) &&
    sameRouting(before, after, idc)
  );
}

/** Files of a data centre that reach reads. */
const ROUTING = /\/(frr\.conf|[^/]+\.(network|netdev))$/;
const TEMPLATE = /\.template\.json$/;

function sameTemplates(before: EstateSource, after: EstateSource, folder: string): boolean {
  const names = new Set([...(before.list(folder) ?? []), ...(after.list(folder) ?? [])]);
  return [...names]
    .filter((name) => TEMPLATE.test(name))
    .every((name) => {
      const [was, is] = [before.read(`${folder}/${name}`), after.read(`${folder}/${name}`)];
      return was === is || pathsOf(was) === pathsOf(is);
    });
}

/** What decides paths in a template, as a text; a template that isn't there decides nothing. */
function pathsOf(text: string | undefined): string {
  if (text === undefined) return '[]';
  const template = parsed(text) as { Resources?: Record<string, TemplateResource> } | undefined;
  // What can't be read is for the readers to say.
  if (template === undefined) return text;
  const parts = Object.entries(template.Resources ?? {}).map(([id, resource]) => [id, pathPart(resource)]);
  return JSON.stringify(parts.filter(([, part]) => part !== undefined).sort());
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

/** Routers' and hosts' network files: `<folder>/<idc>/{routers,hosts}/<name>/<file>`. */
export function sameRouting(before: EstateSource, after: EstateSource, folder: string): boolean {
  const paths = new Set([...routingFiles(before, folder), ...routingFiles(after, folder)]);
  return [...paths].every((path) => before.read(path) === after.read(path));
}

function routingFiles(files: EstateSource, folder: string): string[] {
  const below = (path: string) => (files.list(path) ?? []).map((name) => `${path}/${name}`);
  return below(folder)
    .flatMap((idc) => [`${idc}/routers`, `${idc}/hosts`].flatMap(below).flatMap(below))
    .filter((path) => ROUTING.test(path));
}
