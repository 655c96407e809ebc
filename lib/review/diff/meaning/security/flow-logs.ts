/** Records of who spoke with whom, which are wanted after something happened. */
import { explained } from '../context';
import type { Meaning } from '../meaning';
import { valueWords } from '../references';
import type { SecurityRule } from './weakness';

const FLOW_LOGS: ReadonlySet<string> = new Set(['AWS::EC2::FlowLog', 'ALIYUN::VPC::FlowLog']);

/** Gone while the network stays, or of fewer packets. */
export const flowLogsStay: SecurityRule = ({ change, resources, all }) => {
  if (change.kind !== 'changed') return [];
  const base = { severity: 'security', stack: change.path, hosts: [], details: [] } as const;
  const others = [...all.after.values()].filter(({ Type }) => FLOW_LOGS.has(Type)).length;
  return resources.flatMap(({ id, type, before, after }): Meaning[] => {
    if (!FLOW_LOGS.has(type) || before === undefined) return [];
    if (after === undefined) {
      if (others > 0) return [];
      const what = `flow logs of ${change.path.split('/')[0]} go: nobody records any more who speaks with whom`;
      return [{ ...base, kind: 'flow-log-goes', what, explains: [explained(id)] }];
    }
    const [old, now] = [before.Properties.TrafficType, after.Properties.TrafficType];
    if (String(old).toUpperCase() !== 'ALL' || String(now).toUpperCase() === 'ALL') return [];
    return [
      {
        ...base,
        kind: 'flow-log-narrower',
        what: `flow logs record ${valueWords(now)} only (was ${valueWords(old)})`,
        explains: [],
      },
    ];
  });
};
