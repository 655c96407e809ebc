/** `idc.out/`: routers, racks and hosts of the data centres as files, written beside cdk.out. */

import type { Estate } from '../estate/model/model';
import { rackUserDataOf } from '../host-config/fleet-user-data';
import { renderIdc } from '../idc/render';
import { planIdc } from '../plan/idc/idc';
import { planLinks } from '../plan/links/links';
import { refuseSecrets } from './secret-door';

/**
 * Files of every data centre with routers, by path below `idc.out`; throws all findings of a rack's user-data.
 *
 * @param only names of data centres. @default - all
 * @param known files that stand already: whether they hold a secret is not asked again. @default - none
 */
export function idcFiles(
  estate: Estate,
  only?: readonly string[],
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const links = planLinks(estate);
  // A rack's host reads the text from its disk: it is never packed.
  const userDataOf = rackUserDataOf(estate);
  const files = new Map<string, string>();
  for (const idc of estate.idcs) {
    if (idc.routers.length === 0 || only?.includes(idc.name) === false) continue;
    const rendered = renderIdc(planIdc(estate, idc), links, (rack) => userDataOf(idc.name, rack).text);
    for (const [path, text] of rendered) files.set(`${idc.name}/${path}`, text);
  }
  const fresh = new Map([...files].filter(([path, text]) => known.get(path) !== text));
  if (estate.past !== true) refuseSecrets(fresh, 'idc.out');
  return files;
}
