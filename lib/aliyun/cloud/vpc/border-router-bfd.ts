import { record, records, text } from '../answer';
import { NotFound } from '../errors';
import type { RpcClient } from '../rpc';

/** How soon a border router and its neighbour know that the line between them is dead. */
export interface BorderRouterBfd {
  readonly vbrId: string;
  /** Milliseconds, 200 to 1,000. */
  readonly minTxInterval: number;
  /** Milliseconds, 200 to 1,000. */
  readonly minRxInterval: number;
  /** 3 to 10. */
  readonly detectMultiplier: number;
}

/**
 * Border routers whose BFD has other times than it should: what drift shows.
 * @throws NotFound where one is gone, or not in this region
 */
export async function otherwiseBfd(
  rpc: RpcClient,
  region: string,
  wanted: readonly BorderRouterBfd[],
): Promise<BorderRouterBfd[]> {
  const other: BorderRouterBfd[] = [];
  for (const one of wanted) {
    const answer = await rpc.call({
      product: 'vpc',
      region,
      action: 'DescribeVirtualBorderRouters',
      parameters: { RegionId: region, Filter: [{ Key: 'VbrId', Value: [one.vbrId] }] },
    });
    const found = records(record(answer.VirtualBorderRouterSet).VirtualBorderRouterType).find(
      (fields) => text(fields.VbrId) === one.vbrId,
    );
    if (found === undefined) {
      throw new NotFound({
        code: 'InvalidVbrId.NotFound',
        action: 'DescribeVirtualBorderRouters',
        message: `no virtual border router ${one.vbrId} in ${region}`,
        wayOn: 'see whether it was deleted by hand; deploying the stack of the leased line makes it anew',
      });
    }
    const now = [found.MinTxInterval, found.MinRxInterval, found.DetectMultiplier].map((value) => Number(text(value)));
    const should = [one.minTxInterval, one.minRxInterval, one.detectMultiplier];
    if (should.some((value, i) => value !== now[i])) other.push(one);
  }
  return other;
}

/**
 * Gives border routers their BFD times, which no ROS type can say (VPC, "ModifyVirtualBorderRouterAttribute": MinTxInterval, MinRxInterval,
 * DetectMultiplier). Only those with other times are touched, so it can be stopped and run again anywhere.
 * @returns the border routers that were touched
 */
export async function setBfd(
  rpc: RpcClient,
  region: string,
  wanted: readonly BorderRouterBfd[],
  onDone: (vbrId: string) => void = () => {},
): Promise<string[]> {
  const touched: string[] = [];
  for (const { vbrId, minTxInterval, minRxInterval, detectMultiplier } of await otherwiseBfd(rpc, region, wanted)) {
    await rpc.call({
      product: 'vpc',
      region,
      action: 'ModifyVirtualBorderRouterAttribute',
      // Setting it twice is setting it once.
      repeatable: true,
      parameters: {
        RegionId: region,
        VbrId: vbrId,
        MinTxInterval: minTxInterval,
        MinRxInterval: minRxInterval,
        DetectMultiplier: detectMultiplier,
      },
    });
    touched.push(vbrId);
    onDone(vbrId);
  }
  return touched;
}
