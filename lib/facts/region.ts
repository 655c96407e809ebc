/** The two names that a region has; the compiler keeps them apart. */

/**
 * A cloud's own id of a region: what its API is asked with, what stands in ARNs, endpoints and names of zones. Two clouds may have the
 * same one (`ap-southeast-1`).
 */
export type CloudRegionId = string & { readonly __region: 'cloud' };

/** The same where anybody may write it, as props of constructs and manifests: plain text too, and never the estate's word. */
export type CloudRegion = string & { readonly __region?: 'cloud' };

/** The estate's word for a region: the name of its file. No two of an estate are alike, whatever their clouds are. */
export type RegionName = string & { readonly __region?: 'estate' };

/** Text that comes from where only ids of a cloud stand: a checked file, an emitted template, the cloud itself. */
export function cloudRegionId(text: string): CloudRegionId {
  return text as CloudRegionId;
}
