/** Instance types as the sizing knows them. */
import { type InstancePerformance, instancePerformance } from '../facts/aws/instance-performance';
import { hourlyPrice } from '../facts/aws/prices';
import { REFERENCE_TYPES } from './assumptions';

export type HostRole = keyof typeof REFERENCE_TYPES;

export interface HostType extends InstancePerformance {
  /** The type that is counted with: its own name, or the reference type's where nothing is known of it. */
  readonly name: string;
  /** Dollars. */
  readonly hourly: number;
}

/** A type's performance and price; those of the role's reference type for one that isn't known. @default - the reference type */
export function hostType(role: HostRole, name: string = REFERENCE_TYPES[role]): HostType {
  const performance = instancePerformance(name);
  const hourly = hourlyPrice(name);
  if (performance !== undefined && hourly !== undefined) return { name, hourly, ...performance };
  const reference = REFERENCE_TYPES[role];
  return { name: reference, hourly: hourlyPrice(reference)!, ...instancePerformance(reference)! };
}

/** Whether a type is judged by its own numbers. */
export function isKnown(name: string): boolean {
  return instancePerformance(name) !== undefined;
}
