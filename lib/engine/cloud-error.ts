/** An error as a cloud's service words it: the code and the text a caller of the real service would see. */
export class CloudError extends Error {
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
