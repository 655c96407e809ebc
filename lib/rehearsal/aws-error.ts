/** An error as an AWS service words it: the code and the text a caller of the real service would see. */
export class AwsError extends Error {
  /**
   * @param code the service's own error code (`InvalidSubnet.Conflict`)
   * @param message the service's own text
   * @param status the HTTP status, default 400
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** CloudFormation's `ValidationError`: nearly everything it refuses at the door has this code. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);
