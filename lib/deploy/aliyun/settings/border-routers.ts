import { type BorderRouterBfd, otherwiseBfd, setBfd } from '../../../aliyun/cloud';
import { modified, type Setting, type StandingRos, step } from './setting';

const TYPE = 'ALIYUN::VPC::VirtualBorderRouter';

/** How fast BFD sees that a line is down. Source: VPC, "ModifyVirtualBorderRouterAttribute". */
export const borderRouterBfd: Setting = {
  otherwise: async (standing) => {
    const own = borderRouters(standing);
    const other = await otherwiseBfd(standing.rpc, standing.stack.cloudRegion, own);
    return own
      .filter(({ vbrId }) => other.some((one) => one.vbrId === vbrId))
      .map(({ resource, minTxInterval, detectMultiplier }) =>
        modified(resource, TYPE, 'BFD', `${minTxInterval} ms x ${detectMultiplier}`),
      );
  },
  set: async (standing, progress) => {
    const own = borderRouters(standing);
    const touched = await setBfd(standing.rpc, standing.stack.cloudRegion, own, (id) => {
      const { resource } = own.find(({ vbrId }) => vbrId === id)!;
      progress(step(resource, TYPE, 'BFD_SET'));
    });
    return touched.length;
  },
};

function borderRouters({ stack, ids }: StandingRos): (BorderRouterBfd & { readonly resource: string })[] {
  return (stack.ros?.borderRouters ?? []).flatMap((one) => {
    const vbrId = ids.get(one.resource);
    return vbrId === undefined ? [] : [{ ...one, vbrId }];
  });
}
