/** A small copy of an estate with its links: networks, transit gateways and links, but no hosts, because those cost time. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { synthEstate } from '../../lib/cli/estate-app';
import { type LinkedWorld, linkedWorld, linksAmong } from '../../lib/cli/linked-world';
import { loadValid } from '../../lib/cli/loading';
import type { EmbeddedCloud } from '../../lib/embedded-cloud';
import type { LinkPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import type { Ran } from '../child/run';
import { embeddedCdk } from './embedded-cdk';
import { TODAY, temporaryFolder } from './example';

export class LinkedEstate {
  readonly root = temporaryFolder();

  /** @param from root of the estate that is copied; @param regions its regions that are kept */
  constructor(
    from: string,
    readonly regions: readonly string[],
  ) {
    const other = /^(?:[a-z]{2}-[a-z]+-\d)\./;
    for (const name of readdirSync(join(from, 'regions'))) {
      if (other.test(name) && !regions.some((region) => name.startsWith(`${region}.`))) continue;
      cpSync(join(from, 'regions', name), join(this.root, 'regions', name), { recursive: true });
    }
    for (const region of regions) {
      this.edit(`${region}.yaml`, ['clusters'], {});
      this.edit(`${region}.members.lock.yaml`, ['members'], {});
    }
  }

  /** Changes one key of a file of the estate. */
  edit(file: string, path: string[], value: unknown): void {
    const name = join(this.root, 'regions', file);
    const document = parseDocument(readFileSync(name, 'utf8'));
    document.setIn(path, value);
    writeFileSync(name, String(document));
  }

  /** Links among the regions that are kept: an estate may have others beside them. */
  plannedLinks(): LinkPlan[] {
    return linksAmong(planEstate(loadValid({ root: this.root, today: TODAY }).estate), this.regions);
  }

  /** The cloud assembly of everything. */
  synth(): string {
    const outdir = join(this.root, 'cdk.out');
    synthEstate(loadValid({ root: this.root, today: TODAY }).estate, { outdir });
    return outdir;
  }

  /** Every link as it stands, both ends. */
  links(cloud: EmbeddedCloud): LinkedWorld[] {
    return this.plannedLinks().map((link) => linkedWorld(link, ({ place }) => cloud.inventory(place)));
  }

  /** The unmodified CDK CLI against the embedded cloud. */
  cdk(cloud: EmbeddedCloud, ...args: string[]): Promise<Ran> {
    return embeddedCdk(args, cloud.env(), this.root);
  }
}
