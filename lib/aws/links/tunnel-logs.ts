/** What a VPN's ends say of their tunnels, kept for a while: why one doesn't come up stands nowhere else. */
import { TUNNEL_BGP_LOGS } from '../../facts/aws/limits';
import type { VpnLinkPlan } from '../../plan/model';
import type { Place } from '../partition';
import { getAtt, type TemplateResource } from '../template';

const LOG = 'TunnelLog';

/** Days that it is kept where the estate says nothing. */
const DAYS = 30;

/**
 * Names below `/aws/vendedlogs/` are let in by one statement for all of them; one each would fill the account's policy. EC2 writes that
 * statement by itself, with the rights of whoever deploys (`logs:CreateLogDelivery`, `PutResourcePolicy`, `DescribeResourcePolicies`,
 * `DescribeLogGroups`). Source: CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs", "Log group resource policy size limit
 * considerations".
 *
 * @param stack name of the stack: the only one of its name in account and region
 * @returns the log group; nothing where the estate wants no logs
 */
export function tunnelLog({ vpn: { logDays = DAYS } }: VpnLinkPlan, stack: string): Record<string, TemplateResource> {
  if (logDays === 0) return {};
  return {
    [LOG]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/aws/vendedlogs/vpn/${stack}`, RetentionInDays: logDays },
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    },
  };
}

/**
 * `LogOptions` of a tunnel: what IKE, IPsec and, where the partition has it, BGP do. Changing them replaces the connection, as every option
 * of a tunnel does. Source: "AWS::EC2::VPNConnection CloudwatchLogOptionsSpecification"; Site-to-Site VPN User Guide, "Site-to-Site VPN logs".
 */
export function logOptions({ vpn: { logDays = DAYS } }: VpnLinkPlan, { partition }: Place): object {
  if (logDays === 0) return {};
  const group = getAtt(LOG, 'Arn');
  const bgp = { BgpLogEnabled: true, BgpLogGroupArn: group, BgpLogOutputFormat: 'json' };
  return {
    LogOptions: {
      CloudwatchLogOptions: {
        ...(TUNNEL_BGP_LOGS.includes(partition) ? bgp : {}),
        LogEnabled: true,
        LogGroupArn: group,
        LogOutputFormat: 'json',
      },
    },
  };
}
