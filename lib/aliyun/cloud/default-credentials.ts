import { SYSTEM_CLOCK } from './clock';
import { type CredentialsProvider, remembered, type Surroundings } from './credentials';
import { fromEnvironment } from './credentials-environment';
import { fromInstanceRole } from './credentials-instance';
import { fromProfile } from './credentials-profile';
import { NoCredentials } from './errors';

/**
 * Credentials as Aliyun's own tools find them (Alibaba Cloud, "Manage access credentials", default credential chain): the environment, a
 * profile of the aliyun CLI, the RAM role of the instance. A profile that is asked for by name comes first and alone.
 *
 * Not by `@alicloud/credentials`: it prints the whole `config.json` into an error when that isn't JSON, keeps keys in enumerable fields,
 * and can't be pointed at another metadata service, so it can't be tested here.
 *
 * @throws {@link NoCredentials} naming each place
 */
export function defaultCredentials(surroundings: Surroundings = {}): CredentialsProvider {
  const named = surroundings.profile ?? (surroundings.environment ?? process.env).ALIBABA_CLOUD_PROFILE;
  const sources = surroundings.profile
    ? [() => fromProfile(surroundings, named)]
    : [() => fromEnvironment(surroundings), () => fromProfile(surroundings, named), () => fromInstanceRole(surroundings)];
  return remembered(surroundings.clock ?? SYSTEM_CLOCK, async () => {
    const looked: string[] = [];
    for (const source of sources) {
      const found = await source();
      if (!('none' in found)) return found;
      looked.push(found.none);
    }
    throw new NoCredentials({
      code: 'NoCredentials',
      message: `no Aliyun credentials: ${looked.join('; ')}`,
      wayOn: 'run aliyun configure, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    });
  });
}
