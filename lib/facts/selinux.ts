/** `absent`: the image has no configuration of it, and its kernel doesn't run it. */
export const SELINUX_STATES = ['enforcing', 'permissive', 'disabled', 'absent'] as const;
export type SelinuxState = (typeof SELINUX_STATES)[number];

/**
 * SELinux's state in the images that hosts are made of, by `ID` of os-release(5) and, where others may be otherwise, the version's beginning. As of
 * 2026-12-01.
 *
 * - Flatcar: it is there, and permissive ("SELinux on Flatcar Container Linux", flatcar.org/docs/latest/setup/security/selinux).
 * - Alibaba Cloud Linux 3: it is there, and disabled; the cloud wants it so (ECS, "Usage notes", of 2024-02-08: "Do not enable SELinux").
 * - Debian: AppArmor; SELinux's packages come by hand only (Debian Wiki, "SELinux/Setup").
 * - Ubuntu: AppArmor ("Ubuntu Server documentation", AppArmor).
 */
export const SELINUX_OF_IMAGES: Readonly<Record<string, { readonly name: string; readonly state: SelinuxState } | undefined>> = {
  flatcar: { name: 'Flatcar', state: 'permissive' },
  'alinux 3': { name: 'Alibaba Cloud Linux 3', state: 'disabled' },
  debian: { name: 'Debian', state: 'absent' },
  ubuntu: { name: 'Ubuntu', state: 'absent' },
};

/** What is known of an image. @param os `<ID> <VERSION_ID>` of os-release @default - nothing */
export function selinuxOf(os: string): (typeof SELINUX_OF_IMAGES)[string] | undefined {
  const version = /^\S+ [^.]+/.exec(os)?.[0] ?? os;
  return SELINUX_OF_IMAGES[version] ?? SELINUX_OF_IMAGES[version.split(' ')[0]!];
}
