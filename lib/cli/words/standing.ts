/** What stands in the embedded cloud of each provider, read back and in words. */

import type { Provider } from '../../clouds/cloud';
import type { EmbeddedCloud } from '../../embedded-cloud';
import type { RegionPlan } from '../../plan/model';
import { type LinkedInventory, linkedAliyun } from '../linked-world';
import { aliyunWorldWords } from './aliyun-world-words';
import { worldWords } from './world-words';

/** A region by both of its names. */
type Place = Pick<RegionPlan, 'name' | 'cloudRegion'>;

export const STANDING = {
  aws: {
    inventory: (cloud: EmbeddedCloud, region: Place) => cloud.inventory(region.cloudRegion),
    words: (cloud: EmbeddedCloud, region: Place) => worldWords(region.name, cloud.inventory(region.cloudRegion)),
    linked: (cloud: EmbeddedCloud, region: Pick<Place, 'cloudRegion'>): LinkedInventory => cloud.inventory(region.cloudRegion),
  },
  aliyun: {
    inventory: (cloud: EmbeddedCloud, region: Place) => cloud.aliyun.inventory(region.cloudRegion),
    words: (cloud: EmbeddedCloud, region: Place) => aliyunWorldWords(region.name, cloud.aliyun.inventory(region.cloudRegion)),
    linked: (cloud: EmbeddedCloud, region: Pick<Place, 'cloudRegion'>): LinkedInventory =>
      linkedAliyun(cloud.aliyun.inventory(region.cloudRegion)),
  },
} satisfies Readonly<Record<Provider, object>>;
