/**
 * Estates that nobody wrote, as network namespaces: the kernel and reach agree on every pair of hosts and containers, of the estate as
 * it is, with a link, zone or router down, and with one mistake in it. MEISSA_PROOF_ESTATES says how many; MEISSA_PROOF_SEED repeats a run.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import type { Estate } from '../../lib/estate/model/model';
import type { Without } from '../../lib/reach/without';
import { inlandEstates } from '../aliyun/links/arbitrary-inland';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import type { Files } from '../estate/arbitrary';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { Agent } from './agent';
import { type Broken, breakFiles, breakWorld, chooseFault, withOpenGroups, withoutSizes } from './broken';
import { type Compared, compare } from './compare';
import { compareSizes } from './compare-sizes';
import { type Emitted, emit, loadEstate, type ReadBack, readBack } from './emitted';
import { filesOfSeed, seeds } from './estates';
import { chooseGuard } from './guards';
import { inlandWords, smaller } from './inland';
import { Kernel } from './kernel';
import { removeStale } from './namespaces';
import { PROOF_PROGRAMS } from './programs';

const ESTATES = Number(process.env.MEISSA_PROOF_ESTATES ?? 50);
const SEED = Number(process.env.MEISSA_PROOF_SEED ?? Date.now() % 2 ** 31);
/** Of them in Aliyun: each has a data centre, whose BGP costs seconds. */
const INLAND = Math.max(1, Math.floor(ESTATES / 10));
/** So many at a time: most of an estate's time is BGP's own waiting. */
const WORKERS = 3;

jest.setTimeout(120_000 + ESTATES * 20_000);

/** An estate that is asked about. */
interface Asked {
  readonly n: number;
  /** What it was made of, for whoever looks for the fault. */
  readonly words: string;
  readonly estate: () => Estate;
  readonly idcs: number;
  /** Which part fails, which mistake is made. */
  readonly world: number;
  readonly files: number;
}

function brokenFiles(files: Files, choose: number): Broken<ReadBack> | undefined {
  const broken = breakFiles(files, choose);
  return broken && { what: broken.what, broken: readBack(broken.broken) };
}

/** A mistake in what was read, or in what was emitted; with a data centre also that nobody keeps packets small. */
function mistakeIn(read: ReadBack, files: Files, choice: Pick<Asked, 'idcs' | 'world' | 'files'>): Broken<ReadBack> | undefined {
  if (choice.idcs > 0 && choice.files % 2 === 0) return { what: 'nobody keeps packets small', broken: withoutSizes(read) };
  return choice.files % 3 === 0 ? brokenFiles(files, choice.files) : brokenWorld(read, choice.world);
}

function openGroups(read: ReadBack): ReadBack {
  return { ...read, world: withOpenGroups(read.world), kernelWorld: withOpenGroups(read.kernelWorld) };
}

function brokenWorld(read: ReadBack, choose: number): Broken<ReadBack> | undefined {
  const broken = breakWorld(read.world, choose);
  return broken && { what: broken.what, broken: { ...read, world: broken.broken, kernelWorld: broken.broken } };
}

describeWithRealParts(PROOF_PROGRAMS, lacksNamespaces(), 'random estates in network namespaces', () => {
  const agents: Agent[] = [];
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) =>
    fc.sample(fc.tuple(arbitrary, fc.nat(), fc.nat()), { numRuns, seed: SEED });
  const queue: Asked[] = [
    ...sample(seeds(), ESTATES - INLAND).map(([seed, world, files]) => {
      const guard = chooseGuard(world);
      const words = JSON.stringify(guard === undefined ? seed : { ...seed, guard: guard.what });
      return { words, estate: () => loadEstate(filesOfSeed(seed, guard)), idcs: seed.idcs.length, world, files };
    }),
    ...sample(inlandEstates, INLAND).map(([estate, world, files]) => {
      return { words: inlandWords(estate), estate: () => smaller(estate), idcs: estate.idcs.length, world, files };
    }),
  ].map((asked, n) => ({ ...asked, n }));
  const totals = { estates: 0, asked: 0, came: 0, broken: 0, withIdc: 0, packets: 0, told: 0, transfers: 0, stalled: 0 };
  const wrong: string[] = [];

  beforeAll(removeStale);
  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.end()));
    removeTemporaryFolders();
  });

  /** @param fault brought down once everything has been asked, and asked again */
  async function prove(read: ReadBack, agent: Agent, fault?: Without): Promise<Compared[]> {
    const kernel = new Kernel(read.kernelWorld, agent, read);
    const both = async (without?: Without): Promise<Compared> => {
      const down = without === undefined ? {} : { without };
      const compared = await compare(kernel, { world: read.world, ...down });
      const sizes = await compareSizes(kernel, { world: read.world, told: fault !== undefined, ...down });
      totals.packets += sizes.packets;
      totals.told += sizes.told;
      totals.transfers += sizes.transfers;
      totals.stalled += sizes.stalled;
      return { ...compared, differing: [...compared.differing, ...sizes.differing] };
    };
    try {
      await kernel.make();
      const compared = [await both()];
      if (fault === undefined) return compared;
      await kernel.fail(fault);
      return [...compared, await both(fault)];
    } finally {
      await kernel.end();
    }
  }

  async function one({ n, words, estate, idcs, ...choice }: Asked, agent: Agent, folder: string): Promise<void> {
    const told = (what: string, { differing }: Compared): void => {
      if (differing.length === 0) return;
      wrong.push(`estate ${n} of seed ${SEED}${what}: ${words}`, ...differing.slice(0, 5), `${differing.length} in all`);
    };
    const emitted: Emitted = emit(estate(), folder);
    const read = readBack(emitted.files);
    wrong.push(...read.world.faults.map((fault) => `estate ${n} of seed ${SEED}: ${JSON.stringify(fault)}`));
    const fault = chooseFault(read.world, choice.world);
    const [intact, faulty] = await prove(read, agent, fault.broken);
    told('', intact!);
    told(` (${fault.what})`, faulty!);
    totals.estates++;
    totals.asked += intact!.asked + faulty!.asked;
    totals.came += intact!.came + faulty!.came;
    if (idcs > 0) totals.withIdc++;
    // With routers, whose start takes seconds, in every other estate.
    if (idcs > 0 && n % 2 === 1) return;
    const broken = mistakeIn(read, emitted.files, { idcs, ...choice });
    if (broken === undefined) return;
    // With rules that let little through, a mistake in routes would hardly show.
    const open = choice.world % 2 === 0;
    const asked = open ? openGroups(broken.broken) : broken.broken;
    told(` (${broken.what}${open ? '; all groups open' : ''})`, (await prove(asked, agent))[0]!);
    totals.broken++;
  }

  test('kernel and reach agree on every pair, in intact estates, with something down, and with a mistake', async () => {
    const start = Date.now();
    const worker = async (k: number): Promise<void> => {
      const agent = new Agent();
      agents.push(agent);
      const folder = join(temporaryFolder(), String(k));
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        try {
          await one(next, agent, folder);
        } catch (error) {
          wrong.push(`estate ${next.n} of seed ${SEED}: ${(error as Error).message}: ${next.words}`);
        }
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, k) => worker(k)));
    process.stdout.write(
      `proof: seed ${SEED}, ${totals.estates} estates (${totals.withIdc} with data centres), ${totals.broken} of them once more with a mistake, ` +
        `${totals.asked} questions, ${totals.came} yes, ${totals.packets} packets of sizes (${totals.told} told), ` +
        `${totals.transfers} transfers (${totals.stalled} stall), ${((Date.now() - start) / 1000).toFixed(0)} s\n`,
    );
    expect(wrong).toEqual([]);
    expect(totals.estates).toBe(ESTATES);
  });
});
