/** Reports of a region's hosts, from its bucket. */
import type { RegionPlan } from '../../plan/model';
import { type HostReport, hostReports, type ReportStore } from './host-reports';

/** Opens the bucket of a region; its cloud's client is loaded only then. */
export async function reportStore({ provider, cloudRegion, artifactBucket }: RegionPlan): Promise<ReportStore> {
  if (provider === 'aws') return (await import('./s3-report-store')).s3ReportStore(cloudRegion, artifactBucket);
  return (await import('./oss-report-store')).ossReportStore(cloudRegion, artifactBucket);
}

export async function regionReports(region: RegionPlan): Promise<HostReport[]> {
  const fleets = region.fleets.map(({ id }) => id);
  return hostReports(await reportStore(region), fleets);
}
