/** Run as a child by `nothing-printed.test.ts`: calls that succeed and calls that fail, their errors printed as anybody would. */
import { explicitCredentials, OssClient, RpcClient } from '../../../lib/aliyun/cloud';

const { KEY_ID = '', KEY_SECRET = '', TOKEN = '', HIDDEN = '', RPC = '', OSS = '' } = process.env;
const credentials = explicitCredentials({ accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET, securityToken: TOKEN });
const say = (error: unknown) => console.error('said', error, JSON.stringify(error));

async function main(): Promise<void> {
  const rpc = new RpcClient({ credentials, environment: { MEISSA_ALIYUN_ENDPOINT: RPC }, retry: { attempts: 1 } });
  const call = { product: 'ros', region: 'cn-beijing', parameters: { TemplateBody: HIDDEN } } as const;
  await rpc.call({ ...call, action: 'ValidateTemplate' });
  await rpc.call({ ...call, action: 'GetStack' }).catch(say);
  const oss = new OssClient({
    region: 'cn-beijing',
    credentials,
    environment: { MEISSA_ALIYUN_ENDPOINT: OSS },
    retry: { attempts: 1 },
  });
  await oss.put('bucket', 'key', HIDDEN);
  await oss.get('bucket', 'none').catch(say);
}

main().then(
  () => process.exit(0),
  (error) => {
    say(error);
    process.exit(1);
  },
);
