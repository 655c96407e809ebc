/** A planned data centre as files. Pure: what writes them stands in the command line's room. */
import { type FilePath, type FileText, filePath, filesByPath, fileText } from '../encode/file-text';
import type { IdcPlan, LinkPlan } from '../plan/model';
import { frrDaemons } from './daemons';
import { frrConfig } from './frr';
import { hostNetwork } from './host-network';
import { routerFilter } from './nftables';
import { networkdConfig, routerNetwork, routerSysctl } from './router-network';
import { sheet } from './sheet';
import { swanctlConfig } from './swanctl';

/**
 * Files of a data centre by path below its folder, sorted by path. Each text comes from the encoder of its language.
 *
 * @param links all of the estate; those that end elsewhere are passed over
 * @param userDataOf text of a rack's user-data, by name of the rack
 * @throws Unencodable for a value that a file can't hold; the estate's schema lets none through
 */
export function renderIdc(
  idc: IdcPlan,
  links: readonly LinkPlan[],
  userDataOf: (rack: string) => string,
): ReadonlyMap<string, string> {
  const own = links.filter(({ a, b }) => a.place === idc.name || b.place === idc.name);
  const racks = [...new Set(idc.hosts.map((host) => host.rack))];
  return filesByPath([
    [filePath('sheet.md'), sheet(idc, own)],
    ...idc.routers.flatMap((router): (readonly [FilePath, FileText])[] => {
      const file = (of: string): FilePath => filePath('routers', router.name, of);
      const swanctl = swanctlConfig(router, own);
      return [
        [file('frr.conf'), frrConfig(idc, router, own)],
        [file('nftables.conf'), routerFilter(idc, router, own)],
        [file('daemons'), frrDaemons(router)],
        [file('networkd.conf'), networkdConfig()],
        [file('sysctl.conf'), routerSysctl(idc, router)],
        ...(swanctl === undefined ? [] : [[file('swanctl.conf'), swanctl] as const]),
        ...routerNetwork(router),
      ];
    }),
    ...idc.hosts.flatMap(hostNetwork),
    // Written and encoded by the room of cloud-configs.
    ...racks.map((rack) => [filePath('racks', rack, 'user-data.yaml'), fileText(userDataOf(rack))] as const),
  ]);
}
