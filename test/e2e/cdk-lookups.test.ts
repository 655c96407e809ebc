/** Another app's look-ups and the clean-up of assets, by the unmodified CDK CLI, on the embedded cloud. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedCloud } from '../../lib/embedded-cloud';
import { ROOT } from '../child/run';
import { embeddedCdk } from './embedded-cdk';
import { removeTemporaryFolders, temporaryFolder } from './example';

jest.setTimeout(180_000);
afterAll(removeTemporaryFolders);

const REGION = 'sa-east-1';
const IMAGE = 'ami-0123456789abcdef0';

/** First a network with an asset; then what looks it up. */
const APP = `
const { App, CfnOutput, Stack, aws_ec2: ec2, aws_ssm: ssm, aws_s3_assets: assets } = require('${join(ROOT, 'node_modules/aws-cdk-lib')}');
const env = { account: '111111111111', region: '${REGION}' };
const app = new App();
const net = new Stack(app, 'net', { env });
if (process.env.ASSET) new CfnOutput(net, 'Key', { value: new assets.Asset(net, 'Asset', { path: process.env.ASSET }).s3ObjectKey });
new ec2.Vpc(net, 'Vpc', { vpcName: 'shared', maxAzs: 2, natGateways: 1, ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16') });
if (process.env.LOOK) {
  const user = new Stack(app, 'user', { env });
  const vpc = ec2.Vpc.fromLookup(user, 'Vpc', { vpcName: 'shared' });
  const image = ssm.StringParameter.valueFromLookup(user, '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64');
  new ec2.CfnInstance(user, 'Host', { imageId: image, instanceType: 't3.small', subnetId: vpc.privateSubnets[0].subnetId });
}
`;

test('a VPC and the newest image are looked up, and assets that no stack names any more are removed', async () => {
  const cloud = await startEmbeddedCloud({ images: { [REGION]: IMAGE } });
  const home = temporaryFolder();
  try {
    writeFileSync(join(home, 'app.js'), APP);
    writeFileSync(join(home, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
    const cdk = async (args: readonly string[], more: Record<string, string> = {}) => {
      const ran = await embeddedCdk(args, { ...cloud.env(REGION), ...more }, home);
      expect({ code: ran.code, said: ran.stdout + ran.stderr }).toMatchObject({ code: 0 });
      return ran.stdout + ran.stderr;
    };
    await cdk(['bootstrap', `aws://111111111111/${REGION}`]);
    const asset = join(home, 'asset');
    mkdirSync(asset);
    writeFileSync(join(asset, 'a.txt'), 'the first');
    await cdk(['deploy', 'net', '--require-approval', 'never'], { ASSET: asset });

    await cdk(['synth', 'user', '-q'], { LOOK: '1' });
    const template = JSON.parse(readFileSync(join(home, 'cdk.out', 'user.template.json'), 'utf8'));
    const { ImageId, SubnetId } = template.Resources.Host.Properties;
    expect(ImageId).toBe(IMAGE);
    expect(cloud.region(REGION).subnets[SubnetId]?.cidr).toMatch(/^10\.0\./);

    writeFileSync(join(asset, 'a.txt'), 'the second');
    await cdk(['deploy', 'net', '--require-approval', 'never'], { ASSET: asset });
    const bucket = Object.values(cloud.backend.world.buckets).find(({ name }) => name.startsWith('cdk-'))!;
    const zips = () => Object.keys(bucket.objects).filter((key) => key.endsWith('.zip'));
    expect(zips()).toHaveLength(2);
    await cdk(
      [
        'gc',
        `aws://111111111111/${REGION}`,
        '--unstable=gc',
        '--rollback-buffer-days=0',
        '--created-buffer-days=0',
        '--confirm=false',
      ],
      { ASSET: asset },
    );
    expect(zips()).toHaveLength(1);
  } finally {
    await cloud.close();
  }
});
