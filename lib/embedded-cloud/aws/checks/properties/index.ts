import type { JsonObject } from '../../../../engine/json';
import type { PropertyCheck } from '../known';
import { alarmChecks } from './alarms';
import { hostChecks } from './hosts';
import { balancerChecks } from './load-balancers';
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

/** What is wrong with a resource's properties before its service is asked, in words with paths. */
export const serviceFaults = (type: string, properties: JsonObject, tags: string | undefined): string[] =>
  [...checks.flatMap((of) => of[type]?.(properties) ?? []), ...(tags === undefined ? [] : tagFaults(properties, tags))].filter(
    (said): said is string => typeof said === 'string',
  );
