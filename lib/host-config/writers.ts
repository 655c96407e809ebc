import { cloudAt } from '../clouds/clouds';
import type { FleetContext } from '../plan/model';
import { writeCloudInit } from './cloud-init-writer';
import { writeCoreos } from './coreos-writer';
import type { HostConfig, Section, UserData } from './model';

export type Writer = (config: HostConfig) => readonly Section[];

/** What turns a HostConfig into what an image reads. `ignition` (first boot only: elastic fleets) comes with the issue that needs it. */
export const writers = {
  coreos: writeCoreos,
  'cloud-init': writeCloudInit,
} satisfies Partial<Record<UserData['format'], Writer>>;

/** What the images of a fleet read: Flatcar's on AWS and in data centres, public ones with cloud-init on Aliyun. */
export function formatOf({ region }: Pick<FleetContext, 'region'>): keyof typeof writers {
  return cloudAt(region)?.reads ?? 'coreos';
}
