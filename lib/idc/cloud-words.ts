/** What the files of a data centre call a cloud, and how its people ask it. */
import type { Provider } from '../estate/model';
import type { LinkPlan, VpnLinkPlan } from '../plan/model';
import { linkStackName } from '../plan/names';
import { linkOutput } from '../plan/output-names';

const NAMES: Readonly<Record<Provider, string>> = { aws: 'AWS', aliyun: 'Aliyun' };

/** `AWS`, `Aliyun`. */
export function cloudName({ cloud }: Pick<LinkPlan, 'cloud'>): string {
  return NAMES[cloud];
}

/** Command that shows the public addresses of a VPN's tunnels. Aliyun's needs the connection's id, an output of the VPN's stack. */
export function describeVpn(link: VpnLinkPlan): string {
  if (link.cloud === 'aws') return 'aws ec2 describe-vpn-connections';
  const region = link.a.kind === 'region' ? link.a.place : link.b.place;
  const stack = linkStackName(link.path, `vpn-${link.group}`);
  return `aliyun vpc DescribeVpnConnection --RegionId ${region} --VpnConnectionId <output ${linkOutput.vpnConnection(link)} of ${stack}>`;
}
