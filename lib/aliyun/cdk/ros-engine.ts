/** What stands behind `RosStack`: a function with Aliyun's client, called by CDK's provider framework until ROS is ready. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { packageRoot } from '../../estate/files/disk-source';
import { ROS_FILE } from './ros-files';

/** What a `RosStack` needs of an engine: one of this app, or one that stands already. */
export interface IRosEngine {
  /** What CloudFormation calls. */
  readonly serviceToken: string;
}

export interface RosEngineProps {
  /**
   * Secrets Manager's name or ARN of the secret that holds Aliyun's access key, in this region:
   * `{"accessKeyId": "...", "accessKeySecret": "..."}`, with `securityToken` where STS gave them out. Read at each call, never at synth.
   */
  readonly credentialsSecret: string;
  /** Folder of the bundled handler. @default - this package's own, which `npm run build` makes */
  readonly handler?: string;
}

/** Environment variable that names the secret to the function. */
const SECRET_VARIABLE = 'MEISSA_ALIYUN_SECRET';

/** Lambda's longest ("Lambda quotas"). */
const TIMEOUT = Duration.minutes(15);

/** CloudFormation's and the framework's longest: what takes ROS longer is gone on with by the next deploy. */
const TOTAL = Duration.hours(1);

/** How often ROS is asked. */
const EVERY = Duration.seconds(20);

/**
 * The function, its role and the provider: one an Aliyun account and home region. It reaches Aliyun's public endpoints, so it stands in no
 * VPC. Its role may read the one secret and the files of ROS stacks in the assets' bucket, and write its log.
 */
export class RosEngine extends Construct implements IRosEngine {
  readonly serviceToken: string;
  /** Of the function; may read a secret's own key, where it has one, by `key.grantDecrypt(engine.role)`. */
  readonly role: Role;
  /** ARN of the files that it may read. */
  readonly files: string;
  private readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: RosEngineProps) {
    super(scope, id);
    const folder = props.handler ?? join(packageRoot(), 'dist', 'ros-stack-handler');
    if (!existsSync(join(folder, 'index.js')))
      throw new Error(`${folder} has no index.js: build this package first (npm run build)`);
    const asset = new Asset(this, 'Code', { path: folder });
    // All versions: a rollback asks for the last but one.
    this.files = asset.bucket.arnForObjects(`*${ROS_FILE}`);
    const secret = secretArn(this, props.credentialsSecret);
    this.logs = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.role = this.lambdaRole('Role', 'talks to ROS for CloudFormation', [
      allow('ReadKeys', 'secretsmanager:GetSecretValue', secret),
      allow('ReadFiles', 's3:GetObject', this.files),
    ]);
    const handler = (name: string, description: string) =>
      new LambdaFunction(this, name, {
        code: Code.fromBucketV2(asset.bucket, asset.s3ObjectKey),
        description,
        handler: `index.${name.charAt(0).toLowerCase()}${name.slice(1)}`,
        runtime: Runtime.NODEJS_24_X,
        timeout: TIMEOUT,
        memorySize: 512,
        role: this.role.withoutPolicyUpdates(),
        logGroup: this.logs,
        environment: { [SECRET_VARIABLE]: props.credentialsSecret },
      });
    const provider = new Provider(this, 'Provider', {
      onEventHandler: handler('OnEvent', 'begins what CloudFormation asks of a ROS stack'),
      isCompleteHandler: handler('IsComplete', 'says whether a ROS stack is ready'),
      queryInterval: EVERY,
      totalTimeout: TOTAL,
      logGroup: this.logs,
      frameworkOnEventRole: this.lambdaRole('FrameworkRole', 'asks for a ROS stack', []),
      frameworkCompleteAndTimeoutRole: this.lambdaRole('FrameworkWaitRole', 'waits for a ROS stack', []),
    });
    this.serviceToken = provider.serviceToken;
  }

  /** A role with its own log and nothing else; AWS's managed one may write every log of the account. */
  private lambdaRole(id: string, description: string, statements: PolicyStatement[]): Role {
    const log = allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], this.logs.logGroupArn);
    return new Role(this, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      inlinePolicies: { own: new PolicyDocument({ statements: [log, ...statements] }) },
    });
  }
}

function allow(sid: string, actions: string | string[], resource: string): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [actions].flat(), resources: [resource] });
}

/** Secrets Manager puts six characters behind a name ("Secrets Manager ARNs"): of a name they aren't known. */
function secretArn(scope: Construct, nameOrArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${nameOrArn}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
