/** The part of FRR's configuration that decides where packets go. Source: FRR user guide, "Zebra", "Static", "BGP", "Filtering", "Route Maps". */
import { parseIpv4 } from '../../estate/addresses/cidr';
import { readAddress, readRange } from '../range';
import type { Router, RouterNeighbor } from '../world';
import { type BgpDraft, neighborOf, newBgp, readBgpLine } from './frr-bgp';
import { Policies } from './frr-policy';

export interface FrrConfig {
  /** Absent: the file has no `router bgp`. */
  readonly asn?: number;
  readonly interfaces: Router['interfaces'];
  readonly statics: Router['statics'];
  readonly neighbors: readonly RouterNeighbor[];
  readonly originates: Router['originates'];
  readonly aggregates: Router['aggregates'];
  readonly importCheck: boolean;
  readonly ebgpRequiresPolicy: boolean;
  /** Statements that could matter and are not read. */
  readonly faults: readonly { readonly line: number; readonly message: string }[];
}

/** Lines that say nothing about where packets go. */
const SILENT =
  /^(?:frr |hostname |log |service |password |enable |line |debug |vrf |no ip forwarding |ip forwarding |no ipv6 forwarding |ipv6 forwarding |ip nht |zebra |agentx|banner |domainname )/;

type Section = 'top' | 'interface' | 'bgp' | 'map' | 'ignored';

/** Parses one `frr.conf`; never throws. */
export function parseFrr(text: string): FrrConfig {
  const faults: { line: number; message: string }[] = [];
  const interfaces: { name: string; address: number; bits: number }[] = [];
  const statics: Router['statics'][number][] = [];
  const policies = new Policies(faults);
  let bgp: BgpDraft | undefined;
  let section: Section = 'top';
  let name = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const words = raw
      .replace(/^\s*!.*$|\s+!.*$/, '')
      .trim()
      .split(/\s+/);
    if (/^(?:!|exit$|end$)/.test(raw.trim()) && !raw.startsWith(' ')) section = 'top';
    if (words[0] === '' || words[0] === 'exit' || words[0] === 'end') continue;
    const [first, second] = words as [string, string | undefined];
    const statement = words.join(' ');
    if (first === 'interface') [section, name] = ['interface', second ?? ''];
    else if (first === 'router' && second === 'bgp') {
      section = 'bgp';
      bgp = newBgp(Number(words[2]));
    } else if (first === 'bfd' && words.length === 1) section = 'ignored';
    else if (first === 'route-map' && words.length >= 4) {
      section = 'map';
      policies.openClause(words, line);
    } else if (first === 'ip' && second === 'prefix-list') policies.listLine(words, line);
    else if (first === 'ip' && second === 'route') readStatic(words, statics, faults, line);
    else if (section === 'interface') readInterfaceLine(words, name, interfaces, faults, line);
    else if (section === 'bgp') readBgpLine(words, bgp!, line, faults);
    else if (section === 'map') policies.clauseLine(words, line);
    else if (section === 'top' && !SILENT.test(`${statement} `)) faults.push({ line, message: `"${statement}" is not read` });
  }
  return {
    ...(bgp === undefined ? {} : { asn: bgp.asn }),
    interfaces,
    statics,
    neighbors: bgp === undefined ? [] : [...bgp.neighbors.keys()].flatMap((key) => neighborOf(bgp, key, policies)),
    originates: bgp?.originates ?? [],
    aggregates: bgp?.aggregates ?? [],
    importCheck: bgp?.importCheck ?? true,
    ebgpRequiresPolicy: bgp?.ebgpRequiresPolicy ?? true,
    faults,
  };
}

type Faults = { line: number; message: string }[];

function readInterfaceLine(
  words: readonly string[],
  name: string,
  interfaces: { name: string; address: number; bits: number }[],
  faults: Faults,
  line: number,
): void {
  if (words[0] !== 'ip' || words[1] !== 'address') return;
  const address = readAddress(words[2]);
  if (address === undefined) faults.push({ line, message: `${words[2]} is no address` });
  else interfaces.push({ name, ...address });
}

/** `ip route <range> <address> | Null0 | blackhole | reject [<distance>]`. */
function readStatic(words: readonly string[], statics: Router['statics'][number][], faults: Faults, line: number): void {
  const destination = readRange(words[2]);
  const [target = '', distance, ...more] = words.slice(3);
  const via = parseIpv4(target);
  const known = via !== undefined || /^(null0|blackhole|reject)$/i.test(target);
  if (destination === undefined || !known || !/^\d{1,3}$/.test(distance ?? '1') || more.length > 0)
    faults.push({ line, message: `"${words.join(' ')}" is not read` });
  else
    statics.push({
      destination,
      ...(via === undefined ? {} : { via }),
      ...(distance === undefined ? {} : { distance: Number(distance) }),
      line,
    });
}
