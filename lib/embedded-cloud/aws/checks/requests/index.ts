import type { JsonObject } from '../../../../engine/json';
import type { PropertyCheck } from '../given';
import { alarmChecks } from './alarms';
import { hostChecks } from './hosts';
import { balancerChecks } from './load-balancers';
import { nameFaults } from './names';
import { networkChecks } from './network';
import { policyChecks } from './policies';
import { recordChecks } from './records';
import { scalingChecks } from './scaling-groups';
import { securityGroupChecks } from './security-groups';
import { serviceChecks } from './services';
import { tagFaults } from './tags';

const checks: readonly Readonly<Record<string, PropertyCheck>>[] = [
  alarmChecks,
  balancerChecks,
  hostChecks,
  networkChecks,
  policyChecks,
  recordChecks,
  scalingChecks,
  securityGroupChecks,
  serviceChecks,
];

/** What the service of a type refuses of a resource's properties by their form, in words with paths. */
export const requestFaults = (type: string, properties: JsonObject, tags: string | undefined): string[] =>
  [
    ...nameFaults(type, properties),
    ...checks.flatMap((of) => of[type]?.(properties) ?? []),
    ...(tags === undefined ? [] : tagFaults(properties, tags)),
  ].filter((said): said is string => typeof said === 'string');
