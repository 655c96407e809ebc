import { remove } from '../../findings/remedy';
import { fleets, type Rule } from '../rule';

/** Only members are recovered by an alarm. Source: "Automatic instance recovery" (instances in an Auto Scaling group are replaced by the group). */
export const onlyMembersRecover: Rule = {
  code: 'ALARM_RECOVER',
  title: 'alarms.recover stands on members fleets only.',
  why: "an Auto Scaling group replaces a failed host itself; two that act on one host get in each other's way",
  check: (estate) =>
    fleets(estate)
      .filter(({ fleet }) => fleet.kind === 'elastic' && fleet.alarms.recover)
      .map(({ region, path }) => ({
        file: region.file,
        path: [...path, 'alarms', 'recover'],
        message: 'an elastic fleet recovers no host',
        write: [remove([...path, 'alarms', 'recover'])],
      })),
};
