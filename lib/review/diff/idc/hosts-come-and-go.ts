/** Hosts of racks that are new, or that nothing describes any more, told rack by rack. */
import type { Meaning } from '../meaning/meaning';
import { type FolderChange, foldersThatDiffer, type IdcChange, type Side } from './change';
import { byRack } from './racks';
import { hostNetwork } from './read/host';

export function hostsComeAndGo(change: IdcChange): Meaning[] {
  const hosts = foldersThatDiffer(change, 'hosts');
  return (['before', 'after'] as const).flatMap((side) => {
    const other = side === 'before' ? 'after' : 'before';
    const alone = hosts.filter((host) => host[side] !== undefined && host[other] === undefined);
    return byRack(change, alone, side).map(([rack, own]): Meaning => {
      const [place, goes] = [`${change.name}/rack-${rack}`, side === 'before'];
      const whole = !change.folders[other].racks.has(rack);
      return {
        kind: goes ? 'host-goes' : 'host-comes',
        severity: goes ? 'replaced' : 'addition',
        stack: place,
        what: `${goes ? 'go' : 'come'}: ${place}${STATE[whole ? 'rack' : 'hosts'][goes ? 'goes' : 'comes']}`,
        hosts: own.map(({ name }) => name),
        ofHosts: true,
        details: own.map((host) => hostWords(change, host, side)),
        explains: [...own.map(({ name }) => `hosts/${name}/`), ...(whole ? [`racks/${rack}/`] : [])],
      };
    });
  });
}

const STATE = {
  rack: { comes: ', a new rack', goes: ', the whole rack, which is no longer described; nobody switches them off for you' },
  hosts: { comes: '', goes: ', which no longer counts them; nobody switches them off for you' },
} as const;

function hostWords({ rows }: IdcChange, host: FolderChange, side: Side): string {
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
