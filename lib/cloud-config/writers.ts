import { writeCoreos } from './coreos-writer';
import type { HostConfig, Section, UserData } from './model';

export type Writer = (config: HostConfig) => readonly Section[];

/**
 * What turns a HostConfig into what an image reads. `ignition` (first boot only: elastic fleets) and `cloud-init` (public
 * images of Aliyun) come with the issues that need them.
 */
export const writers: Readonly<Partial<Record<UserData['format'], Writer>>> = {
  coreos: writeCoreos,
};
