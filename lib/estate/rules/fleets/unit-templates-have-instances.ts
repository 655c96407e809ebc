import { rename, set } from '../../findings/remedy';
import { type Rule, wholeRegions } from '../rule';

/** Only a template unit (`name@.service`) has several instances. Source: systemd.unit(5), template units. */
export const unitTemplatesHaveInstances: Rule = {
  code: 'UNIT_NOT_TEMPLATE',
  title: 'A unit with several instances is a template: name@.service.',
  why: 'instances are told apart by what stands after the @',
  check: (estate) =>
    wholeRegions(estate).flatMap(({ file, clusters }) =>
      clusters.flatMap((cluster) =>
        cluster.units
          .filter((unit) => unit.instances > 1 && !unit.name.includes('@.'))
          .map((unit) => ({
            file,
            path: ['clusters', cluster.name, 'units', unit.name],
            message: `${unit.instances} instances of ${unit.name}`,
            write: [
              rename(['clusters', cluster.name, 'units', unit.name], unit.name.replace(/\.(\w+)$/, '@.$1')),
              set(['clusters', cluster.name, 'units', unit.name, 'instances'], 1),
            ],
          })),
      ),
    ),
};
