/** Alarms of a link's cloud end: somebody learns that a line or its fallback is dead, while the other one carries everything. */
import { LINE_BGP_METRIC } from '../../facts/aws/limits';
import type { LeasedLineLinkPlan, LinkEndPlan, VpnLinkPlan } from '../../plan/model';
import { alarm } from '../alarm';
import { getAtt, ref, type TemplateResource } from '../template';
import { linkPlace } from './link-source';

/** Seconds between two values of both services, and how many of them decide. Source: "Monitor with Amazon CloudWatch" of either guide. */
const EVERY = { EvaluationPeriods: 2, Period: 300 } as const;

/** Who says nothing is down: an alarm that waits for data would sleep with what it watches. */
const BELOW_ONE = { ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' } as const;

/**
 * `TunnelDown`: one of the two tunnels has no BGP session, so that nothing stands behind the other one. `VpnDown`: none has. Of a
 * connection the value is the part of its tunnels that are up: the least of it is below 1 with one of them, the most is 0 with none,
 * whether the cloud gives one value for both or one each. A tunnel's own value goes by an outside address that no template knows.
 * Source: Site-to-Site VPN User Guide, "Monitor VPN tunnels using Amazon CloudWatch" (TunnelState: of BGP, 1 is ESTABLISHED).
 *
 * @param connection logical id of the connection
 */
export function vpnAlarms(link: VpnLinkPlan, own: LinkEndPlan, connection: string): Record<string, TemplateResource> {
  const topic = own.alarms?.topicArn;
  const tunnels = {
    ...EVERY,
    ...BELOW_ONE,
    Dimensions: [{ Name: 'VpnId', Value: ref(connection) }],
    MetricName: 'TunnelState',
    Namespace: 'AWS/VPN',
  };
  return {
    TunnelDown: alarm('TunnelDown', `${link.id}: a tunnel is down, nothing stands behind the other one`, topic, {
      ...tunnels,
      Statistic: 'Minimum',
    }),
    VpnDown: alarm('VpnDown', `${link.id}: no tunnel is up, the VPN carries nothing`, topic, {
      ...tunnels,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      Statistic: 'Maximum',
      Threshold: 0,
    }),
  };
}

/**
 * `ConnectionDown`: the port has no light. `SessionDown`: BGP of the virtual interface is down, whatever the port says; by a query, because
 * the metric also goes by connection (of a group, one of its members) and family, and the interface's id is enough.
 *
 * A group of connections (LAG) has no state of its own in CloudWatch, and its members aren't in the estate: `SessionDown` tells of it.
 * Metrics are told in the region of the connection, which is where its interfaces are made: this stack's.
 *
 * Sources: Direct Connect User Guide, "Monitor with Amazon CloudWatch"; CloudWatch User Guide, "Create a CloudWatch alarm based on a
 * Metrics Insights query".
 *
 * @param lineInterface logical id of the virtual interface
 */
export function lineAlarms(
  { id, line }: LeasedLineLinkPlan,
  own: LinkEndPlan,
  lineInterface: string,
): Record<string, TemplateResource> {
  const topic = own.alarms?.topicArn;
  const { Period, EvaluationPeriods } = EVERY;
  const query = {
    Expression: {
      'Fn::Join': [
        '',
        [
          'SELECT MIN(VirtualInterfaceBgpStatus) FROM "AWS/DX" WHERE VirtualInterfaceId = \'',
          getAtt(lineInterface, 'VirtualInterfaceId'),
          "'",
        ],
      ],
    },
    Id: 'session',
    Period,
    ReturnData: true,
  };
  const connection: Record<string, TemplateResource> = line.connection.startsWith('dxlag-')
    ? {}
    : {
        ConnectionDown: alarm('ConnectionDown', `${id}: the connection ${line.connection} is down`, topic, {
          ...EVERY,
          ...BELOW_ONE,
          Dimensions: [{ Name: 'ConnectionId', Value: line.connection }],
          MetricName: 'ConnectionState',
          Namespace: 'AWS/DX',
          Statistic: 'Minimum',
        }),
      };
  if (!LINE_BGP_METRIC.includes(linkPlace(own).partition)) return connection;
  return {
    ...connection,
    SessionDown: alarm('SessionDown', `${id}: the BGP session of the line is down`, topic, {
      ...BELOW_ONE,
      EvaluationPeriods,
      Metrics: [query],
    }),
  };
}
