import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { type CollectionPlace, collections, isCarried } from './collections';

/** `into` names a region with a collection and mirrors, which carries on nothing itself. Source: the design of this toolkit; Apache Kafka, "Geo-Replication" (replication flows). */
export const collectionsAreCarriedOnce: Rule = {
  code: 'KAFKA_INTO',
  title: 'Topics are carried into a region that has a collection and mirrors, and from there no further.',
  why: 'mirrors stand where the lines go and carry only what was collected in the other region itself: what isn’t fetched stays until it is deleted',
  check: (estate) =>
    collections(estate)
      .filter(isCarried)
      .flatMap((place): Problem[] => {
        const { region, kafka, path } = place;
        const into = estate.regions.find(({ name }) => name === kafka.into);
        // That the central region isn't there is told once.
        if (into === undefined && kafka.into === estate.central) return [];
        const problem = into === undefined ? unknownRegion(estate, place) : wrongRegion(estate, place, into);
        return problem === undefined ? [] : [{ file: region.file, path: [...path, 'into'], ...problem }];
      }),
};

type Told = Pick<Problem, 'message' | 'also'> & Advice;

function unknownRegion(estate: Estate, { region, kafka, path }: CollectionPlace): Told {
  const near = nearest(
    kafka.into,
    collections(estate)
      .filter((place) => place.kafka.mirrors !== undefined)
      .map((place) => place.region.name),
  );
  return {
    message: `there is no region "${kafka.into}"`,
    write: [...(near === undefined ? [] : [set([...path, 'into'], near)]), set([...path, 'into'], region.name)],
    fix: `\`into: ${region.name}\` carries nothing`,
  };
}

function wrongRegion(estate: Estate, { region, path }: CollectionPlace, into: Region): Told | undefined {
  if (into.outline === true) return undefined;
  const there = collections(estate).find((place) => place.region === into);
  const nothing = set([...path, 'into'], region.name);
  if (there === undefined)
    return {
      message: `${into.name} has no collection`,
      write: [nothing],
      fix: `to carry nothing, or describe \`kafka\` in a cluster of ${into.name}`,
    };
  const also = [estate.locate(into.file, there.path)];
  if (there.kafka.mirrors === undefined)
    return {
      message: `the collection of ${into.name} has no mirrors, which would fetch the topics`,
      write: [nothing],
      fix: `to carry nothing, or describe a fleet with the profile kafka-mirror there and name it as \`mirrors\``,
      also,
    };
  if (!isCarried(there)) return undefined;
  const loop = there.kafka.into === region.name;
  return {
    message: loop
      ? `${region.name} and ${into.name} are carried into each other`
      : `${into.name} is carried into ${there.kafka.into}, and takes nothing of others along`,
    write: [loop ? set([...there.path, 'into'], into.name, into.file) : set([...path, 'into'], there.kafka.into), nothing],
    fix: 'the last carries nothing',
    also,
  };
}
