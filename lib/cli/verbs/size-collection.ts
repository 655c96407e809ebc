/** `meissa size collection`: what a collection needs, with the reason of every figure. Asks no cloud. */
import { type Comparison, compare } from '../../collection/compare';
import type { PlaceFigures } from '../../collection/figure';
import { figuresOf } from '../../collection/figures';
import { collectionFindings } from '../../collection/findings';
import { type PlaceInput, type PlaceSize, sizePlace } from '../../collection/sizing';
import type { Stream } from '../../collection/stream';
import { lossWarnings, refillWarnings, type Warning } from '../../collection/warnings';
import { comparisonWords, placeWords, warningWords } from '../../collection/words';
import { placeOf, type WrittenCollection, writtenCollection } from '../../collection/written';
import { cloudRegionId } from '../../facts/region';
import { findRegion, loadExcept } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT, type ExitCode, hasErrors, sayFindings } from '../words/output';
import { DEFAULTS, type SizeOptions, sizeOptions } from './size-options';

export const sizeCollection: Verb = (context, _args, options) => {
  const asked = sizeOptions(options);
  return typeof options.region === 'string' ? sizeRegion(context, options.region, asked) : sizeLoad(context, asked);
};

/** From the command line alone: one of the regions, and the central one where there are several. */
function sizeLoad(context: VerbContext, asked: SizeOptions): ExitCode {
  const { peak, outage = DEFAULTS.outage, zones = DEFAULTS.zones, keep = DEFAULTS.keep, regions = DEFAULTS.regions } = asked;
  if (peak === undefined)
    throw new Refusal(
      'BAD_OPTION',
      'neither a load nor a region is given',
      '--peak 50MB/s, or --region <name> for the load of its file',
    );
  const topic = {
    share: 1,
    retention: asked.retention ?? DEFAULTS.retention,
    replication: asked.replication ?? DEFAULTS.replication,
  };
  const own: Stream = {
    region: 'us-east-1',
    cloudRegion: cloudRegionId('us-east-1'),
    peak,
    average: asked.average ?? peak,
    lineBytes: asked.line ?? DEFAULTS.line,
    growth: asked.growth ?? DEFAULTS.growth,
    topics: [topic],
  };
  const common = { own, size: 'standard' as const, whenFull: 'refuse' as const, zones, keep, outage };
  const one = sizePlace({ ...common, place: regions === 1 ? 'the region' : 'each region', carried: [], leaves: regions > 1 });
  if (regions === 1) return saySizes(context, [one]);
  const partitions = one.cluster.partitions[0]!;
  const carried = Array.from({ length: regions - 1 }, () => ({ ...own, topics: [{ ...topic, partitions }] }));
  const central: PlaceInput = { ...common, place: `the central region, which collects ${regions}`, carried, leaves: false };
  return saySizes(context, [one, sizePlace(central)]);
}

/** From a region's file; what the command line says besides is tried out in its place. */
function sizeRegion(context: VerbContext, name: string, asked: SizeOptions): ExitCode {
  if (asked.regions !== undefined || asked.zones !== undefined)
    throw new Refusal('BAD_OPTION', 'regions and zones are those of the estate', 'leave --regions and --zones out with --region');
  const { estate } = loadExcept(context, []);
  const region = findRegion(estate, name);
  const written = region.clusters.flatMap((cluster) => writtenCollection(estate, region, cluster) ?? [])[0];
  if (written === undefined)
    throw new Refusal('NO_COLLECTION', `no cluster of ${name} has a collection`, 'describe `kafka` in one of its clusters');
  const input = tried(placeOf(written, asked.outage ?? DEFAULTS.outage), asked);
  const size = sizePlace(input);
  const findings = collectionFindings(estate).filter(({ file }) => file === region.file);
  const beside = { rows: compare(size, written), written, findings };
  const code = sayPlaces(context, [figuresOf(size)], lossWarnings(size), beside);
  return hasErrors(findings) ? EXIT.failed : code;
}

function tried(input: PlaceInput, asked: SizeOptions): PlaceInput {
  const { own } = input;
  const load = {
    ...own,
    peak: asked.peak ?? own.peak,
    average: asked.average ?? own.average,
    lineBytes: asked.line ?? own.lineBytes,
    growth: asked.growth ?? own.growth,
    topics: own.topics.map((topic) => ({
      ...topic,
      retention: asked.retention ?? topic.retention,
      replication: asked.replication ?? topic.replication,
    })),
  };
  if (load.average > load.peak)
    throw new Refusal('BAD_OPTION', 'the average is more than the peak', 'an --average that is at most the peak');
  return { ...input, own: load, keep: asked.keep ?? input.keep };
}

interface Beside {
  readonly rows: readonly Comparison[];
  readonly written: WrittenCollection;
  readonly findings: ReturnType<typeof collectionFindings>;
}

/** What is sized from a load alone: no rule judges it. */
function saySizes(context: VerbContext, sizes: readonly PlaceSize[]): ExitCode {
  const warnings = sizes.flatMap((size) => [...lossWarnings(size), ...refillWarnings(size)]);
  return sayPlaces(context, sizes.map(figuresOf), warnings);
}

function sayPlaces(
  { json, output }: VerbContext,
  places: readonly PlaceFigures[],
  warnings: readonly Warning[],
  beside?: Beside,
): ExitCode {
  if (json) {
    output.json({
      version: 1,
      warnings,
      places,
      ...(beside === undefined ? {} : { comparison: beside.rows, findings: beside.findings }),
    });
    return EXIT.ok;
  }
  const compared = beside === undefined ? [] : [[`what ${beside.written.region.file} has`, ...comparisonWords(beside.rows)]];
  const warned = warnings.length === 0 ? [] : [warningWords(warnings)];
  output.print(...[...warned, ...places.map(placeWords), ...compared].flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])));
  if (beside !== undefined) sayFindings(beside.findings, output);
  return EXIT.ok;
}
