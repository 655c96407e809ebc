/** What is to be known of a sizing before any figure of it is read. */
import { MIB, REFILL_SECONDS } from './assumptions';
import { brokersFor } from './size/brokers';
import { carriedOn, deletedUncarried, overSpools } from './size/losses';
import { refillAdvice, refillSeconds } from './size/refill';
import type { PlaceSize } from './sizing';
import { spanText, valueWords } from './words';

export interface Warning {
  readonly place: string;
  readonly code: 'LINES_DELETED' | 'LINES_REFUSED' | 'LINES_DROPPED' | 'LONG_REFILL';
  readonly message: string;
  readonly fix: string;
}

/** Lines that the outage costs which is asked about. */
export function lossWarnings(size: PlaceSize): Warning[] {
  const { place } = size.input;
  return [...deleted(size), ...overflowing(size)].map((warning) => ({ place, ...warning }));
}

/** Of a sizing that isn't written yet; what a region's file has is judged by the rule KAFKA_REFILL, by the brokers that it has. */
export function refillWarnings(size: PlaceSize): Warning[] {
  return longRefill(size).map((warning) => ({ place: size.input.place, ...warning }));
}

type Said = Omit<Warning, 'place'>;

function longRefill({ input, cluster, types }: PlaceSize): Said[] {
  const { demand, brokers, volume, needs } = cluster;
  // Two that must have a line before it is acknowledged: the default of `minInsync`.
  const left = `${demand.copies - 2} of ${demand.copies} copies${demand.copies - 2 < 2 ? ', too few to take lines' : ''}`;
  const seconds = refillSeconds(demand, brokers, types.brokers, volume.throughput * MIB);
  if (seconds <= REFILL_SECONDS) return [];
  const advice = refillAdvice(demand, brokers, types.brokers, volume.throughput * MIB, input.zones);
  // With less to keep there are as many brokers as all else needs.
  const fewer = brokersFor({ ...needs, disks: 0 }, input.zones);
  const { retention } = refillAdvice(demand, fewer, types.brokers, volume.throughput * MIB, input.zones);
  return [
    {
      code: 'LONG_REFILL',
      message:
        `a broker whose disk is lost copies ${valueWords(demand.kept / brokers, 'B')} from the others, which ${Number.isFinite(seconds) ? `takes ${valueWords(seconds, 's')}` : 'never ends'}: ` +
        `meanwhile nothing in the cluster is restarted or updated, and one more failure leaves some partitions ${left}`,
      fix: [
        `${advice.brokers} brokers with ${advice.throughput} MiB/s each are done in ${valueWords(REFILL_SECONDS, 's')}`,
        ...(advice.brokers === brokers
          ? []
          : [`so are ${brokers} on a type that has ${valueWords(advice.rate, 'B/s')} on the network and to volumes of as much`]),
        ...(retention === 0 ? [] : [`so are ${fewer} with --retention ${spanText(retention)}`]),
      ].join('; '),
    },
  ];
}

function deleted({ input }: PlaceSize): Said[] {
  const { outage } = input;
  const carried = carriedOn(input);
  const lost = deletedUncarried(carried, outage);
  if (lost === 0) return [];
  const lines = carried.reduce((sum, stream) => sum + deletedUncarried([stream], outage) / stream.lineBytes, 0);
  return [
    {
      code: 'LINES_DELETED',
      message: `when the central region is away for ${valueWords(outage, 's')}, brokers delete ${valueWords(lost, 'B')} of lines that it has not got yet, ${valueWords(Math.round(lines), 'lines')}: they are lost`,
      fix: `--retention ${spanText(outage)}, in a region's file \`retention: ${spanText(outage)}\` of every topic that is carried`,
    },
  ];
}

function overflowing({ input }: PlaceSize): Said[] {
  const { own, keep, outage, whenFull } = input;
  const over = overSpools(own, keep, outage);
  if (over === 0) return [];
  const what = `when Kafka is away for ${valueWords(outage, 's')}, spools are full after ${valueWords(keep, 's')}`;
  const fix = `--keep ${spanText(outage)}, in a region's file \`spool: { keep: ${spanText(outage)} }\``;
  return whenFull === 'refuse'
    ? [
        {
          code: 'LINES_REFUSED',
          message: `${what}, and ${valueWords(over, 'B')} of lines are refused: senders keep them, and what comes by plain syslog is lost`,
          fix,
        },
      ]
    : [{ code: 'LINES_DROPPED', message: `${what}, and ${valueWords(over, 'B')} of lines are dropped, the oldest first`, fix }];
}
