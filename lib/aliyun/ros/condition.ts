/** A question about parameters, by which resources and outputs are there or not. */
import type { Construct } from 'constructs';
import { Element } from './element';
import { ifElse } from './functions';
import { own } from './owners';
import type { ConditionExpression, Intrinsic } from './template';

export interface ConditionProps {
  /** @default from the construct's path */
  readonly logicalId?: string;
  readonly expression: ConditionExpression;
}

export class Condition extends Element {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConditionProps,
  ) {
    super(scope, id, 'Conditions', props.logicalId);
  }

  /** `then` where the condition holds, else `otherwise`. */
  ifElse(then: unknown, otherwise: unknown): Intrinsic {
    return own(ifElse(this.logicalId, then, otherwise), this.stack);
  }

  protected toJson(): ConditionExpression {
    return this.props.expression;
  }
}
