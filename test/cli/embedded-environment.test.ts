import { join } from 'node:path';
import { embeddedEnvironment, withEnvironment } from '../../lib/cli/embedded-environment';

const REAL = {
  PATH: '/bin',
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'of a real account',
  AWS_ENDPOINT_URL_STS: 'https://sts.example',
  AWS_CONFIG_FILE: '/home/somebody/.aws/config',
  AWS_SHARED_CREDENTIALS_FILE: '/home/somebody/.aws/credentials',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  CDK_DEFAULT_ACCOUNT: '999999999999',
  CDK_HOME: '/home/somebody/.cdk',
  aws_access_key_id: 'of Windows',
};
const EMBEDDED = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'embedded', AWS_REGION: 'sa-east-1' };

test('nothing that points at a real account survives, and no profile is read', () => {
  expect(embeddedEnvironment(REAL, EMBEDDED, '/state')).toEqual({
    PATH: '/bin',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'embedded',
    AWS_REGION: 'sa-east-1',
    AWS_CONFIG_FILE: join('/state', 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join('/state', 'no-credentials'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_HOME: join('/state', 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  });
});

describe('the environment of a work', () => {
  beforeEach(() => {
    process.env.AWS_PROFILE = 'production';
  });
  afterEach(() => {
    delete process.env.AWS_PROFILE;
  });

  const inside = () => withEnvironment(embeddedEnvironment(process.env, EMBEDDED, '/state'), async () => ({ ...process.env }));

  test('is all that it sees, and this process has its own again afterwards', async () => {
    const before = { ...process.env };
    const seen = await inside();
    expect(seen).toMatchObject(EMBEDDED);
    expect(seen).not.toHaveProperty('AWS_PROFILE');
    expect({ ...process.env }).toEqual(before);
  });

  test('is put back when the work fails', async () => {
    const before = { ...process.env };
    const failing = withEnvironment({ AWS_REGION: 'sa-east-1' }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect({ ...process.env }).toEqual(before);
  });
});
