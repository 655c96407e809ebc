import { MAX_LINE_BYTES } from '../../model/kafka-model';
import type { Problem, Rule } from '../rule';
import { collections } from './collections';

/** A load that can be: lines within the limit, an average within the peak. Source: the design of this toolkit; Apache Kafka, "Broker Configs" (message.max.bytes). */
export const collectionLoadsArePossible: Rule = {
  code: 'KAFKA_LOAD',
  title: `A line is at most ${MAX_LINE_BYTES} bytes, and the average of a load is at most its peak.`,
  why: 'front ends refuse longer lines, and hosts and disks are sized from these numbers',
  check: (estate) =>
    collections(estate).flatMap(({ region, kafka, path }): Problem[] => {
      const { peak, average, lineBytes } = kafka.load;
      const at = (key: string) => ({ file: region.file, path: [...path, 'load', key] });
      return [
        ...(lineBytes <= MAX_LINE_BYTES
          ? []
          : [
              {
                ...at('line'),
                message: `a line of ${lineBytes} bytes is over the limit of ${MAX_LINE_BYTES}`,
                fix: 'write what a line has on average, and let senders split longer ones',
              },
            ]),
        ...(lineBytes >= 1
          ? []
          : [
              {
                ...at('line'),
                message: 'a line has less than a byte',
                fix: 'write what a line has on average, for example 500B',
              },
            ]),
        ...(peak > 0 && average > 0 && average <= peak
          ? []
          : [
              {
                ...at('average'),
                message:
                  average > peak
                    ? `the average, ${average} bytes a second, is more than the peak, ${peak}`
                    : 'nothing comes in: then there is nothing to size',
                fix: 'write both from what is measured: the busiest minute, and a day',
              },
            ]),
      ];
    }),
};
