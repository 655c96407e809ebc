/** What of the texts that hosts boot with decides what they do with packets. Two equal parts are one to reach. */
import type { TemplateResource } from './assembly';
import { DOCKER_FILES } from './docker';
import { hostFiles } from './host-files';
import { loadedTables } from './loaded-tables';
import { ENV } from './planned-range';
import { routeSizes } from './route-sizes';
import { userDataText, type WithUserData } from './user-data';

/** As a text; of a text that can't be read all of it. */
export function hostPart(userData: string): string {
  const files = hostFiles(userData);
  if (typeof files === 'string') return userData;
  const docker = [...files].filter(([path]) => DOCKER_FILES.test(path)).sort();
  return JSON.stringify([
    loadedTables(files),
    docker,
    routeSizes(files),
    files.get(ENV)?.match(/^MEISSA_(?:ZONES|PER_ZONE|CONTAINER|FIRST)\w*=.*$/gm),
  ]);
}

/** Of each host and template of hosts of a template, by logical id. */
export function hostParts(
  resources: Readonly<Record<string, TemplateResource>>,
  template: WithUserData,
): [logicalId: string, part: string][] {
  const known = new Map<string, string>();
  return Object.entries(resources).flatMap(([id, { Properties = {} }]): [string, string][] => {
    const value = Properties.UserData ?? (Properties.LaunchTemplateData as { UserData?: unknown } | undefined)?.UserData;
    if (value === undefined) return [];
    const key = JSON.stringify(value);
    let part = known.get(key);
    if (part === undefined) {
      const text = userDataText(value, template);
      part = text === undefined ? key : hostPart(text);
      known.set(key, part);
    }
    return [[id, part]];
  });
}
