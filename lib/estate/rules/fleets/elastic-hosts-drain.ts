import { cloudOf } from '../../../clouds/clouds';
import { fleets, type Rule } from '../rule';

/**
 * Elastic fleets whose hosts drain stand on AWS. Sources: Amazon EC2 Auto Scaling User Guide, "Retrieve the target lifecycle state through
 * instance metadata"; Auto Scaling (Aliyun), "CompleteLifecycleAction" (LifecycleActionToken).
 */
export const elasticHostsDrain: Rule = {
  code: 'ELASTIC_DRAIN',
  title: 'Elastic fleets whose hosts drain before they go stand on AWS.',
  why: 'on Aliyun a host is not told that it leaves, and the lines that it has acknowledged and not yet handed on would go with its disk',
  check: (estate) =>
    fleets(estate)
      .filter(({ region, fleet }) => !cloudOf(region).drains && fleet.kind === 'elastic')
      .flatMap(({ region, fleet, path }) => {
        const draining = fleet.profiles.find((name) => estate.profiles.get(name)?.needs.drains === true);
        if (draining === undefined) return [];
        return [
          {
            file: region.file,
            path: [...path, 'kind'],
            message: `${fleet.name} is elastic, and hosts with the profile ${draining} hand on what they hold before they go`,
            fix: 'write `kind: members` with a count and addresses: members keep their disk',
          },
        ];
      }),
};
