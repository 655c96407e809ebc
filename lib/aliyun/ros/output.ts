/** A value that other stacks may read, through the deployer. */
import type { Construct } from 'constructs';
import type { Condition } from './condition';
import { Element } from './element';
import type { RosOutputJson } from './template';

export interface OutputProps {
  /** The output's name. @default from the construct's path */
  readonly logicalId?: string;
  readonly value: unknown;
  readonly description?: string;
  readonly condition?: Condition;
}

export class Output extends Element {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: OutputProps,
  ) {
    super(scope, id, 'Outputs', props.logicalId);
  }

  protected toJson(): RosOutputJson {
    const { description, value, condition } = this.props;
    return { Description: description, Value: value, Condition: this.conditionId(condition) };
  }
}
