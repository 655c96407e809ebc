/**
 * What docker does with packets, as its options say it.
 *
 * Source: Docker documentation, "dockerd" (daemon configuration file, iptables, ip-masq, bip), "Packet filtering and firewalls" (direct
 * routing to ports that are not published is dropped), "Bridge network driver".
 */
import { DOCKER_BRIDGE } from '../../facts/docker';
import type { BaseChain, FilterRule } from '../host/model';
import { readRange } from '../range';
import type { Range } from '../world';
import type { NftFault } from './nft';

export interface DockerOptions {
  /** Chains that docker writes by itself. */
  readonly chains: readonly BaseChain[];
  /** Largest packet of its containers, bytes. @default - docker's own choice */
  readonly mtu?: number;
  /** Its bridge's network, where nobody else says which one. */
  readonly bridge?: Range;
}

const DAEMON = '/etc/docker/daemon.json';
/** Files of a host that say how docker is started. */
export const DOCKER_FILES = /^\/etc\/(?:docker\/daemon\.json|systemd\/system\/docker\.service(?:\.d\/.*)?)$/;
const UNIT = /^\/etc\/systemd\/system\/docker\.service(?:\.d\/.*)?$/;
/** What a host with container ranges of its own says at start: a second one in the file keeps docker from starting. */
const PLANNED_BRIDGE = 'EnvironmentFile=/run/meissa/host.env';

/** The first that docker takes where it is told nothing. */
const DEFAULT_BRIDGE: Range = readRange(DOCKER_BRIDGE)!;

/** Source: Docker documentation, "docker container run" (publish). */
const PUBLISHES = /\bdocker\s+(?:container\s+)?(?:run|create)\b(?:[^\n]|\\\n)*\s(?:-\w*[pP]|--publish(?:-all)?)\b/;

/**
 * @param ranged whether the host's containers have addresses of their own
 * @param guarded whether some table of the host looks at what comes in to it
 * @returns undefined where docker isn't started
 */
export function readDocker(
  files: ReadonlyMap<string, string>,
  ranged: boolean,
  guarded: boolean,
  fault: (file: string, found: NftFault) => void,
): DockerOptions | undefined {
  const text = files.get(DAEMON);
  const units = [...files].filter(([path]) => UNIT.test(path)).map(([, content]) => content);
  if (text === undefined && units.length === 0) return undefined;
  const options = daemonOptions(text, (message) => fault(DAEMON, { line: 1, message }));
  const said = (name: string): unknown => flag(units, name) ?? options[name];
  const chains = isNo(said('iptables')) || !ranged ? [] : dockersChains(!isNo(said('ip-masq')));
  if (!ranged && guarded && !isNo(said('iptables')) && [...files.values()].some((content) => PUBLISHES.test(content)))
    fault(DAEMON, {
      line: 1,
      message: 'docker publishes ports past the host’s input chains: what these drop of published ports arrives all the same',
    });
  if (ranged) {
    const planned = units.some((unit) => unit.includes(PLANNED_BRIDGE));
    if (planned && options.bip !== undefined)
      fault(DAEMON, { line: 1, message: 'bip stands here and in the options that docker is started with: it does not start' });
    const mtu = Number(said('mtu'));
    return { chains, ...(mtu > 0 ? { mtu } : {}) };
  }
  if (said('bridge') !== undefined) return { chains };
  const bip = said('bip');
  const bridge = bip === undefined ? DEFAULT_BRIDGE : readRange(bip);
  if (bridge === undefined) fault(DAEMON, { line: 1, message: `bip ${JSON.stringify(bip)} is no range: docker does not start` });
  return bridge === undefined ? { chains } : { chains, bridge };
}

function daemonOptions(text: string | undefined, fault: (message: string) => void): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const options: unknown = JSON.parse(text);
    if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options as Record<string, unknown>;
  } catch {
    // Said below.
  }
  fault('it is no JSON object: docker does not start');
  return {};
}

/** `--iptables=false` in a unit. */
function flag(units: readonly string[], name: string): string | undefined {
  const found = units.flatMap((unit) => [...unit.matchAll(new RegExp(`--${name}[= ]([^\\s"']+)`, 'g'))]);
  return found.at(-1)?.[1];
}

function isNo(value: unknown): boolean {
  return value === false || value === 'false';
}

/** In front of containers with addresses of their own: nothing that isn't published comes in, and what leaves has the host's address. */
function dockersChains(masquerades: boolean): BaseChain[] {
  const rule = (text: string, rest: Omit<FilterRule, 'text' | 'at'>): FilterRule => ({ text, at: DAEMON, ...rest });
  const bridge = { not: false, of: ['docker0'] };
  const forward: BaseChain = {
    name: 'docker’s own forward',
    hook: 'forward',
    priority: 0,
    nat: false,
    policy: 'accept',
    rules: [
      rule('replies', { states: { not: false, of: ['established', 'related'] }, verdict: 'accept' }),
      rule('from its bridge', { from: bridge, verdict: 'accept' }),
      rule('docker lets in published ports only, unless "iptables" is false', { to: bridge, verdict: 'drop' }),
    ],
  };
  const leaving: BaseChain = {
    name: 'docker’s own postrouting',
    hook: 'postrouting',
    priority: 100,
    nat: true,
    policy: 'accept',
    rules: [rule('ip-masq', { source: { not: false, of: ['own'] }, to: { ...bridge, not: true }, verdict: 'masquerade' })],
  };
  return masquerades ? [forward, leaving] : [forward];
}
