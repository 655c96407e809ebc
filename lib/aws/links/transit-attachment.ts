/**
 * `Custom::TransitAttachment`: what CloudFormation has no resource for. It accepts the peering of another transit gateway, and finds the
 * attachments by which VPNs and Direct Connect gateways are joined to ours. Its `Ref` is the attachment's id.
 */
import { arn, type Place, servicePrincipal } from '../partition';
import { getAtt, ref, type TemplateResource, type Value } from '../template';
import { TRANSIT_ATTACHMENT_SOURCE } from './transit-attachment-source';

export type TransitAttachmentRequest =
  /** Accepts the peering attachment that another gateway asked this one for. */
  | { readonly kind: 'accept-peering'; readonly attachmentId: Value }
  /** Finds the attachment of a VPN connection or a Direct Connect gateway. */
  | { readonly kind: 'vpn' | 'direct-connect'; readonly transitGatewayId: Value; readonly resourceId: Value };

export interface TransitAttachmentOptions {
  readonly place: Place;
  /**
   * ARN of the managed policy that bounds the function's role.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: string;
  /**
   * Logical ids that must stand before it looks.
   *
   * @default - what the request refers to
   */
  readonly after?: readonly string[];
}

/** Type of the resource. */
export const TRANSIT_ATTACHMENT = 'Custom::TransitAttachment';

/** Latest runtime of Lambda that CDK 2.276 knows, in every partition. */
const RUNTIME = 'nodejs24.x';

/** Seconds that Lambda lets a function run at most. Source: AWS Lambda Developer Guide, "Lambda quotas". */
const TIMEOUT = 900;

/** Seconds after which CloudFormation stops waiting for an answer that never comes: a minute more than the function has. */
const SERVICE_TIMEOUT = TIMEOUT + 60;

const LOG_DAYS = 30;

const LOG = 'AttachmentFunctionLog';
const ROLE = 'AttachmentFunctionRole';
const FUNCTION = 'AttachmentFunction';

/** The resource and the function behind it: one a stack. @param id logical id of the resource */
export function transitAttachment(
  id: string,
  request: TransitAttachmentRequest,
  options: TransitAttachmentOptions,
): Record<string, TemplateResource> {
  return {
    [LOG]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: LOG_DAYS },
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    },
    [ROLE]: functionRole(request, options),
    [FUNCTION]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: TRANSIT_ATTACHMENT_SOURCE },
        Description: 'accepts and finds attachments of a transit gateway for CloudFormation',
        Handler: 'index.handler',
        LoggingConfig: { LogGroup: ref(LOG) },
        MemorySize: 256,
        Role: getAtt(ROLE, 'Arn'),
        Runtime: RUNTIME,
        Timeout: TIMEOUT,
      },
    },
    [id]: {
      Type: TRANSIT_ATTACHMENT,
      Properties: {
        ServiceToken: getAtt(FUNCTION, 'Arn'),
        ServiceTimeout: SERVICE_TIMEOUT,
        Kind: request.kind,
        ...(request.kind === 'accept-peering'
          ? { AttachmentId: request.attachmentId }
          : { TransitGatewayId: request.transitGatewayId, ResourceId: request.resourceId }),
      },
      ...(options.after === undefined ? {} : { DependsOn: options.after }),
    },
  };
}

/** What the function may do: look, write its log, and accept the one peering. */
function functionRole(
  request: TransitAttachmentRequest,
  { place, permissionsBoundary }: TransitAttachmentOptions,
): TemplateResource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: servicePrincipal('lambda') }, Action: 'sts:AssumeRole' }],
      },
      ...(permissionsBoundary === undefined ? {} : { PermissionsBoundary: permissionsBoundary }),
      Policies: [
        {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'WriteLog',
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: getAtt(LOG, 'Arn'),
              },
              ...lookStatements(request, place),
            ],
          },
          PolicyName: 'transit-attachment',
        },
      ],
    },
  };
}

/** Describing takes no resource. Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2". */
function lookStatements(request: TransitAttachmentRequest, place: Place): object[] {
  const look = (action: string) => ({ Sid: 'Look', Effect: 'Allow', Action: action, Resource: '*' });
  if (request.kind !== 'accept-peering') return [look('ec2:DescribeTransitGatewayAttachments')];
  return [
    look('ec2:DescribeTransitGatewayPeeringAttachments'),
    {
      Sid: 'Accept',
      Effect: 'Allow',
      Action: 'ec2:AcceptTransitGatewayPeeringAttachment',
      Resource: { 'Fn::Join': ['', [arn(place, 'ec2', 'transit-gateway-attachment/'), request.attachmentId]] },
    },
  ];
}
