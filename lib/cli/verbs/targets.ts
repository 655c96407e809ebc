import { targetsOf } from '../../collection/watching/targets';
import { planEstate } from '../../plan/plan';
import { findRegion, loadValid, sayWarnings } from '../loading';
import type { Verb } from '../verb';
import { EXIT } from '../words/output';

/** `meissa targets [region...]`: always JSON, for it is a file of Prometheus. Data centres stand in it where no region is named. */
export const targets: Verb = (context, args) => {
  const names = (args[0] as string[] | undefined) ?? [];
  const { estate, warnings } = loadValid(context, names.length === 0 ? undefined : names);
  for (const name of names) findRegion(estate, name);
  sayWarnings(warnings, context);
  const plan = planEstate(estate, names.length === 0 ? undefined : names);
  context.output.json(targetsOf(names.length === 0 ? plan : { ...plan, idcs: [] }));
  return EXIT.ok;
};
