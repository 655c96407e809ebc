/** Hosts that are sick, gone, or in a zone that is. */

import { release, stop as stopAliyun } from '../aliyun/resources/ecs/launch';
import type { AliyunInstance } from '../aliyun/world/compute';
import { stop, terminate } from '../aws/resources/ec2/launch';
import type { Instance } from '../aws/world/compute';
import type { Region } from '../store/world';
import { type Incident, regionOf, type Said, type Scene, Untold } from './incident';

type Host = { readonly aws: Instance; readonly aliyun?: never } | { readonly aliyun: AliyunInstance; readonly aws?: never };

function hostsOf(region: Region): Host[] {
  return [
    ...Object.values(region.instances)
      .filter(({ state }) => state !== 'terminated')
      .map((aws) => ({ aws })),
    ...Object.values(region.aliyun.instances).map((aliyun) => ({ aliyun })),
  ];
}

const nameOf = ({ aws, aliyun }: Host): string => aws?.tags.Name ?? aliyun?.name ?? '';
const idOf = ({ aws, aliyun }: Host): string => (aws ?? aliyun)!.id;

/** A host by its name or id. */
export function hostOf(region: Region, host: string): Host {
  const found = hostsOf(region).find((each) => nameOf(each) === host || idOf(each) === host);
  if (found === undefined) throw new Untold(`${region.name} has no host ${host}`);
  return found;
}

/** Has running hosts begin anew, by what holds of the region now; nothing about them restarts. */
export function beginAnew({ backend }: Scene, region: Region, which: (host: Host) => boolean): void {
  for (const { aws, aliyun } of hostsOf(region).filter(which)) {
    if (aws?.state === 'running') {
      backend.hosts.stopped(aws.id);
      backend.hosts.started(region, aws);
    }
    if (aliyun?.state === 'Running') backend.aliyunHosts.started(region, aliyun);
  }
}

const without = (list: readonly string[], ...gone: readonly string[]): string[] => list.filter((each) => !gone.includes(each));

function zone(scene: Scene, said: Said, lost: boolean): string {
  const region = regionOf(scene, said);
  const { zone = '' } = said;
  const hosts = hostsOf(region).filter((host) => (host.aws ?? host.aliyun)!.zone === zone);
  const zones = new Set([...Object.values(region.subnets), ...Object.values(region.aliyun.vSwitches)].map((each) => each.zone));
  if (!zones.has(zone)) throw new Untold(`nothing stands in the zone ${zone}: ${[...zones].sort().join(', ')}`);
  region.outages.zones = [...without(region.outages.zones, zone), ...(lost ? [zone] : [])];
  beginAnew(scene, region, (host) => (host.aws ?? host.aliyun)!.zone === zone);
  return lost ? `${zone} is gone: ${hosts.length} hosts in it are not well, and nothing starts there` : `${zone} is back`;
}

function health(scene: Scene, said: Said, sick: boolean): string {
  const region = regionOf(scene, said);
  const host = hostOf(region, said.host!);
  region.outages.hosts = [...without(region.outages.hosts, nameOf(host), idOf(host)), ...(sick ? [said.host!] : [])];
  beginAnew(scene, region, (each) => idOf(each) === idOf(host));
  return `${nameOf(host)} (${idOf(host)}) is ${sick ? 'sick' : 'well'}`;
}

export const hostIncidents = {
  'host-sick': {
    what: 'A host is not well any more, and never becomes so: its gate stays shut.',
    needs: ['region', 'host'],
    happen: (scene, said) => health(scene, said, true),
  },
  'host-well': {
    what: 'A host that was sick is well.',
    needs: ['region', 'host'],
    happen: (scene, said) => health(scene, said, false),
  },
  'host-gone': {
    what: 'A host is terminated past its stack.',
    needs: ['region', 'host'],
    happen(scene, said) {
      const region = regionOf(scene, said);
      const host = hostOf(region, said.host!);
      const { backend } = scene;
      if (host.aws !== undefined) terminate(region, backend.hosts, host.aws);
      else {
        // Somebody lifted its protection first, and routes to it lead nowhere.
        host.aliyun.deletionProtection = false;
        const hops = [host.aliyun.id, ...host.aliyun.interfaces];
        for (const table of Object.values(region.aliyun.routeTables))
          table.routes = table.routes.filter(({ hop }) => !hops.includes(hop.id));
        release({ region, hosts: backend.aliyunHosts }, host.aliyun);
      }
      return `${nameOf(host)} (${idOf(host)}) was terminated`;
    },
  },
  'host-stopped': {
    what: 'A host is stopped past its stack.',
    needs: ['region', 'host'],
    happen({ backend }, said) {
      const host = hostOf(regionOf({ backend }, said), said.host!);
      if (host.aws !== undefined) stop(backend.hosts, host.aws);
      else stopAliyun({ hosts: backend.aliyunHosts }, host.aliyun);
      return `${nameOf(host)} (${idOf(host)}) was stopped`;
    },
  },
  'zone-lost': {
    what: 'A zone is gone: no host in it is well, and nothing starts in it.',
    needs: ['region', 'zone'],
    happen: (scene, said) => zone(scene, said, true),
  },
  'zone-back': {
    what: 'A zone that was gone is back, with the hosts in it.',
    needs: ['region', 'zone'],
    happen: (scene, said) => zone(scene, said, false),
  },
} as const satisfies Readonly<Record<string, Incident>>;
