// The plain reference: the same resources by an ordinary CDK app with L1 constructs, as its author would write it.
// Reads {regions, members, membersPerStack, only} from BENCH_SPEC and the user-data from BENCH_USER_DATA.
const { readFileSync } = require('node:fs');
const { App, Stack, Tags, Fn, CfnMapping, CfnOutput, CfnWaitCondition } = require('aws-cdk-lib');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const logs = require('aws-cdk-lib/aws-logs');
const s3 = require('aws-cdk-lib/aws-s3');
const { Construct } = require('constructs');

const spec = JSON.parse(process.env.BENCH_SPEC);
const text = readFileSync(process.env.BENCH_USER_DATA, 'utf8');
const account = '111111111111';
const app = new App({ treeMetadata: false, analyticsReporting: false });

for (const [index, region] of spec.regions.entries()) {
  if (spec.only !== undefined && !spec.only.includes(region.name)) continue;
  const scope = new Construct(app, region.name);
  const env = { account, region: region.name };
  const stack = (id) => new Stack(scope, id, { stackName: `${region.name}-${id}`, env, analyticsReporting: false });
  base(stack('base'), region.name);
  network(stack('network'), region, index);
  for (let first = 1, shard = 1; first <= spec.members; first += spec.membersPerStack, shard++) {
    members(stack(`core-storage-${shard}`), region, index, first, Math.min(first + spec.membersPerStack - 1, spec.members));
  }
}
app.synth();

function base(stack, region) {
  const bucket = new s3.CfnBucket(stack, 'ArtifactBucket', {
    bucketName: `meissa-bench-${account}-${region}`,
    versioningConfiguration: { status: 'Enabled' },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  });
  new s3.CfnBucketPolicy(stack, 'ArtifactBucketPolicy', {
    bucket: bucket.ref,
    policyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: bucket.attrArn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
  const key = new kms.CfnKey(stack, 'Key', {
    enableKeyRotation: true,
    keyPolicy: {
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
    },
  });
  new kms.CfnAlias(stack, 'KeyAlias', { aliasName: `alias/meissa-bench-${region}`, targetKeyId: key.ref });
  const role = new iam.CfnRole(stack, 'RoleCoreStorage', {
    assumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  });
  new iam.CfnInstanceProfile(stack, 'InstanceProfileCoreStorage', {
    instanceProfileName: `bench-${region}-core-storage`,
    roles: [role.ref],
  });
  new CfnOutput(stack, 'ArtifactBucketName', { value: bucket.ref });
}

function network(stack, region, index) {
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: `10.${index}.0.0/16`, enableDnsHostnames: true, enableDnsSupport: true });
  output(stack, 'VpcIdG1', vpc.ref);
  const gateway = new ec2.CfnInternetGateway(stack, 'InternetGateway');
  const attached = new ec2.CfnVPCGatewayAttachment(stack, 'GatewayAttachment', {
    vpcId: vpc.ref,
    internetGatewayId: gateway.ref,
  });
  const publicTable = new ec2.CfnRouteTable(stack, 'RouteTablePublic', { vpcId: vpc.ref });
  new ec2.CfnRoute(stack, 'RoutePublicInternet', {
    routeTableId: publicTable.ref,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.ref,
  }).addDependency(attached);
  output(stack, 'RouteTablePublicG1', publicTable.ref);
  const tables = [publicTable.ref];
  for (const [z, zone] of region.zones.entries()) {
    const letter = zone.slice(-1).toUpperCase();
    const third = z * 32;
    const subnet = (role, cidr, table) => {
      const made = new ec2.CfnSubnet(stack, `Subnet${role}${letter}`, {
        vpcId: vpc.ref,
        cidrBlock: cidr,
        availabilityZone: zone,
      });
      new ec2.CfnSubnetRouteTableAssociation(stack, `Association${role}${letter}`, { subnetId: made.ref, routeTableId: table });
      output(stack, `Subnet${role}${letter}G1`, made.ref);
      return made;
    };
    const table = new ec2.CfnRouteTable(stack, `RouteTablePrivate${letter}`, { vpcId: vpc.ref });
    output(stack, `RouteTablePrivate${letter}G1`, table.ref);
    tables.push(table.ref);
    const open = subnet('Public', `10.${index}.${third}.0/24`, publicTable.ref);
    subnet('Elastic', `10.${index}.${third + 16}.0/20`, table.ref);
    subnet('Members', `10.${index}.${third + 8}.0/21`, table.ref);
    const address = new ec2.CfnEIP(stack, `Eip${letter}`, { domain: 'vpc' });
    const nat = new ec2.CfnNatGateway(stack, `Nat${letter}`, { subnetId: open.ref, allocationId: address.attrAllocationId });
    new ec2.CfnRoute(stack, `RoutePrivate${letter}Internet`, {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: nat.ref,
    });
  }
  new ec2.CfnVPCEndpoint(stack, 'S3Endpoint', {
    vpcId: vpc.ref,
    serviceName: `com.amazonaws.${region.name}.s3`,
    routeTableIds: tables,
  });
  const group = new logs.CfnLogGroup(stack, 'FlowLogGroup', { retentionInDays: 30 });
  const role = new iam.CfnRole(stack, 'FlowLogRole', {
    assumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  });
  new ec2.CfnFlowLog(stack, 'FlowLog', {
    resourceId: vpc.ref,
    resourceType: 'VPC',
    trafficType: 'ALL',
    logGroupName: group.ref,
    deliverLogsPermissionArn: role.attrArn,
  });
  const hosts = new ec2.CfnSecurityGroup(stack, 'SecurityGroupCoreStorage', { groupDescription: 'core/storage', vpcId: vpc.ref });
  output(stack, 'SecurityGroupCoreStorageG1', hosts.attrGroupId);
}

function members(stack, region, index, first, last) {
  if (first === 1) {
    new cloudwatch.CfnAlarm(stack, 'StatusCheckFailed', {
      alarmDescription: `a host of ${region.name} core/storage fails its status checks`,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 2,
      metrics: [
        {
          id: 'failed',
          expression: 'SELECT MAX(StatusCheckFailed) FROM SCHEMA("AWS/EC2", InstanceId)',
          period: 60,
          returnData: true,
        },
      ],
    });
  }
  const mapping = new CfnMapping(stack, 'UserData', { mapping: { Fleet: { Text: text } } });
  const zones = region.zones.length;
  for (let n = first; n <= last; n++) {
    const zone = region.zones[(n - 1) % zones];
    const letter = zone.slice(-1).toUpperCase();
    const offset = 64 + Math.floor((n - 1) / zones);
    const name = `${region.name}-core-storage-${n}`;
    const nic = new ec2.CfnNetworkInterface(stack, `M${n}Interface`, {
      description: name,
      groupSet: [imported(region.name, 'SecurityGroupCoreStorageG1')],
      privateIpAddress: `10.${index}.${((n - 1) % zones) * 32 + 8 + Math.floor(offset / 256)}.${offset % 256}`,
      sourceDestCheck: true,
      subnetId: imported(region.name, `SubnetMembers${letter}G1`),
    });
    Tags.of(nic).add('Name', name);
    const volume = new ec2.CfnVolume(stack, `M${n}VolumeData`, {
      availabilityZone: zone,
      encrypted: true,
      kmsKeyId: `alias/meissa-bench-${region.name}`,
      size: 500,
      volumeType: 'gp3',
    });
    volume.cfnOptions.deletionPolicy = 'Retain';
    volume.cfnOptions.updateReplacePolicy = 'Retain';
    Tags.of(volume).add('Name', `${name}-data`);
    const instance = new ec2.CfnInstance(stack, `M${n}InstanceG1`, {
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { encrypted: true, kmsKeyId: `alias/meissa-bench-${region.name}`, volumeSize: 20, volumeType: 'gp3' },
        },
      ],
      iamInstanceProfile: `bench-${region.name}-core-storage`,
      imageId: 'ami-0dbd802e72d0b653d',
      instanceType: 'r5.xlarge',
      metadataOptions: { httpPutResponseHopLimit: 1, httpTokens: 'required', instanceMetadataTags: 'enabled' },
      networkInterfaces: [{ deviceIndex: '0', networkInterfaceId: nic.ref }],
      propagateTagsToVolumeOnCreation: true,
      userData: Fn.base64(mapping.findInMap('Fleet', 'Text')),
      volumes: [{ device: '/dev/sdg', volumeId: volume.ref }],
    });
    Tags.of(instance).add('Name', name);
    Tags.of(instance).add('meissa:number', String(n));
    Tags.of(instance).add('meissa:volume:data', volume.ref);
    const gate = new CfnWaitCondition(stack, `M${n}Gate`);
    gate.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: 'PT900S' } };
    gate.addDependency(instance);
    Tags.of(instance).add('meissa:gate', `${stack.stackName}/M${n}Gate`);
    if (n - 10 >= first) instance.addDependency(stack.node.findChild(`M${n - 10}Gate`));
  }
}

function output(stack, name, value) {
  new CfnOutput(stack, name, { value, exportName: `${stack.stackName}:${name}` });
}

function imported(region, name) {
  return Fn.importValue(`${region}-network:${name}`);
}
