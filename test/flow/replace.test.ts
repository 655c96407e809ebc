/** Replacing a member, when a person goes another way than the two steps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { replaceMember } from '../../lib/estate/changes/replace-member';
import { planEstate } from '../../lib/plan/plan';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import type { Files } from '../estate/arbitrary';
import { filesOfChange } from '../estate/written';
import { ROOT } from '../root';
import { deploy, footings, read, synthesize } from './in-process';

const REGION = 'sa-east-1';

let cloud: EmbeddedCloud;
let files: Files;

beforeEach(async () => {
  cloud = await startEmbeddedCloud({ hosts: { bootMilliseconds: 1 } });
  // The region, the central one that the estate names, and the locks.
  const names = readdirSync(join(ROOT, 'regions')).filter((name) =>
    /^(estate|images|artifacts|sa-east-1|us-east-1)\./.test(name),
  );
  files = Object.fromEntries(names.map((name) => [`regions/${name}`, readFileSync(join(ROOT, 'regions', name), 'utf8')]));
});
afterEach(() => cloud.close());
afterAll(removeTemporaryFolders);

async function deployRegion(): Promise<string[]> {
  const templates = synthesize(read(files).estate!, temporaryFolder());
  return deploy(
    cloud,
    // Not those of links that stand there: they read networks of other regions.
    templates.filter((template) => template.name.startsWith(`${REGION}-`)),
  );
}

function step(host: string): void {
  Object.assign(files, filesOfChange(replaceMember(read(files).estate!, host)));
}

function hosts(): string[] {
  return footings(cloud, planEstate(read(files).estate!).regions.find((region) => region.name === REGION)!);
}

test.each(['core-voters-2', 'core-storage-2'])(
  'the second step of replacing %s, deployed without the first, fails and touches nobody; two more steps mend it',
  async (id) => {
    const host = `${REGION}-${id}`;
    await deployRegion();
    const before = hosts();
    const others = before.filter((line) => !line.startsWith(`${host} `));
    step(host);
    step(host);
    await expect(deployRegion()).rejects.toThrow('InvalidNetworkInterface.InUse');
    expect(hosts()).toEqual(before);

    step(host);
    await deployRegion();
    expect(hosts()).toEqual(others);
    step(host);
    await deployRegion();
    const [mended] = hosts().filter((line) => line.startsWith(`${host} `));
    const [was] = before.filter((line) => line.startsWith(`${host} `));
    const kept = (line = '') => line.replace(/ i-\w+ /, ' ');
    expect(kept(mended)).toBe(kept(was));
    expect(mended).not.toBe(was);
    expect(hosts()).toEqual(expect.arrayContaining(others));
    expect(await deployRegion()).toEqual([]);
  },
  60_000,
);
