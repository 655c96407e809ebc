import type { Tags } from './network';

/** A Lambda function whose code stands in its template. */
export interface LambdaFunction {
  name: string;
  arn: string;
  /** ARN of the role that it runs with. */
  role: string;
  runtime: string;
  /** `index.<export>`. */
  handler: string;
  code: string;
  /** Seconds. */
  timeout: number;
  /** Megabytes. */
  memory: number;
  environment: Record<string, string>;
  tags: Tags;
}
