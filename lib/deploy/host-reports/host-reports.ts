/** What hosts say of themselves: each leaves its report in the region's bucket, where it is read without a way to the host. */
import { reportsPrefix } from '../../plan/names';
import { each } from '../each';

/** What a host said last. */
export interface HostReport {
  /** Its name, as it says. */
  readonly host: string;
  /** Id of its instance: of the object's key, by which the host was allowed to write. */
  readonly instance: string;
  /** Milliseconds since it was written, by the store's clock. */
  readonly age: number;
  /** By key; what every host says stands in docs/boots.md. */
  readonly values: Readonly<Record<string, string>>;
}

/** A region's bucket, as far as reports need it. */
export interface ReportStore {
  /** Objects whose keys begin so, and milliseconds since each was written. A bucket that isn't there has none. */
  list(prefix: string): Promise<readonly { readonly key: string; readonly age: number }[]>;
  /** @returns undefined where it is gone by now */
  get(key: string): Promise<string | undefined>;
}

/** A host whose report is older is silent: it writes one every ten minutes, and at once when it is not well. Milliseconds. */
export const SILENT_AFTER = 25 * 60_000;

const AT_ONCE = 20;

/** More than any report has; a larger object is none of a host. */
const MOST_BYTES = 65_536;

/**
 * Reports of these fleets, sorted by host. What isn't a report is left out: hosts write it, and one that was broken into may write anything.
 *
 * @param fleets ids: `<Cluster><Fleet>`
 */
export async function hostReports(store: ReportStore, fleets: readonly string[]): Promise<HostReport[]> {
  const lists = await each(fleets, AT_ONCE, (fleet) => store.list(reportsPrefix(fleet)));
  const reports = await each(lists.flat(), AT_ONCE, async ({ key, age }) => {
    const text = await store.get(key);
    return text === undefined ? undefined : parseReport(text, key.slice(key.lastIndexOf('/') + 1), age);
  });
  return reports.filter((report) => report !== undefined).sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0));
}

/** A report's text. @param instance of its key @default - it is none of ours */
export function parseReport(text: string, instance: string, age: number): HostReport | undefined {
  if (text.length > MOST_BYTES) return undefined;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof said !== 'object' || said === null) return undefined;
  const values = Object.fromEntries(
    Object.entries(said).filter(
      ([key, value]) => /^[a-z][a-z0-9.-]*$/.test(key) && typeof value === 'string' && PLAIN.test(value),
    ),
  ) as Record<string, string>;
  const { host } = values;
  return host === undefined ? undefined : { host, instance, age, values };
}

/** Of one line: it comes to terminals. */
const PLAIN = /^[\x20-\x7e]{0,200}$/;
