import { didYouMean } from '../../findings/nearest';
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
        const problem = into === undefined ? unknownRegion(estate, place) : wrongRegion(estate, place, into);
        return problem === undefined ? [] : [{ file: region.file, path: [...path, 'into'], ...problem }];
      }),
};

type Told = Pick<Problem, 'message' | 'fix' | 'also'>;

function unknownRegion(estate: Estate, { region, kafka }: CollectionPlace): Told {
  const names = collections(estate).map((place) => place.region.name);
  const instead = `, or \`into: ${region.name}\` to carry nothing`;
  return {
    message: `there is no region "${kafka.into}"${didYouMean(kafka.into, names)}`,
    fix: `name a region of the estate${instead}`,
  };
}

function wrongRegion(estate: Estate, { region }: CollectionPlace, into: Region): Told | undefined {
  if (into.outline === true) return undefined;
  const there = collections(estate).find((place) => place.region === into);
  const nothing = `or \`into: ${region.name}\` here to carry nothing`;
  if (there === undefined)
    return { message: `${into.name} has no collection`, fix: `describe \`kafka\` in a cluster of ${into.name}, ${nothing}` };
  const also = [estate.locate(into.file, there.path)];
  if (there.kafka.mirrors === undefined)
    return {
      message: `the collection of ${into.name} has no mirrors, which would fetch the topics`,
      fix: `write \`mirrors: mirrors\` there and a fleet with the profile kafka-mirror, ${nothing}`,
      also,
    };
  if (!isCarried(there)) return undefined;
  const loop = there.kafka.into === region.name;
  return {
    message: loop
      ? `${region.name} and ${into.name} are carried into each other`
      : `${into.name} is carried into ${there.kafka.into}, and takes nothing of others along`,
    fix: loop ? `write \`into: ${into.name}\` in ${into.file}, ${nothing}` : `write \`into: ${there.kafka.into}\`, ${nothing}`,
    also,
  };
}
