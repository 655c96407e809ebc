/** What stands in the embedded cloud of each provider, read back and in words. */
import type { Provider } from '../../clouds/cloud';
import type { EmbeddedCloud } from '../../embedded-cloud';
import { type LinkedInventory, linkedAliyun } from '../linked-world';
import { aliyunWorldWords } from './aliyun-world-words';
import { worldWords } from './world-words';

export const STANDING = {
  aws: {
    inventory: (cloud: EmbeddedCloud, region: string) => cloud.inventory(region),
    words: (cloud: EmbeddedCloud, region: string) => worldWords(region, cloud.inventory(region)),
    linked: (cloud: EmbeddedCloud, region: string): LinkedInventory => cloud.inventory(region),
  },
  aliyun: {
    inventory: (cloud: EmbeddedCloud, region: string) => cloud.aliyun.inventory(region),
    words: (cloud: EmbeddedCloud, region: string) => aliyunWorldWords(region, cloud.aliyun.inventory(region)),
    linked: (cloud: EmbeddedCloud, region: string): LinkedInventory => linkedAliyun(cloud.aliyun.inventory(region)),
  },
} satisfies Readonly<Record<Provider, object>>;
