import type { Region, World } from '../../store/world';
import type { Parameter } from './records';

/** Names of parameters that AWS itself keeps: the newest image of a system. */
const PUBLIC_IMAGE = /^\/aws\/service\/ami-[\w./-]+$/;

/** A parameter of a region's account, or one of AWS's own: the region's image is the newest of every system. */
export function parameterOf(world: World, region: Region, name: string): Parameter | undefined {
  const image = PUBLIC_IMAGE.test(name) ? world.publicImages?.[region.name] : undefined;
  if (image !== undefined) return { name, type: 'String', value: image, version: 1, modified: PUBLISHED };
  return region.parameters[name];
}

/** A fixed day: nothing else of the world depends on when it is asked. */
const PUBLISHED = '2024-01-01T00:00:00.000Z';
