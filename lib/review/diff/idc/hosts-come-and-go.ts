/** Hosts of racks that are new, or that nothing describes any more, told rack by rack. */
import type { Meaning } from '../meaning/meaning';
import { type FolderChange, foldersThatDiffer, type IdcChange } from './change';
import { byRack } from './racks';
import { hostNetwork } from './read/host';

export function hostsComeAndGo(change: IdcChange): Meaning[] {
  const hosts = foldersThatDiffer(change, 'hosts');
  return (['before', 'after'] as const).flatMap((side) => {
    const other = side === 'before' ? 'after' : 'before';
    const alone = hosts.filter((host) => host[side] !== undefined && host[other] === undefined);
    return byRack(change, alone, side).map(([rack, own]): Meaning => {
      const [place, goes] = [`${change.name}/rack-${rack}`, side === 'before'];
      const whole = ![...change[other].keys()].some((path) => path.startsWith(`racks/${rack}/`));
      const state = whole ? (goes ? 'the whole rack, which is no longer described' : 'the rack is new') : rackSays(goes);
      return {
        kind: goes ? 'host-goes' : 'host-comes',
        severity: goes ? 'replaced' : 'addition',
        stack: place,
        what: `${goes ? 'go' : 'come'}: ${place}, ${state}`,
        hosts: own.map(({ name }) => name),
        ofHosts: true,
        details: own.map((host) => hostWords(change, host, side)),
        pace: WHEN_APPLIED,
        explains: [...own.map(({ name }) => `hosts/${name}/`), ...(whole ? [`racks/${rack}/`] : [])],
      };
    });
  });
}

/** Nobody restarts a data centre's hosts and routers: meissa writes files, and who runs the data centre puts them in place. */
export const WHEN_APPLIED = 'when applied';

function rackSays(goes: boolean): string {
  return goes ? 'which no longer counts them: meissa says nothing to them any more' : 'which has them from now on';
}

function hostWords({ rows }: IdcChange, host: FolderChange, side: 'before' | 'after'): string {
  const { address, ports } = hostNetwork(host[side]!);
  const row = rows[side].get(host.name);
  const cables = [...(row?.cables ?? [])].map(([port, to]) => (to === '-' ? port : `${port} at ${to}`));
  return [
    `${host.name}  ${address}`,
    ...(row?.containers === undefined ? [] : [`containers ${row.containers}`]),
    `ports ${cables.length === 0 ? ports : cables.join(', ')}`,
    ...(row?.unit === undefined ? [] : [`unit ${row.unit}`]),
  ].join('; ');
}
