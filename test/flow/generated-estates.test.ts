/**
 * Estates that nobody wrote, through the whole flow. MEISSA_PROPERTY_RUNS says how many; MEISSA_PROPERTY_SEED repeats a run
 * that failed with what fast-check printed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { startEmbeddedCloud } from '../../lib/embedded-cloud';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { planEstate } from '../../lib/plan/plan';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import { estateFiles, type Files, linkedEstateFiles, mutate } from '../estate/arbitrary';
import { type Anything, filesOfChange } from '../estate/written';
import { runs } from '../runs';
import { deploy, errors, footings, plannedMembers, read, standingMembers, synthesize, type Template } from './in-process';

const RUNS = Number(process.env.MEISSA_PROPERTY_RUNS ?? runs(25));
const SEED = process.env.MEISSA_PROPERTY_SEED;
const options = { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) };

jest.setTimeout(60_000 + RUNS * 4_000);

let outdir: string;
beforeAll(() => {
  outdir = join(temporaryFolder(), 'cdk.out');
});
afterAll(removeTemporaryFolders);

function templatesOf(estate: Estate): Template[] {
  rmSync(outdir, { recursive: true, force: true });
  return synthesize(estate, outdir);
}

/** Deploys on a cloud of its own, twice; everything planned must stand, and the second time nothing may happen. */
async function expectToStand(estate: Estate): Promise<void> {
  const templates = templatesOf(estate);
  const cloud = await startEmbeddedCloud({ hosts: { bootMilliseconds: 1 } });
  try {
    await deploy(cloud, templates);
    for (const region of planEstate(estate).regions) expect(standingMembers(cloud, region)).toEqual(plannedMembers(region));
    expect(await deploy(cloud, templates)).toEqual([]);
  } finally {
    await cloud.close();
  }
}

/** Raises the count of every members fleet that doesn't vote, and pins. */
function withOneMore(files: Files): Files {
  const grown = Object.entries(files).map(([path, text]) => {
    const file = /^regions\/[a-z-]+\d\.yaml$/.test(path) ? parse(text) : undefined;
    if (file === undefined) return [path, text] as const;
    for (const cluster of Object.values<Anything>(file.clusters))
      for (const fleet of Object.values<Anything>(cluster.fleets))
        if (fleet.kind === 'members' && fleet.quorum === undefined) fleet.count++;
    return [path, stringify(file)] as const;
  });
  const unpinned: Files = Object.fromEntries(grown);
  const { estate } = read(unpinned);
  const pinned = estate!.regions.map((region) => filesOfChange(pinMembers(estate!, region.name)));
  return Object.assign(unpinned, ...pinned);
}

test('every valid estate loads, plans, synthesizes and deploys; deployed again, nothing happens', async () => {
  await fc.assert(
    fc.asyncProperty(estateFiles(), async (files) => {
      const { estate, findings } = read(files);
      expect(errors(findings)).toEqual([]);
      await expectToStand(estate!);
    }),
    options,
  );
});

test('so does every valid estate whose places are joined, with its links, gateways and data centres', async () => {
  let stacks = 0;
  await fc.assert(
    fc.asyncProperty(linkedEstateFiles(), async (files) => {
      const { estate, findings } = read(files);
      expect(errors(findings)).toEqual([]);
      stacks += planEstate(estate!).links.reduce((sum, link) => sum + link.stacks.length, 0);
      await expectToStand(estate!);
    }),
    { ...options, numRuns: Math.ceil(RUNS / 2) },
  );
  expect(stacks).toBeGreaterThan(0);
});

test('one member more in every fleet touches nobody who stands', async () => {
  await fc.assert(
    fc.asyncProperty(estateFiles(), async (files) => {
      const cloud = await startEmbeddedCloud({ hosts: { bootMilliseconds: 1 } });
      try {
        const { estate } = read(files);
        await deploy(cloud, templatesOf(estate!));
        const regions = planEstate(estate!).regions;
        const before = regions.map((region) => footings(cloud, region));
        const grown = read(withOneMore(files));
        expect(errors(grown.findings)).toEqual([]);
        await deploy(cloud, templatesOf(grown.estate!));
        regions.forEach((region, i) => {
          expect(footings(cloud, region)).toEqual(expect.arrayContaining(before[i]!));
        });
        for (const region of planEstate(grown.estate!).regions)
          expect(standingMembers(cloud, region)).toEqual(plannedMembers(region));
      } finally {
        await cloud.close();
      }
    }),
    { ...options, numRuns: Math.ceil(RUNS / 3) },
  );
});

test('every mutated estate is refused with a code, or deploys as any other', async () => {
  const told = { refused: 0, deployed: 0 };
  await fc.assert(
    fc.asyncProperty(
      estateFiles().chain((files) => mutate(files)),
      async (files) => {
        const { estate, findings } = read(files);
        for (const finding of findings) expect(finding.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
        const refused = errors(findings).length > 0;
        told[refused ? 'refused' : 'deployed']++;
        expect(estate !== undefined || refused).toBe(true);
        try {
          if (!refused) await expectToStand(estate!);
        } catch (error) {
          // User-data is rendered after loading: what it refuses are findings too.
          if (!(error instanceof FindingsError)) throw error;
          for (const finding of error.findings) expect(finding.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
        }
      },
    ),
    options,
  );
  // Most mutations are refused; which, is the seed's.
  expect(told.refused + told.deployed).toBe(RUNS);
});
