/**
 * Where nothing may be mounted. What confines units (host-config/confine.ts) takes places from their sight, and a volume's own unit is one of them:
 * systemd.exec(5), "ProtectHome=", "PrivateTmp=", "PrivateDevices="; and file systems that the kernel or the image has there: hier(7), Flatcar,
 * "Flatcar Container Linux disk layout" (/usr is read-only). As of 2026-12-01.
 */

/** Each with all that is below it, by why. */
type Places = readonly (readonly [places: string, why: string])[];

const KERNEL: Places = [['/dev /proc /sys', "is the kernel's"]];
const READ_ONLY: Places = [['/bin /lib /lib64 /sbin /usr', 'is read-only on Flatcar']];
const BELOW: Places = [
  ['/home /root /run/user', 'is empty for every confined unit (ProtectHome)'],
  ['/tmp /var/tmp', 'is another folder for every confined unit (PrivateTmp)'],
  ...KERNEL,
  ...READ_ONLY,
  ['/boot /etc /opt/meissa /run/meissa /var/lib/meissa', 'holds what the host itself lives by'],
];

/** Themselves only: a volume there hides what hosts keep in them. */
const COVERED = '/opt /run /var /var/lib';

/** What is wrong with a volume's mount, as the end of a sentence about it. @default - nothing is */
export function hiddenPlace(mount: string): string | undefined {
  return (
    within(BELOW, mount) ?? (COVERED.split(' ').includes(mount) ? `${mount} holds what the host itself lives by` : undefined)
  );
}

/** Why no file can be kept at a path on any host, as the end of a sentence about it. @default - it can */
export function kernelPlace(path: string): string | undefined {
  return within(KERNEL, path);
}

/** The same of Flatcar, whose reader then writes nothing that comes after it (coreos-cloudinit, `initialize/config.go`). */
export function readOnlyPlace(path: string): string | undefined {
  return within(READ_ONLY, path);
}

function within(list: Places, mount: string): string | undefined {
  for (const [places, why] of list) {
    const place = places.split(' ').find((each) => mount === each || mount.startsWith(`${each}/`));
    if (place !== undefined) return `${place} ${why}`;
  }
  return undefined;
}
