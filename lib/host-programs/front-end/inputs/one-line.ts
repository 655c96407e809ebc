/** Messages of syslog as lines. */
import type { Lines } from '../spool/spool';

const NEWLINE = 10;

/**
 * A message as a line: a newline at its end goes, one within it becomes `#012`, as rsyslog writes it ("Escaping of control characters on receive").
 */
export function oneLine(message: Buffer): Buffer {
  const text = message.at(-1) === NEWLINE ? message.subarray(0, -1) : message;
  if (!text.includes(NEWLINE)) return text;
  return Buffer.from(text.toString('latin1').replaceAll('\n', '#012'), 'latin1');
}

/** Messages that came together, to be kept together. */
export function together(topic: string, messages: readonly Buffer[]): Lines {
  const body = Buffer.allocUnsafe(messages.reduce((sum, { length }) => sum + length + 1, 0));
  let at = 0;
  for (const message of messages) {
    at += message.copy(body, at);
    body[at++] = NEWLINE;
  }
  return { topic, body: [body], bytes: body.length, count: messages.length };
}
