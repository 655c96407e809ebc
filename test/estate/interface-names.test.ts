/** Names of ports: what the kernel and systemd take, wherever a person writes one. */

import { isMade, lineName, tunnelName, vlanName } from '../../lib/estate/model/interface-names';
import { SCHEMA_CODES } from '../../lib/estate/schema/check';
import { INTERFACE_NAME } from '../../lib/facts/interfaces';
import { beijing, wide } from './cases/joined';
import { loadChanged, type Written } from './written';

const places: Record<string, (w: Written, name: string) => void> = {
  'regions/beijing.yaml racks.a01.bond.interfaces.0': (w, name) => (beijing(w).racks.a01.bond = { interfaces: [name] }),
  'regions/beijing.yaml routers.r1.trunk': (w, name) => (beijing(w).routers.r1.trunk = name),
  'regions/estate.yaml links.line.interface': (w, name) => (w.estate.links.line.interface = name),
};

function refused(place: string, name: string): string[] {
  const { findings } = loadChanged((w) => {
    wide(w);
    places[place]!(w, name);
  });
  return findings.filter((f) => f.severity === 'error').map((f) => `${f.code} ${f.file} ${f.path}`);
}

describe.each(Object.keys(places))('%s', (place) => {
  // systemd.net-naming-scheme(7), and what mlx5, bnxt and sfc add to it.
  test.each(['eno1', 'eth0', 'enp65s0f0np0', 'enP2p33s0f0np15', 'ens1f0np0v1', 'enx78e7d1ea46da', 'team0.301', 'p1p1_2'])(
    'may be %s',
    (name) => {
      expect(refused(place, name)).toEqual([]);
    },
  );

  test.each(['.', '..', 'all', 'default', 'a/b', 'a b', 'a:1', '1', '', '%i', 'en*', '!en', 'enp65s0f0np0v127', 'ené'])(
    'is not %j',
    (name) => {
      // An item with spaces in it may be several that lack their commas: that is told of the list.
      const at = name.includes(' ') ? place.replace(/\.\d+$/, '') : place;
      const found = refused(place, name).filter((finding) => finding.endsWith(at) || finding.endsWith(place));
      expect(found).toHaveLength(1);
      expect(SCHEMA_CODES).toHaveProperty(found[0]!.split(' ')[0]!);
    },
  );
});

test('names that are made are told apart from names of ports, and none is longer than the kernel takes', () => {
  for (const name of [vlanName(1), vlanName(4094), lineName(1), tunnelName(999), 'lo', 'docker0']) {
    expect(name.length).toBeLessThanOrEqual(INTERFACE_NAME);
    expect([isMade(name, 'host'), isMade(name, 'router')]).toEqual([true, true]);
  }
  expect([isMade('bond0', 'host'), isMade('bond0', 'router')]).toEqual([true, false]);
  for (const name of ['vlan', 'vlan1a', 'line-a', 'eno1']) expect(isMade(name, 'host')).toBe(false);
});
