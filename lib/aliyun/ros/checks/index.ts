/** All checks of a template. */
import { attributesExist } from './attributes-exist';
import type { Check } from './check';
import { dependenciesHaveAnOrder } from './dependencies-have-an-order';
import { functionsAreKnown } from './functions-are-known';
import { kindsFit } from './kinds-fit';
import { namesFit } from './names-fit';
import { parametersAreUsed } from './parameters-are-used';
import { propertiesAreKnown } from './properties-are-known';
import { referencesResolve } from './references-resolve';
import { requiredAreGiven } from './required-are-given';
import { sizesFit } from './sizes-fit';
import { typesAreKnown } from './types-are-known';
import { userDataFits } from './user-data-fits';
import { valuesAreAllowed } from './values-are-allowed';

export const CHECKS: readonly Check[] = [
  typesAreKnown,
  propertiesAreKnown,
  requiredAreGiven,
  kindsFit,
  valuesAreAllowed,
  namesFit,
  functionsAreKnown,
  attributesExist,
  referencesResolve,
  parametersAreUsed,
  dependenciesHaveAnOrder,
  sizesFit,
  userDataFits,
];
