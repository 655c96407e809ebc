/** What hosts do with packets themselves, read from the texts that they boot with. */
import type { HostNetwork } from '../host/model';
import type { WorldFault } from '../world';
import { readDocker } from './docker';
import { hostFiles } from './host-files';
import { loadedTables } from './loaded-tables';
import { readNft, Tables } from './nft';
import { Words, wordsOf } from './nft-words';
import { plannedRanges } from './planned-range';
import { routeSizes } from './route-sizes';

/** Each text is read once, however many hosts boot with it. */
export class HostNetworks {
  private readonly known = new Map<string, HostNetwork | undefined>();

  constructor(private readonly faults: WorldFault[]) {}

  /**
   * @param where the text stands, for faults and hops
   * @param ranged whether the host's containers have addresses of their own
   * @returns undefined where the host lets everything through as it comes
   */
  read(text: string, where: string, ranged: boolean): HostNetwork | undefined {
    const key = `${ranged} ${text}`;
    if (!this.known.has(key)) this.known.set(key, readHostNetwork(text, where, ranged, this.faults));
    return this.known.get(key);
  }
}

function readHostNetwork(text: string, where: string, ranged: boolean, faults: WorldFault[]): HostNetwork | undefined {
  const files = hostFiles(text);
  if (typeof files === 'string') {
    faults.push({ where, what: 'user-data', message: `it is no cloud-config: ${files}` });
    return undefined;
  }
  const fault = (file: string, line: number, message: string) => faults.push({ where, what: `${file} line ${line}`, message });
  const loaded = loadedTables(files);
  for (const { file, line, words } of loaded.unread)
    fault(file, line, `"${words}" is not read: what it changes in the host's packet filter is not known`);
  const tables = new Tables();
  for (const { file, before, text: rules } of loaded.tables) {
    const words = wordsOf(rules).map((word) => ({ ...word, line: word.line + before }));
    readNft(new Words(words), file, tables, loaded.tables.length === 1, ({ line, message }) => fault(file, line, message));
  }
  const docker = readDocker(
    files,
    ranged,
    tables.hooks.some(({ hook }) => hook === 'input'),
    (file, { line, message }) => fault(file, line, message),
  );
  const hooks = [...tables.hooks, ...(docker?.chains ?? [])].sort((a, b) => a.priority - b.priority);
  const { routes, unread } = routeSizes(files);
  for (const { file, line, words } of unread)
    fault(file, line, `"${words}" is not read: which packets the host takes for too large is not known`);
  if (hooks.length + routes.length === 0 && docker?.bridge === undefined && docker?.mtu === undefined) return undefined;
  const planned = plannedRanges(files);
  return {
    where,
    hooks,
    ...(planned === undefined ? {} : { planned }),
    ...(routes.length === 0 ? {} : { routes }),
    ...(docker?.mtu === undefined ? {} : { mtu: docker.mtu }),
    ...(docker?.bridge === undefined ? {} : { bridge: docker.bridge }),
  };
}
