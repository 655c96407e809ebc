import type { CredentialsOrNone, Surroundings } from './credentials';
import { Secret } from './secret';

/** Names of today first, then those that older tools of Aliyun read (Terraform's and Packer's, the aliyun CLI's). */
const KEY_ID = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABACLOUD_ACCESS_KEY_ID', 'ALICLOUD_ACCESS_KEY_ID', 'ALICLOUD_ACCESS_KEY'];
const KEY_SECRET = [
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABACLOUD_ACCESS_KEY_SECRET',
  'ALICLOUD_ACCESS_KEY_SECRET',
  'ALICLOUD_SECRET_KEY',
];
const TOKEN = ['ALIBABA_CLOUD_SECURITY_TOKEN', 'ALIBABACLOUD_SECURITY_TOKEN', 'ALICLOUD_SECURITY_TOKEN'];

/** Keys of the environment. An id without its secret is said, not passed over: somebody meant them to be used. */
export function fromEnvironment({ environment = process.env }: Surroundings): CredentialsOrNone {
  const first = (names: readonly string[]) => names.map((name) => environment[name]?.trim()).find(Boolean);
  const id = first(KEY_ID);
  const secret = first(KEY_SECRET);
  const token = first(TOKEN);
  if (id && secret) {
    return {
      accessKeyId: new Secret(id),
      accessKeySecret: new Secret(secret),
      ...(token ? { securityToken: new Secret(token) } : {}),
      source: 'environment',
    };
  }
  if (id) return { none: `the environment has an access key id but no ${KEY_SECRET[0]}` };
  if (secret) return { none: `the environment has an access key secret but no ${KEY_ID[0]}` };
  return { none: `the environment has no ${KEY_ID[0]}` };
}
