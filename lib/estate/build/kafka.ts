/** From a collection as written to the collection of the model. */
import type { KafkaConfig } from '../model/kafka-model';
import type { KafkaFile } from '../schema/kafka-schema';
import { parseBytes, parseDuration, parseRate } from '../units';

/**
 * @param region the region that it stands in
 * @param central the estate's central region, the default of `into`
 */
export function buildKafka(written: KafkaFile, region: string, central: string | undefined): KafkaConfig {
  const { size, brokers, controllers, frontEnds, mirrors, load, spool, topics } = written;
  return {
    size,
    controllers: size === 'small' ? brokers : (controllers ?? ''),
    brokers,
    ...(frontEnds === undefined ? {} : { frontEnds }),
    ...(mirrors === undefined ? {} : { mirrors }),
    into: written.into ?? central ?? region,
    load: {
      peak: parseRate(load.peak)!,
      average: parseRate(load.average)!,
      lineBytes: parseBytes(load.line)!,
      growth: load.growth,
    },
    spool: { keep: parseDuration(spool.keep)!, whenFull: spool.whenFull },
    topics: Object.keys(topics)
      .sort()
      .map((name) => {
        const { retention, ...topic } = topics[name]!;
        return { name, ...topic, retention: parseDuration(retention)! };
      }),
  };
}
