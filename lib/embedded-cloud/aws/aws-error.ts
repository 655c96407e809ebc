import { EngineError } from '../../engine/engine-error';

/** An error as an AWS service words it: the code and the text a caller of the real service would see. */
export class AwsError extends EngineError {}

/** CloudFormation's `ValidationError`: nearly everything it refuses at the door has this code. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);
