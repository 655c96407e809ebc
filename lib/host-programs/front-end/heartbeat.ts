/** Lines of the front end's own, by which the far end measures how late lines are. They take the way of all others, through the spool. */
import { sayOften } from '../shared/log';
import type { Intake } from './intake';

export interface HeartbeatOptions {
  readonly region: string;
  readonly host: string;
  readonly topic: string;
  readonly seconds: number;
}

/** Begins to write heartbeats. @returns what ends it */
export function beat(intake: Intake, { region, host, topic, seconds }: HeartbeatOptions): () => void {
  const once = (): void => {
    const body = Buffer.from(`${JSON.stringify({ meissa: 'heartbeat', region, frontEnd: host, at: Date.now() })}\n`);
    intake
      .keep('heartbeat', { topic, body: [body], bytes: body.length, count: 1 })
      .catch((error) => sayOften('heartbeat', `no heartbeat: ${error.message}`));
  };
  once();
  const timer = setInterval(once, seconds * 1000);
  return () => clearInterval(timer);
}
