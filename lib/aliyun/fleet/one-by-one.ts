/** Resources that a cloud object refuses to have made at once. */
import type { RosResourceJson } from '../ros';

/**
 * The same resources, each made after the one before it and deleted before it. A VPC takes one route at a time ("CreateRouteEntry":
 * TaskConflict), and a transit router answers with `Operation.Blocking` or `IncorrectStatus` while it works on another attachment,
 * table or route. ROS makes whatever doesn't wait at once.
 */
export function oneByOne(resources: Readonly<Record<string, RosResourceJson>>): Record<string, RosResourceJson> {
  let before: string | undefined;
  const chained: Record<string, RosResourceJson> = {};
  for (const [id, json] of Object.entries(resources)) {
    const waits = [...(json.DependsOn ?? []), ...(before === undefined ? [] : [before])];
    const { Type, Properties, DependsOn: _, ...rest } = json;
    chained[id] = {
      Type,
      ...(Properties === undefined ? {} : { Properties }),
      ...(waits.length === 0 ? {} : { DependsOn: [...new Set(waits)] }),
      ...rest,
    };
    before = id;
  }
  return chained;
}
