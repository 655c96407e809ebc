import { ALIYUN } from './aliyun';
import { AWS } from './aws';
import type { Cloud, Provider } from './cloud';

/** Every cloud there is: a third one is its facts, its file here and this line. */
export const CLOUDS: Readonly<Record<Provider, Cloud>> = { aws: AWS, aliyun: ALIYUN };

/** The cloud of a region, or of what stands in one. */
export function cloudOf({ provider }: { readonly provider: Provider }): Cloud {
  return CLOUDS[provider];
}

/** The same for a place that may be a data centre, which has none. */
export function cloudAt({ provider }: { readonly provider: Provider | 'idc' }): Cloud | undefined {
  return provider === 'idc' ? undefined : CLOUDS[provider];
}
