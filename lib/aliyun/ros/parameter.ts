/** A value that is given when the stack is deployed: an output of another stack, read by the deployer. */
import type { Construct } from 'constructs';
import { Element } from './element';
import { ref } from './functions';
import { own } from './owners';
import type { ParameterType, RefFunction, RosParameterJson } from './template';

export interface ParameterProps {
  /** @default from the construct's path */
  readonly logicalId?: string;
  /** @default 'String' */
  readonly type?: ParameterType;
  readonly description?: string;
  /** @default none: a value must be given */
  readonly defaultValue?: RosParameterJson['Default'];
  readonly allowedValues?: readonly (string | number | boolean)[];
  readonly allowedPattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  /** Masked when the stack is described. @default false */
  readonly noEcho?: boolean;
}

export class Parameter extends Element {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ParameterProps = {},
  ) {
    super(scope, id, 'Parameters', props.logicalId);
  }

  /** The value. */
  get ref(): RefFunction {
    return own(ref(this.logicalId), this.stack);
  }

  protected toJson(): RosParameterJson {
    const { props } = this;
    return {
      Type: props.type ?? 'String',
      Description: props.description,
      Default: props.defaultValue,
      AllowedValues: props.allowedValues,
      AllowedPattern: props.allowedPattern,
      MinLength: props.minLength,
      MaxLength: props.maxLength,
      MinValue: props.minValue,
      MaxValue: props.maxValue,
      NoEcho: props.noEcho,
    };
  }
}
