/** A planned data centre as files. Pure: what writes them stands in the command line's room. */
import type { IdcPlan, LinkPlan } from '../plan/model';
import { frrDaemons } from './daemons';
import { frrConfig } from './frr';
import { hostNetwork } from './host-network';
import { networkdConfig, routerNetwork, routerSysctl } from './router-network';
import { sheet } from './sheet';
import { swanctlConfig } from './swanctl';

/**
 * Files of a data centre by path below its folder, sorted by path.
 *
 * @param links all of the estate; those that end elsewhere are passed over
 * @param userDataOf text of a rack's user-data, by name of the rack
 */
export function renderIdc(
  idc: IdcPlan,
  links: readonly LinkPlan[],
  userDataOf: (rack: string) => string,
): ReadonlyMap<string, string> {
  const own = links.filter(({ a, b }) => a.place === idc.name || b.place === idc.name);
  const files = new Map<string, string>([['sheet.md', sheet(idc, own)]]);
  for (const router of idc.routers) {
    const folder = `routers/${router.name}`;
    files.set(`${folder}/frr.conf`, frrConfig(idc, router, own));
    files.set(`${folder}/daemons`, frrDaemons(router));
    files.set(`${folder}/networkd.conf`, networkdConfig());
    files.set(`${folder}/sysctl.conf`, routerSysctl(idc, router));
    const swanctl = swanctlConfig(router, own);
    if (swanctl !== undefined) files.set(`${folder}/swanctl.conf`, swanctl);
    for (const [name, text] of routerNetwork(router)) files.set(`${folder}/${name}`, text);
  }
  for (const host of idc.hosts) for (const [name, text] of hostNetwork(host)) files.set(`hosts/${host.name}/${name}`, text);
  for (const rack of new Set(idc.hosts.map((host) => host.rack))) files.set(`racks/${rack}/user-data.yaml`, userDataOf(rack));
  return new Map([...files].sort(([x], [y]) => (x < y ? -1 : 1)));
}
