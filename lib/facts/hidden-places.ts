/**
 * Where nothing may be mounted. What confines units (host-config/confine.ts) takes places from their sight, and a volume's own unit is one of them:
 * systemd.exec(5), "ProtectHome=", "PrivateTmp=", "PrivateDevices="; and file systems that the kernel or the image has there: hier(7), Flatcar,
 * "Flatcar Container Linux disk layout" (/usr is read-only). As of 2026-12-01.
 */

/** Each with all that is below it, by why. */
const BELOW: readonly (readonly [places: string, why: string])[] = [
  ['/home /root /run/user', 'is empty for every confined unit (ProtectHome)'],
  ['/tmp /var/tmp', 'is another folder for every confined unit (PrivateTmp)'],
  ['/dev /proc /sys', "is the kernel's"],
  ['/bin /lib /lib64 /sbin /usr', 'is read-only on Flatcar'],
  ['/boot /etc /opt/meissa /run/meissa /var/lib/meissa', 'holds what the host itself lives by'],
];

/** Themselves only: a volume there hides what hosts keep in them. */
const COVERED = '/opt /run /var /var/lib';

/** What is wrong with a volume's mount, as the end of a sentence about it. @default - nothing is */
export function hiddenPlace(mount: string): string | undefined {
  for (const [places, why] of BELOW) {
    const place = places.split(' ').find((each) => mount === each || mount.startsWith(`${each}/`));
    if (place !== undefined) return `${place} ${why}`;
  }
  return COVERED.split(' ').includes(mount) ? `${mount} holds what the host itself lives by` : undefined;
}
