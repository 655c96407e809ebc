/** The estate that tests collect in, as it is or with other front ends. */
import { join } from 'node:path';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Estate, Fleet, Region } from '../../lib/estate/model/model';
import { loadEstate } from '../../lib/estate/read/load';
import { ROOT } from '../root';

/** @throws where the estate has errors */
export function collecting(): Estate {
  const { estate, findings } = loadEstate(join(ROOT, 'test/estates/collection'), { today: '2026-11-21' });
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (estate === undefined || errors.length > 0) throw new FindingsError(errors);
  return estate;
}

/** With the front ends of a region changed, or without them. */
export function withFrontEnds(estate: Estate, region: string, change: (fleet: Fleet) => Fleet | undefined): Estate {
  const changed = <R extends Region>(one: R): R => ({
    ...one,
    clusters: one.clusters.map((cluster) => ({
      ...cluster,
      fleets: cluster.fleets.flatMap((fleet) => (fleet.name === cluster.kafka?.frontEnds ? (change(fleet) ?? []) : fleet)),
    })),
  });
  return { ...estate, regions: estate.regions.map((one) => (one.name === region ? changed(one) : one)) };
}

/** The same fleet as an Auto Scaling group. */
export function elastic(fleet: Fleet): Fleet {
  const { name, instanceType, profiles, parameters, metadata, rootGb, tags, compress, zones, alarms } = fleet;
  const common = { name, instanceType, profiles, parameters, metadata, rootGb, tags, compress, zones, alarms };
  return { ...common, kind: 'elastic', min: 2, max: 6, maxBatch: 1, signalTimeout: 900 };
}
