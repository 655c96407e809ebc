/** Rules of cdk-nag's AwsSolutions pack that an engine breaks on purpose. */
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { RosEngine } from './ros-engine';

/** By rule, why. */
export const ACKNOWLEDGED_ENGINE: Readonly<Record<string, string>> = {
  'AwsSolutions-SF1': 'each step of the wait is a call of a function, and the functions write what happened to their own log',
  'AwsSolutions-SF2': 'the wait asks the same question again and again; there is no path to trace through it',
};

/** Acknowledges them for the engine's stack. */
export function acknowledgeEngine(engine: RosEngine): void {
  const validations = Validations.of(Stack.of(engine));
  for (const [id, reason] of Object.entries(ACKNOWLEDGED_ENGINE)) validations.acknowledge({ id, reason });
}
