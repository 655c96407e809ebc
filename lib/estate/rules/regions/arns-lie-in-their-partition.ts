import { type Arn, parseArn } from '../../../facts/aws/arns';
import { set } from '../../findings/remedy';
import type { AwsRegion, Estate, Region } from '../../model/model';
import { regionsOf } from '../../regions-of';
import { type AlarmPlace, alarmPlaces, type FleetPlace, fleets, type Problem, type Rule } from '../rule';

/** What a region names by ARN lies in its partition, and topics of alarms in the region itself. Source: "AWS General Reference", Amazon Resource Names (partition); CloudWatch, "PutMetricAlarm" (AlarmActions). */
export const arnsLieInTheirPartition: Rule = {
  code: 'ARN_ELSEWHERE',
  title: 'What is named by ARN lies in the partition of the region, and topics of alarms in the region itself.',
  why: 'partitions know nothing of each other, and CloudWatch takes no topic of another region: the deploy would fail half-way',
  check: (estate) => {
    const aws = new Map(regionsOf(estate, 'aws').map((region) => [region.name, region]));
    const inAws = <P extends { readonly region: Region }>(
      places: readonly P[],
      problems: (region: AwsRegion, place: P) => Problem[],
    ) =>
      places.flatMap((place) => {
        const region = aws.get(place.region.name);
        return region === undefined ? [] : problems(region, place);
      });
    return [
      ...inAws(alarmPlaces(estate), (region, place) => topic(estate, region, place)),
      ...inAws(fleets(estate), (region, place) => parameters(estate, region, place)),
    ];
  },
};

function topic(estate: Estate, region: AwsRegion, { alarms: { topicArn }, path }: AlarmPlace): Problem[] {
  const arn = topicArn === undefined ? undefined : parseArn(topicArn);
  const partition = partitionOf(estate, region);
  if (arn === undefined || (arn.partition === partition && arn.region === `${region.cloudRegion}`)) return [];
  const account = arn.partition === partition ? arn.account : region.aws.account;
  const at = [...path, 'topicArn'];
  return [
    {
      file: region.file,
      path: at,
      message: `the topic lies in ${whereOf(arn)}, and the alarms in ${partition} ${region.cloudRegion}`,
      write: [set(at, `arn:${partition}:sns:${region.cloudRegion}:${account}:${arn.resource}`)],
      fix: 'or the ARN of another topic there',
    },
  ];
}

/** A host may have other keys for what it can't be allowed here: a warning. */
function parameters(estate: Estate, region: AwsRegion, { fleet, path }: FleetPlace): Problem[] {
  const partition = partitionOf(estate, region);
  return textsOf(fleet.parameters).flatMap(({ at, text }): Problem[] => {
    const arn = parseArn(text);
    if (arn === undefined || arn.partition === partition) return [];
    return [
      {
        file: region.file,
        path: [...path, 'parameters', ...at],
        severity: 'warning',
        message: `${at.join('.')} names ${text}, of the partition ${arn.partition}; the hosts are in ${partition}`,
        why: 'no role of one partition can be allowed anything in another',
        fix: `give the ARN of what stands in ${partition}`,
      },
    ];
  });
}

/** Of the cloud's own table: what the file says of it is PARTITION's to judge. */
function partitionOf({ awsRegions }: Estate, { cloudRegion, aws }: AwsRegion): string {
  return awsRegions.get(cloudRegion)?.partition ?? aws.partition;
}

const whereOf = ({ partition, region }: Arn): string => `${partition}${region === '' ? '' : ` ${region}`}`;

/** Every text within, and the way to it. */
function textsOf(value: unknown, at: readonly string[] = []): { readonly at: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ at, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...at, key]));
}
