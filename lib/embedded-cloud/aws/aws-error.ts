import { CloudError } from '../../engine/cloud-error';

/** An error as an AWS service words it: the code and the text a caller of the real service would see. */
export class AwsError extends CloudError {}

/** CloudFormation's `ValidationError`: nearly everything it refuses at the door has this code. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);
