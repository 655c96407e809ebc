/** The address at which an embedded cloud is told of incidents: JSON, with a key of this run that only its own terminal shows. */
import { timingSafeEqual } from 'node:crypto';
import type { CloudResponse, Incoming } from '../http/exchange';
import { incidents, tell } from '.';
import { type Said, type Scene, Untold } from './incident';

/** `GET`: what can be told. `POST`: tells it. No bucket or host of a cloud has this path. */
export const INCIDENTS_PATH = '/meissa/incidents';
/** The header that holds the key: a browser sends no such header of another page's wish without asking first, and is refused then. */
export const INCIDENTS_HEADER = 'x-meissa-key';

/** Longest that is read, bytes. */
const MOST = 64 * 1024;

/** @returns undefined for what is for somebody else */
export async function incidentAnswer(scene: Scene, key: string, incoming: Incoming): Promise<CloudResponse | undefined> {
  if (incoming.path !== INCIDENTS_PATH) return undefined;
  if (!same(incoming.headers[INCIDENTS_HEADER] ?? '', key))
    return json(403, { error: `${INCIDENTS_HEADER} is not the key that this run printed` });
  if (incoming.method === 'GET')
    return json(
      200,
      Object.entries(incidents).map(([incident, { what, needs, may = [] }]) => ({ incident, what, needs, may })),
    );
  if (incoming.method !== 'POST') return json(405, { error: 'GET or POST' });
  try {
    return json(200, { done: tell(scene, saidIn((await incoming.read(MOST)).toString('utf8'))) });
  } catch (error) {
    if (error instanceof Untold) return json(400, { error: error.message });
    throw error;
  }
}

function saidIn(text: string): Said {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Untold('it is told in JSON: {"incident": "host-sick", ...}');
  }
  if (typeof said !== 'object' || said === null || Object.values(said).some((value) => typeof value !== 'string'))
    throw new Untold('it is told as an object of texts: {"incident": "host-sick", ...}');
  return said as Said;
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function json(status: number, value: unknown): CloudResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}
