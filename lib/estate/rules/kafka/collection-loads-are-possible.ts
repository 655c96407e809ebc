import { set } from '../../findings/remedy';
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
                write: [set([...path, 'load', 'line'], `${MAX_LINE_BYTES}B`)],
                fix: 'or what a line has on average; senders split longer ones',
              },
            ]),
        ...(lineBytes >= 1
          ? []
          : [
              {
                ...at('line'),
                message: 'a line has less than a byte',
                write: [set([...path, 'load', 'line'], '500B')],
                fix: 'or what a line has on average',
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
                write: [
                  average > peak && peak > 0
                    ? set([...path, 'load', 'average'], `${peak}B/s`)
                    : [...set([...path, 'load', 'peak'], '1MB/s'), ...set([...path, 'load', 'average'], '1MB/s')],
                ],
                fix: 'or both as they are measured: the busiest minute, and a day',
              },
            ]),
      ];
    }),
};
