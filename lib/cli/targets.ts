import { targetsOf } from '../collection/watching/targets';
import { planEstate } from '../plan/plan';
import { findRegion, loadValid, sayWarnings } from './loading';
import { EXIT } from './output';
import type { Verb } from './verb';

/** `meissa targets [region...]`: always JSON, for it is a file of Prometheus. */
export const targets: Verb = (context, args) => {
  const names = (args[0] as string[] | undefined) ?? [];
  const { estate, warnings } = loadValid(context, names.length === 0 ? undefined : names);
  for (const name of names) findRegion(estate, name);
  sayWarnings(warnings, context);
  context.output.json(targetsOf(planEstate(estate, names.length === 0 ? undefined : names)));
  return EXIT.ok;
};
