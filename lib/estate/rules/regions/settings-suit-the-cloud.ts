import { type Remedy, remove, set } from '../../findings/remedy';
import type { Region, Told } from '../../model/model';
import { linksIn } from '../../model/resolved-links';
import { tellsSomebody } from '../../model/told';
import { regionsOf } from '../../regions-of';
import { entryOf } from '../links/link-entry';
import { type AlarmPlace, alarmPlaces, type Problem, type Rule, wholeRegions } from '../rule';
import { somebodyTold } from './whom-alarms-tell';

/** What one cloud has and the other has not. Source: Aliyun VPC, "Create and manage a route table" (one system route table a VPC); ROS, no type for flow logs among those that this toolkit emits; "Automatic instance recovery"; "CreateContactGroup". */
export const settingsSuitTheCloud: Rule = {
  code: 'CLOUD_SETTING',
  title: 'A region says nothing that its cloud would not hear.',
  why: 'what has no effect looks as if it had one',
  check: (estate) => [
    ...regionsOf({ regions: wholeRegions(estate) }, 'aliyun').flatMap(({ file, name, network }): Problem[] => [
      ...(network.nat === 'per-zone'
        ? [
            {
              file,
              path: ['network', 'nat'],
              message: `${name} is a region of Aliyun, whose VPC has one route table with one default route`,
              write: [set(['network', 'nat'], 'single'), set(['network', 'nat'], 'none')],
            },
          ]
        : []),
      ...(network.flowLogDays === 0
        ? []
        : [
            {
              file,
              path: ['network', 'flowLogDays'],
              message: `flow logs of Aliyun regions are not written by this version`,
              write: [set(['network', 'flowLogDays'], 0)],
            },
          ]),
    ]),
    ...wholeRegions(estate).flatMap(({ file, provider, quotas = {} }): Problem[] =>
      Object.keys(quotas)
        .filter((key) => key.startsWith('aliyun') !== (provider === 'aliyun'))
        .map((key) => ({
          file,
          path: ['quotas', key],
          message: `the quota ${key} is ${provider === 'aws' ? "Aliyun's" : 'that of AWS'}`,
          fix: 'leave it out',
        })),
    ),
    ...alarmPlaces(estate).flatMap(alarmProblems),
    ...linksIn(estate).flatMap((link): Problem[] => {
      if (link.kind !== 'vpn' || link.vpn.logDays === undefined) return [];
      if (link.regions.every(({ provider }) => provider === 'aws')) return [];
      return [
        {
          ...entryOf(link, 'logDays'),
          message: `${link.id} ends in Aliyun, for whose tunnels ROS sets up no logs`,
          write: [remove([...link.path, 'logDays'])],
        },
      ];
    }),
  ],
};

function alarmProblems({ region, alarms, path }: AlarmPlace): Problem[] {
  const at = (key: string) => ({ file: region.file, path: [...path, key] });
  if (region.provider === 'aws')
    return alarms.contactGroup === undefined
      ? []
      : [
          {
            ...at('contactGroup'),
            message: "contact groups are Aliyun's",
            write: [instead(region, alarms, path, 'contactGroup')],
            fix: '`topicArn:` names an SNS topic',
          },
        ];
  return [
    ...(alarms.topicArn === undefined
      ? []
      : [
          {
            ...at('topicArn'),
            message: 'SNS topics are those of AWS',
            write: [instead(region, alarms, path, 'topicArn')],
            fix: '`contactGroup:` names a contact group',
          },
        ]),
    ...(alarms.recover === true
      ? [
          {
            ...at('recover'),
            message: 'Aliyun restarts a host of a failed machine by itself',
            write: [remove([...path, 'recover'])],
          },
        ]
      : []),
  ];
}

/** The other cloud's key goes; where nobody would be told then, this cloud's own comes in its place. */
function instead(region: Region, alarms: AlarmPlace['alarms'], path: AlarmPlace['path'], key: keyof Told): Remedy {
  const own = tellsSomebody({ ...region.alarms, ...alarms, [key]: undefined }) ? {} : somebodyTold(region);
  return [...remove([...path, key]), ...Object.entries(own).flatMap(([one, value]) => set([...path, one], value))];
}
