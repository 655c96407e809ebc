/** A profile: a folder under `cloud-config/` that gives hosts a capability. This is its `profile.yaml`, parsed, and its files. */

export interface Profile {
  readonly name: string;
  readonly description: string;
  /** Path of the folder, relative to the estate's root, for findings. */
  readonly folder: string;
  /** JSON Schema (draft 7) of its parameters, with defaults. */
  readonly parameters: JsonSchema;
  /** Names of profiles that must be on the same host. */
  readonly requires: readonly string[];
  readonly ports: readonly ProfilePort[];
  /** Data volumes that members of this profile need. */
  readonly volumes: readonly ProfileVolume[];
  readonly needs: ProfileNeeds;
  /** Text of `cloud-config.yaml`: YAML first, Handlebars inside scalars. */
  readonly fragment: string;
  /** Other files of the folder and of folders below it, by their path in it, which fragments name with `source:`. */
  readonly files: Readonly<Record<string, string>>;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A port that this profile listens on, who may come, and why. */
export interface ProfilePort {
  readonly name: string;
  readonly port: number;
  /** Last port of the range. @default - the same port */
  readonly toPort?: number;
  readonly protocol: 'tcp' | 'udp';
  /**
   * `fleet`: hosts of the same fleet; `cluster`: hosts of the same cluster; `region`: hosts of the region; `collector`: hosts of the
   * region that this one's collection is carried into; `kafka`: brokers and controllers of the cluster; `estate`: every host block of the estate.
   */
  readonly from: 'fleet' | 'cluster' | 'region' | 'kafka' | 'collector' | 'estate';
  /** Which of the profile's hosts listen. @default 'all' */
  readonly on: 'all' | 'voters';
  readonly why: string;
}

export interface ProfileVolume {
  readonly name: string;
  readonly device: string;
  readonly gb: number;
  readonly type: 'gp3' | 'io2' | 'st1';
  readonly mount: string;
  readonly filesystem: 'ext4' | 'xfs';
  /** Which of the profile's hosts have it. @default 'all' */
  readonly on: 'all' | 'voters';
}

/** What the profile needs from the cloud; becomes statements of the host's role. */
export interface ProfileNeeds {
  /** Names of artifacts fetched from the region's bucket. */
  readonly artifacts: readonly string[];
  /** Signals gates and rolling updates. */
  readonly signal: boolean;
  /** Reads the cluster's *formed* marker; voters also write it. */
  readonly formedMarker: boolean;
  /** Reads the certificates of its fleet's hosts. @default false */
  readonly certificates?: boolean;
  /** A host of an elastic fleet hands on what it holds before it goes. @default false */
  readonly drains?: boolean;
}
