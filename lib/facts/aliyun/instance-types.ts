/**
 * Families of ECS instance types that differ in their disks, as of 2026-12-01. The others have virtio or NVMe disks, each with a serial
 * number that is its id without `d-`.
 */

/** `ecs.<family>.<size>`. */
const familyOf = (type: string): string => type.split('.')[1] ?? '';

/**
 * The first generation, which is not I/O optimized: "Serial number query is supported only for I/O optimized instances" ("Query the serial
 * numbers of block storage devices", Limits; "Instance families", retired families). Its disks are /dev/xvd*.
 */
export function hasSerials(type: string): boolean {
  return !/^([ts]1|s[23]|[mc][12])$/.test(familyOf(type));
}

/**
 * Disks of the machine beside cloud disks, which may be lost when it fails ("Local disks"): families with local SSDs and of big data, by
 * their letters i and d ("Classification and naming of instance types"), and two older ones with processors for graphics.
 */
export function hasLocalDisks(type: string): boolean {
  return /^((ebm)?[id]\d[a-z]*|ga1|gn5)$/.test(familyOf(type));
}
