/** A router on both sides, read once for every kind of meaning. */
import { type FolderChange, foldersThatDiffer, type IdcChange } from './change';
import { type FrrRouter, frrRouter } from './read/frr';
import { type RouterNetwork, routerNetwork } from './read/interfaces';
import { nestedSettings, settings } from './read/settings';
import type { Files } from './side';

export interface RouterChange {
  /** `bj-idc/r1`. */
  readonly place: string;
  readonly idc: string;
  readonly name: string;
  /** @default - it is new */
  readonly before?: Router;
  /** @default - it goes */
  readonly after?: Router;
}

export interface Router {
  readonly files: Files;
  readonly frr: FrrRouter;
  readonly network: RouterNetwork;
  /** Tunnels of VPNs: settings by path. */
  readonly tunnels: ReadonlyMap<string, string>;
  /** By file, the lines that nothing of the above is read from. */
  readonly rest: ReadonlyMap<string, readonly string[]>;
}

/** Only those of which a file differs. */
export function routersThatDiffer(change: IdcChange): RouterChange[] {
  return foldersThatDiffer(change, 'routers').map(
    ({ name, before, after }: FolderChange): RouterChange => ({
      place: `${change.name}/${name}`,
      idc: change.name,
      name,
      ...(before && { before: routerOf(before) }),
      ...(after && { after: routerOf(after) }),
    }),
  );
}

const FRR = 'frr.conf';
const TUNNELS = 'swanctl.conf';
/** Its packet filter. */
export const FILTER = 'nftables.conf';

function routerOf(files: Files): Router {
  const [frr, network] = [frrRouter(files.get(FRR)), routerNetwork(files)];
  const others = [...files].filter(([file]) => file !== FRR && file !== TUNNELS && file !== FILTER && !network.rest.has(file));
  const rest = new Map([
    ...network.rest,
    ...others.map(([file, text]) => [file, settings(text)] as const),
    [FRR, frr.rest] as const,
  ]);
  return { files, frr, network, tunnels: nestedSettings(files.get(TUNNELS)), rest };
}

/** `routers/r1/frr.conf`, as meanings explain it. */
export function fileOf({ name }: RouterChange, file: string): string {
  return `routers/${name}/${file}`;
}

/** Entries of two maps that differ, in order of key: new ones, those that went, those that changed. */
export function entriesThatDiffer<V>(
  before: ReadonlyMap<string, V> | undefined,
  after: ReadonlyMap<string, V> | undefined,
): { readonly key: string; readonly old?: V; readonly now?: V }[] {
  const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return keys.flatMap((key) => {
    const [old, now] = [before?.get(key), after?.get(key)];
    if (old === now || JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ key, ...(old !== undefined && { old }), ...(now !== undefined && { now }) }];
  });
}
