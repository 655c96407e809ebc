/** Flow logs of a region's VPC. */

import { servicePrincipal } from '../partition';
import { getAtt, KEPT, ref, tagList } from '../template';
import type { NetworkParts } from './network';
import { vpcLogicalId } from './network';

/** @param days that they are kept; 0 switches them off */
export function addFlowLogs(
  { resources, generation, stackName }: NetworkParts,
  days: number,
  permissionsBoundary?: string,
): void {
  if (days === 0) return;
  const group = `FlowLogGroupG${generation}`;
  const role = `FlowLogRoleG${generation}`;
  resources[group] = {
    Type: 'AWS::Logs::LogGroup',
    Properties: { RetentionInDays: days },
    // They are evidence: who takes the network away doesn't take them.
    ...KEPT,
  };
  resources[role] = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: servicePrincipal('vpc-flow-logs') }, Action: 'sts:AssumeRole' }],
      },
      ...(permissionsBoundary === undefined ? {} : { PermissionsBoundary: permissionsBoundary }),
      Policies: [
        {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
                Resource: getAtt(group, 'Arn'),
              },
            ],
          },
          PolicyName: 'write-flow-logs',
        },
      ],
    },
  };
  resources[`FlowLogG${generation}`] = {
    Type: 'AWS::EC2::FlowLog',
    Properties: {
      DeliverLogsPermissionArn: getAtt(role, 'Arn'),
      LogGroupName: ref(group),
      ResourceId: ref(vpcLogicalId(generation)),
      ResourceType: 'VPC',
      Tags: tagList({ Name: stackName }),
      TrafficType: 'ALL',
    },
  };
}
