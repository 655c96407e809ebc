/** What the files of a data centre call a cloud, and how its people ask it. */
import type { Provider } from '../clouds/cloud';
import { CLOUDS } from '../clouds/clouds';
import type { LinkPlan, VpnLinkPlan } from '../plan/model';
import { linkStackName } from '../plan/names';
import { linkOutput } from '../plan/output-names';

/** `AWS`, `Aliyun`. */
export function cloudName({ cloud }: Pick<LinkPlan, 'cloud'>): string {
  return CLOUDS[cloud].name;
}

/** Command that shows the public addresses of a VPN's tunnels. Aliyun's needs the connection's id, an output of the VPN's stack. */
export function describeVpn(link: VpnLinkPlan): string {
  return DESCRIBE[link.cloud](link);
}

const DESCRIBE: Readonly<Record<Provider, (link: VpnLinkPlan) => string>> = {
  aws: () => 'aws ec2 describe-vpn-connections',
  aliyun: (link) => {
    const region = link.a.cloudRegion ?? link.b.cloudRegion;
    const stack = linkStackName(link.path, `vpn-${link.group}`);
    return `aliyun vpc DescribeVpnConnection --RegionId ${region} --VpnConnectionId <output ${linkOutput.vpnConnection(link)} of ${stack}>`;
  },
};

/** What is to be done for the keys of a VPN's tunnels; undefined where the cloud puts them into a store of secrets. */
export function whereKeysAre(link: VpnLinkPlan): string | undefined {
  return KEYS[link.cloud]?.(link);
}

const KEYS: Readonly<Partial<Record<Provider, (link: VpnLinkPlan) => string>>> = {
  aliyun: (link) =>
    `Aliyun makes the keys of ${link.id}; copy each tunnel's TunnelIkeConfig.Psk into that secret once: ${describeVpn(link)}`,
};
