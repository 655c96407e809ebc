/** What can happen to a collection. Each is done to a running one, lasts a while, and is mended. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CollectionHost } from '../world/collection-host';
import type { World } from '../world/world';

export interface Fault {
  readonly name: string;
  /** Does it, and mends what systemd doesn't mend by itself. Returns when nobody would do anything about it any more. */
  run(world: World): Promise<void>;
}

/** How long something that is cut or full stays so. */
const LASTS_MS = 6000;
/** What the front end with the small disk has for everything; it keeps 256 MiB free. */
const SMALL_DISK_MB = 400;

/** Kills a service as the kernel does when memory runs out; systemd starts it again. */
const killed = (region: string, fleet: string, number: number, service: string): Fault['run'] =>
  async function kill(world) {
    await world.region(region).host(fleet, number).kill(service);
  };

export const FAULTS: readonly Fault[] = [
  { name: 'a broker of a region is killed', run: killed('sa-east-1', 'brokers', 2, 'kafka.service') },
  { name: 'a broker of the central region is killed', run: killed('us-east-1', 'brokers', 1, 'kafka.service') },
  {
    name: 'the leading controller is killed',
    async run(world) {
      const region = world.region('sa-east-1');
      await region.host('controllers', await leader(world, 'sa-east-1')).kill('kafka.service');
    },
  },
  { name: 'a broker that is a controller too is killed', run: killed('ap-south-1', 'brokers', 3, 'kafka.service') },
  { name: 'a mirror is killed', run: killed('us-east-1', 'mirrors', 1, 'mirror@sa-east-1.service') },
  { name: 'a front end is killed', run: killed('sa-east-1', 'front-ends', 1, 'front-end.service') },
  {
    name: 'the link between a region and the central one is cut',
    async run(world) {
      world.cutLink('sa-east-1', 'us-east-1');
      await pause(LASTS_MS);
      world.mendLink('sa-east-1', 'us-east-1');
    },
  },
  {
    name: "a front end's disk is full",
    async run(world) {
      const filler = join(smallDisk(world), 'filler');
      // As much as there is: the last write fails.
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(1 << 20), { flag: 'a' });
      } catch {
        await pause(LASTS_MS);
      } finally {
        rmSync(filler);
      }
    },
  },
  {
    name: 'all brokers of a region hang',
    async run(world) {
      const brokers = world.region('ap-south-1').members('brokers');
      const hang = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
        for (const broker of brokers) broker.signal('kafka.service', signal);
      };
      hang('SIGSTOP');
      await pause(LASTS_MS);
      hang('SIGCONT');
    },
  },
  {
    name: "a region's brokers are restarted one after another through the gate",
    async run(world) {
      for (const host of world.region('sa-east-1').members('brokers')) {
        await host.stop('kafka.service');
        await host.start('kafka.service');
        await world.allWell([host], 120);
      }
    },
  },
];

/** The small disk of one front end: a memory file system of its own. Before its services start. */
export function giveSmallDisk(world: World): () => void {
  const folder = smallDisk(world);
  execFileSync('mkdir', ['-p', folder]);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', folder]);
  return () => execFileSync('umount', ['--lazy', folder]);
}

function smallDisk(world: World): string {
  return join(smallDiskHost(world).root, 'var/lib/front-end');
}

export function smallDiskHost(world: World): CollectionHost {
  return world.region('ap-south-1').host('front-ends', 1);
}

async function leader(world: World, region: string): Promise<number> {
  const { out, err } = await world.admin(region, ['kafka-metadata-quorum', 'describe', '--status']);
  const id = /LeaderId:\s+(\d+)/.exec(out)?.[1];
  if (id === undefined) throw new Error(`no leader is told: ${out}${err}`);
  return Number(id);
}
