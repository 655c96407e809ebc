/** A deploy of a ROS stack that can't go on, in words that CloudFormation shows. */
import { withoutRequest } from '../../../encode/echoed-request';
import type { StackProblem } from '../../ros-client';

/** CloudFormation takes 4,096 bytes of an answer ("Custom resource response objects"); the framework adds a line of its own. */
const MOST_BYTES = 1500;

export class RosStackFailure extends Error {
  override readonly name = 'RosStackFailure';

  /** @param code stable, for programs; @param wayOn what to do */
  constructor(
    readonly code: string,
    message: string,
    readonly wayOn: string,
  ) {
    super(withoutRequest(`${code}: ${message}; ${wayOn}`));
  }
}

export function failureOf({ code, message, reasons, wayOn }: StackProblem): RosStackFailure {
  const why = reasons.length === 0 ? '' : `: ${reasons.slice(0, 5).join('; ')}`;
  // Nobody can agree in CloudFormation.
  const way = code === 'REPLACEMENT_NOT_AGREED' ? `${wayOn} with \`meissa deploy --replace\`` : wayOn;
  return new RosStackFailure(code, cut(`${message}${why}`, MOST_BYTES - 300), way);
}

/** Anything thrown, as the text that is answered. Aliyun's errors are free of keys and parameters (lib/aliyun/cloud/errors.ts). */
export function reasonOf(error: unknown): string {
  return cut(withoutRequest(error instanceof Error ? error.message : String(error)), MOST_BYTES);
}

/** The beginning of a text, whole characters. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let end = Math.min(text.length, bytes);
  while (Buffer.byteLength(text.slice(0, end)) > bytes - 3) end--;
  return `${text.slice(0, end)}...`;
}
