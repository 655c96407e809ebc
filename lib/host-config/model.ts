/** What a host shall be, merged from its profiles, before a writer turns it into what an image reads. */

export interface HostConfig {
  /** Users beyond those of the image, and keys for the image's own. Sorted by name. */
  readonly users: readonly HostUser[];
  /** In order of path. */
  readonly files: readonly HostFile[];
  /** In the order that profiles name them: units with `command: start` start in this order. */
  readonly units: readonly HostUnit[];
  readonly sysctl: Readonly<Record<string, Owned<string>>>;
  /** Programs that profiles run and images may lack, in the order that profiles name them. */
  readonly programs: readonly HostProgram[];
  readonly update?: UpdateStrategy;
}

/** Name that the parts have which belong to no profile: the manifest, the file of kernel parameters, the layout. */
export const ownProfile = 'meissa';

/** A value and the profile that set it: conflicts name both profiles. */
export interface Owned<T> {
  readonly value: T;
  readonly profile: string;
}

export interface HostUser {
  readonly name: string;
  readonly sshAuthorizedKeys: readonly string[];
  /** Supplementary groups. @default - nobody looks after them */
  readonly groups?: readonly string[];
  readonly profile: string;
}

export interface HostFile {
  readonly path: string;
  /** Octal, four digits. */
  readonly permissions: string;
  readonly owner: string;
  readonly content: string;
  readonly profile: string;
}

export interface HostUnit {
  readonly name: string;
  /** @default - the image's own unit; drop-ins only */
  readonly content?: string;
  readonly enable: boolean;
  readonly mask: boolean;
  /** Its command comes after those of all other units. @default - in the order of the profiles */
  readonly last?: true;
  readonly command?: 'start' | 'stop' | 'restart' | 'reload';
  readonly dropIns: readonly { readonly name: string; readonly content: string; readonly profile: string }[];
  readonly profile: string;
}

/**
 * A program that Flatcar has and public images may lack. Where the command is missing it comes from the image's own package
 * mirrors: by the name of its package for apt, or for dnf.
 */
export interface HostProgram {
  readonly name: string;
  /** @default - hosts with apt need it not */
  readonly apt?: string;
  /** @default - hosts with dnf need it not */
  readonly dnf?: string;
  readonly profile: string;
}

/** Who reboots for an update: nobody, the image itself, or the `updates` profile's own unit behind an etcd lock. */
export interface UpdateStrategy {
  readonly rebootStrategy: 'off' | 'reboot';
  readonly profile: string;
}

/** Rendered user-data of a fleet. */
export interface UserData {
  readonly format: 'coreos' | 'ignition' | 'cloud-init';
  /** What a person reads and golden files hold. */
  readonly text: string;
  /** What the instance gets, base64: the text, or its gzip where the text is over the limit. */
  readonly base64: string;
  readonly gzipped: boolean;
  /** Bytes of what the instance gets, before base64; at most 16,384, of a configuration that hosts fetch 262,144. */
  readonly bytes: number;
  /** SHA-256 of the text, hex. */
  readonly digest: string;
  readonly budget: readonly BudgetLine[];
}

/** One line of the size budget. */
export interface BudgetLine {
  /** `profile:etcd /opt/meissa/bin/etcd-start`. */
  readonly section: string;
  readonly profile: string;
  readonly bytes: number;
}

/** A stretch of the written text and who it is for; all together are the text. */
export interface Section {
  /** For people, for example `/etc/docker/daemon.json`, `unit docker.service`. */
  readonly name: string;
  readonly profile: string;
  readonly text: string;
}
