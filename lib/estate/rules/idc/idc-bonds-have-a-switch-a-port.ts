import { remove, set } from '../../findings/remedy';
import type { Rule } from '../rule';

/** Each port of a bond is cabled to a switch that is named. Source: IEEE 802.1AX (link aggregation); the design of this toolkit (cabling sheet). */
export const idcBondsHaveASwitchAPort: Rule = {
  code: 'IDC_BOND',
  title: 'A bond has different ports, and names a switch for each where it names switches.',
  why: 'whoever cables the rack reads from the sheet which port goes where',
  check: (estate) =>
    estate.idcs.flatMap(({ file, racks }) =>
      racks.flatMap(({ name, bond }) => {
        const path = ['racks', name, 'bond'];
        const twice = bond.interfaces.find((port, i) => bond.interfaces.indexOf(port) !== i);
        return [
          ...(twice === undefined
            ? []
            : [
                {
                  file,
                  path: [...path, 'interfaces'],
                  message: `${twice} stands there twice`,
                  write: [set([...path, 'interfaces'], [...new Set(bond.interfaces)])],
                },
              ]),
          ...(twice !== undefined || bond.switches.length === bond.interfaces.length
            ? []
            : [
                {
                  file,
                  path: [...path, 'switches'],
                  message: `${bond.switches.length} switches for ${bond.interfaces.length} ports (${bond.interfaces.join(', ')})`,
                  write: [remove([...path, 'switches'])],
                  fix: 'or name one switch a port, in the same order',
                },
              ]),
        ];
      }),
    ),
};
