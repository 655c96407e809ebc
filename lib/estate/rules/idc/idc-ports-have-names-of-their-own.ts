import type { Path } from '../../findings/finding';
import { type Remedy, set } from '../../findings/remedy';
import { BOND, isMade } from '../../model/interface-names';
import type { Estate } from '../../model/model';
import { linksIn } from '../../model/resolved-links';
import { entryOf } from '../links/link-entry';
import type { Problem, Rule } from '../rule';

/** No port has the name of an interface that is made on its machine. Source: systemd.netdev(5) (a device of that name that is there already is taken for it). */
export const idcPortsHaveNamesOfTheirOwn: Rule = {
  code: 'IDC_INTERFACE',
  title: 'No port of a host or router has the name of an interface that is made there.',
  why: 'two interfaces of a machine have one name only on paper: the second is never made',
  check: (estate) => [
    ...estate.idcs.flatMap(({ file, racks, routers }) => [
      ...racks.flatMap(({ name, bond }) =>
        bond.interfaces.flatMap((port, i) =>
          isMade(port, 'host') ? [problem(file, ['racks', name, 'bond', 'interfaces', i], port)] : [],
        ),
      ),
      ...routers.flatMap(({ name, trunk }) =>
        isMade(trunk, 'router') ? [problem(file, ['routers', name, 'trunk'], trunk, set(['routers', name, 'trunk'], BOND))] : [],
      ),
    ]),
    ...lines(estate),
  ],
};

function lines(estate: Estate): Problem[] {
  return linksIn(estate).flatMap((link) => {
    if (link.kind !== 'leased-line' || !isMade(link.line.interface, 'router')) return [];
    const { file, path } = entryOf(link, 'interface');
    return [problem(file, path, link.line.interface)];
  });
}

/** @param usual what the port is called where nothing is said */
function problem(file: string, path: Path, port: string, usual?: Remedy): Problem {
  return {
    file,
    path,
    message: `${port} is the name of an interface that is made there, not of a port`,
    ...(usual !== undefined && { write: [usual] }),
    fix: `${usual === undefined ? '' : 'or '}give the name that the kernel gives the port, such as eno1 or enp65s0f0np0`,
  };
}
