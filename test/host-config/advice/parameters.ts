/** Parameters of profiles. */
import { type AdviceRow, another, row, storage } from './row';

export const parametersRows: readonly AdviceRow[] = [
  row('PARAMETER', 'a word that is none', (w) => (storage(w).parameters = { docker: { logDriver: 'jurnald' } })),
  row('PARAMETER', 'a number out of bounds', (w) => (storage(w).parameters = { docker: { stopTimeout: 0 } })),
  row('PARAMETER', 'a key misspelt', (w) => (storage(w).parameters = { docker: { stopTimeuot: 5 } })),
  row('PARAMETERS_UNUSED', 'a profile misspelt', (w) => (storage(w).parameters = { dokcer: { stopTimeout: 5 } })),
  row('PARAMETERS_UNUSED', 'a profile that the fleet has not', (w) => {
    another(w, {});
    storage(w).parameters = { other: {} };
  }),
  row(
    'PARAMETERS_UNUSED',
    'the same, which the fleet then has',
    (w) => {
      another(w, {});
      storage(w).parameters = { docker: {}, other: {} };
      w.places['sa-east-1'].clusters.core.fleets.adserver.profiles.push('other');
    },
    /add other to the profiles of a fleet/,
    (w) => storage(w).profiles.push('other'),
  ),
  row('PARAMETERS_UNUSED', 'a profile of nobody', (w) => (w.estate.profiles = { nothing: {} })),
];
