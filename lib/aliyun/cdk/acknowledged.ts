/** Rules of cdk-nag's AwsSolutions pack that an engine breaks on purpose. */
import type { CfnElement } from 'aws-cdk-lib/core';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { RosEngine } from './ros-engine';

/** By rule, why. */
export const ACKNOWLEDGED_ENGINE: Readonly<Record<string, string>> = {
  'AwsSolutions-SF1': 'each step of the wait is a call of a function, and the functions write what happened to their own log',
  'AwsSolutions-SF2': 'the wait asks the same question again and again; there is no path to trace through it',
};

const VERSIONS =
  "CDK's provider framework calls the function by its ARN or a version of it; there is no other function under either";
const FILES = 'files of ROS stacks are named by digests, and a rollback asks for an earlier one; nothing else ends in .ros';

/** Functions that the framework calls, by their paths below the engine. */
const CALLED = ['OnEvent', 'IsComplete', 'Provider/framework-isComplete', 'Provider/framework-onTimeout'];

/** Acknowledges them for the engine's stack; `RosEngine` in an app of one's own may be given to it too. */
export function acknowledgeEngine(engine: RosEngine): void {
  const stack = Stack.of(engine);
  const validations = Validations.of(stack);
  for (const [id, reason] of Object.entries(ACKNOWLEDGED_ENGINE)) validations.acknowledge({ id, reason });
  const pattern = (arn: string, reason: string) => validations.acknowledge({ id: `AwsSolutions-IAM5[Resource::${arn}]`, reason });
  for (const path of CALLED) {
    const called = path.split('/').reduce<IConstruct>((at, id) => at.node.findChild(id), engine);
    pattern(`<${stack.getLogicalId(called.node.defaultChild as CfnElement)}.Arn>:*`, VERSIONS);
  }
  pattern(stack.resolve(engine.files), FILES);
}
