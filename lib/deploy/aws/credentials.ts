/** Clients of a region's account: with the own credentials where they are of that account, else with its bootstrap role. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsAccount, CloudRegionId } from '../../estate/model/model';
import { DeployError } from '../deploy-error';

/** What was made for a region, or is being made; what failed is tried anew. */
function once<T>(made: Map<string, Promise<T>>, region: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(region);
  if (known !== undefined) return known;
  const making = make();
  made.set(region, making);
  making.catch(() => made.delete(region));
  return making;
}

/** CloudFormation is asked again this often when it throttles or fails (SDK: adaptive retries wait between them). */
const ATTEMPTS = 8;

type AccountOf = (region: CloudRegionId) => Pick<AwsAccount, 'account' | 'partition' | 'bootstrapQualifier'>;

export class AwsClients {
  private readonly clients = new Map<string, Promise<CloudFormationClient>>();
  private readonly ec2Clients = new Map<string, Promise<EC2Client>>();
  private readonly identities = new Map<string, Promise<string | undefined>>();

  /** @param accountOf account of a region of the estate */
  constructor(readonly accountOf: AccountOf) {}

  cloudFormation(region: CloudRegionId): Promise<CloudFormationClient> {
    return once(this.clients, region, async () => new CloudFormationClient(await this.settings(region)));
  }

  /** The role that `cdk bootstrap` makes may ask EC2 nothing: then only credentials of the account itself can. */
  ec2(region: CloudRegionId): Promise<EC2Client> {
    return once(this.ec2Clients, region, async () => new EC2Client(await this.settings(region)));
  }

  /** Whether the own credentials are of the region's account. */
  async isOwn(region: CloudRegionId): Promise<boolean> {
    const { account, partition } = this.accountOf(region);
    return (await this.identity(partition, region)) === account;
  }

  private async settings(region: CloudRegionId) {
    const own = await this.isOwn(region);
    return {
      region,
      maxAttempts: ATTEMPTS,
      retryMode: 'adaptive',
      ...(own ? {} : { credentials: () => this.assume(region, 'deploy') }),
    };
  }

  /** The account of the own credentials. */
  private identity(partition: string, region: CloudRegionId): Promise<string | undefined> {
    const known = this.identities.get(partition);
    if (known !== undefined) return known;
    const asked = new STSClient({ region }).send(new GetCallerIdentityCommand({})).then((answer) => answer.Account);
    this.identities.set(partition, asked);
    asked.catch(() => this.identities.delete(partition));
    return asked;
  }

  /** A role that `cdk bootstrap` makes for who deploys, or publishes templates. Source: AWS CDK guide, "Bootstrapping". */
  async assume(region: CloudRegionId, purpose: 'deploy' | 'file-publishing') {
    const { account, partition, bootstrapQualifier: qualifier } = this.accountOf(region);
    const role = `arn:${partition}:iam::${account}:role/cdk-${qualifier}-${purpose}-role-${account}-${region}`;
    const sts = new STSClient({ region });
    const { Credentials: given } = await sts
      .send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'meissa-deploy' }))
      .catch(async (error) => {
        const current = await this.identity(partition, region).catch(() => undefined);
        if (!/AccessDenied/.test(String(error?.name))) throw error;
        throw new DeployError(
          'WRONG_ACCOUNT',
          `${region} is of account ${account}; the credentials are of ${current ?? 'another one'} and may not take on ${role}`,
          `use credentials of account ${account}, or bootstrap it with trust: npx cdk bootstrap --trust ${current ?? '<account>'} aws://${account}/${region}`,
        );
      });
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined)
      throw new DeployError('NO_CREDENTIALS_GIVEN', `STS gave no credentials for ${role}`, 'try again');
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
    };
  }
}
