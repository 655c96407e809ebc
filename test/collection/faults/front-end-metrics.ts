/** What a front end says of itself. */
import type { CollectionHost } from '../world/collection-host';

/** Sum over all labels of each metric, by name. */
export async function frontEndMetrics(host: CollectionHost): Promise<ReadonlyMap<string, number>> {
  const { out, err } = await host.run('curl', '-fsS', '-m', '5', `http://${host.address}:9405/metrics`);
  const sums = new Map<string, number>();
  for (const line of out.split('\n')) {
    const [, name, value] = /^([a-z_]+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  if (sums.size === 0) throw new Error(`${host.name} tells no metrics: ${err}`);
  return sums;
}
