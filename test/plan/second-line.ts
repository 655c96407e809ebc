/** The hybrid estate with a second line by the first one's gateway, and Europe associated with it, with a VPN of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Estate } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { ROOT } from '../root';

const HYBRID = join(ROOT, 'test/estates/hybrid/regions');
const BOTH = ['hosts', 'containers'];

/** Links that take the place of those of the hybrid estate; undefined: it goes. */
export const SECOND_LINE: Record<string, object | undefined> = {
  second: {
    kind: 'leased-line',
    between: ['beijing', 'us-east-1'],
    carries: BOTH,
    router: 'r2',
    connection: 'dxcon-gh6789ij',
    vlan: 302,
    network: '169.254.102.0/30',
    gateway: 'line',
    mtu: 8500,
    preference: 150,
  },
  europe: { kind: 'association', between: ['beijing', 'eu-west-1'], carries: BOTH, gateway: 'line' },
  'europe-vpn': {
    kind: 'vpn',
    between: ['beijing', 'eu-west-1'],
    carries: BOTH,
    router: 'r2',
    tunnels: ['169.254.31.0/30', '169.254.32.0/30'],
    keyName: 'vpn/eu-west-1',
  },
};

/** Throws with the findings where the estate is refused. */
export function withSecondLine(links: Record<string, object | undefined> = SECOND_LINE): Estate {
  const files = Object.fromEntries(
    readdirSync(HYBRID).map((name) => [`regions/${name}`, readFileSync(join(HYBRID, name), 'utf8')]),
  );
  const document = parseDocument(files['regions/estate.yaml']!);
  for (const [name, link] of Object.entries(links)) {
    if (link === undefined) document.deleteIn(['links', name]);
    else document.setIn(['links', name], document.createNode(link));
  }
  const read = { ...files, 'regions/estate.yaml': String(document) };
  const { estate, findings } = readEstate(memorySource(read), { packaged: diskSource(ROOT), today: '2026-11-21' });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (estate === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 1));
  return estate;
}
