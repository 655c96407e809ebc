/** What of a region doesn't work, because an embedded cloud was told so. Whoever starts or makes something asks it. */

export interface Outages {
  /** Ids or names of hosts that never become well. */
  hosts: string[];
  /** Zones in which nothing starts, and no host is well. */
  zones: string[];
  /** Images that nothing starts from. */
  images: string[];
  /** Keys, by id, ARN or alias, under which no disk is opened, and when one of them is deleted, seconds since 1970. */
  keys: Record<string, { state: 'Disabled' | 'PendingDeletion'; until?: number }>;
  /** Volumes and disks that have failed: nothing attaches them, and no host that has one is well. */
  volumes: string[];
}

export const noOutages = (): Outages => ({ hosts: [], zones: [], images: [], keys: {}, volumes: [] });

interface Host {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly volumes: readonly string[];
}

/** Whether a host is kept from becoming well. */
export function isOut({ hosts, zones, volumes }: Outages, host: Host): boolean {
  return (
    hosts.includes(host.id) ||
    hosts.includes(host.name) ||
    zones.includes(host.zone) ||
    host.volumes.some((id) => volumes.includes(id))
  );
}
