/** Interfaces of routers: addresses, VLANs, the ports they stand on. */
import type { Meaning } from '../meaning/meaning';
import { moved } from './change-words';
import type { Interface } from './read/interfaces';
import { entriesThatDiffer, fileOf, type RouterChange } from './router';

export function interfacesThatChange(router: RouterChange): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  const faces = new Set([...before.network.interfaces.keys(), ...after.network.interfaces.keys()]);
  const says = [...faces].flatMap((name): Meaning[] => {
    const [old, now] = [before.network.interfaces.get(name), after.network.interfaces.get(name)];
    const [was, is] = [before.frr.descriptions.get(name), after.frr.descriptions.get(name)];
    const base = { severity: 'network', stack: place, hosts: [], details: [] } as const;
    if (old === undefined || now === undefined) {
      const face = (now ?? old)!;
      const [kind, sign] = now === undefined ? (['interface-goes', '-'] as const) : (['interface-comes', '+'] as const);
      const explains = filesOf(router, face);
      return [{ ...base, kind, what: `${sign} ${name} ${faceWords(face)}${forWords(is ?? was)}`, explains }];
    }
    const words = [
      moved('address', old.address, now.address),
      moved('VLAN', old.vlan, now.vlan),
      moved('port', old.port, now.port),
      moved('MTU', old.mtu, now.mtu),
      moved('kind', old.kind, now.kind),
      moved('number of the tunnel', old.tunnel, now.tunnel),
      was === is ? undefined : `from now on ${is ?? 'for nothing'}`,
    ].filter((one) => one !== undefined);
    if (words.length === 0) return [];
    const what = `~ ${name}${forWords(was ?? is)}: ${words.join('; ')}`;
    return [{ ...base, kind: 'interface-changes', what, explains: [...filesOf(router, old), ...filesOf(router, now)] }];
  });
  return [...says, ...portsThatChange(router)];
}

/** Cables of a router: its trunk and the ports of its lines. */
function portsThatChange(router: RouterChange): Meaning[] {
  const ports = entriesThatDiffer(router.before!.network.ports, router.after!.network.ports);
  return ports.map(({ key, old, now }): Meaning => {
    const base = { severity: 'network', stack: router.place, hosts: [], details: [] } as const;
    const explains = [fileOf(router, portFile(key))];
    if (old === undefined) return { ...base, kind: 'port-comes', what: `+ port ${key} is cabled, MTU ${now}`, explains };
    if (now === undefined) return { ...base, kind: 'port-goes', what: `- port ${key} carries nothing any more`, explains };
    return { ...base, kind: 'port-changes', what: `~ port ${key}: ${moved('MTU', old, now)}`, explains };
  });
}

/** Those of its own, and that of the port which carries it. */
function filesOf(router: RouterChange, { files, port }: Interface): string[] {
  return [...files, ...(port === undefined ? [] : [portFile(port)])].map((file) => fileOf(router, file));
}

function portFile(port: string): string {
  return `10-${port}.network`;
}

function faceWords({ address, vlan, port, mtu }: Interface): string {
  return [
    address,
    ...(vlan === undefined ? [] : [`VLAN ${vlan} on ${port ?? 'no port'}`]),
    ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
  ].join(', ');
}

function forWords(why: string | undefined): string {
  return why === undefined ? '' : ` (${why})`;
}
