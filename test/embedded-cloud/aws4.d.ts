/** `aws4` has no types of its own. */
declare module 'aws4' {
  export interface SignedRequest {
    path?: string;
    headers?: object;
  }
  export function sign(
    request: object,
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  ): SignedRequest;
}
