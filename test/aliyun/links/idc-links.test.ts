/** Both ends of leased lines and VPNs come from one plan: what Aliyun's template says is what the router's files say. */
import fc from 'fast-check';
import { renderIdc } from '../../../lib/idc/render';
import type { EstatePlan, LeasedLineLinkPlan, VpnLinkPlan } from '../../../lib/plan/model';
import { planEstate } from '../../../lib/plan/plan';
import { inlandEstates } from './arbitrary-inland';
import { type Emitted, emit, emitted, inland, inOrder, ofType, properties, readsOf } from './fixture';

const stacks = emit(inland());
const LINE = stacks.get('links-bj-idc--cn-beijing-line-line')!;
const VPN = stacks.get('links-bj-idc--cn-beijing-vpn-fallback')!;
const ROUTES = stacks.get('links-bj-idc--cn-beijing-routes')!;

describe('a leased line', () => {
  test('is a border router on the physical connection, with the line’s VLAN and addresses', () => {
    expect(properties(LINE, 'BorderRouter')).toMatchObject({
      LocalGatewayIp: '192.168.255.1',
      PeerGatewayIp: '192.168.255.2',
      PeeringSubnetMask: '255.255.255.252',
      PhysicalConnectionId: 'pc-2zeexample',
      VlanId: 301,
    });
  });

  test('speaks BGP with BFD over one hop, with Aliyun’s AS number where no other is written', () => {
    expect(properties(LINE, 'BorderGroup')).toMatchObject({ PeerAsn: 65010 });
    expect(properties(LINE, 'BorderGroup')).not.toHaveProperty('LocalAsn');
    expect(properties(LINE, 'BorderPeer')).toMatchObject({ BfdMultiHop: 1, EnableBfd: true, PeerIpAddress: '192.168.255.2' });
  });

  test('tells what the transit table has, and the table learns what it brings; nothing static leads into it', () => {
    expect(properties(LINE, 'LineAttachmentG1')).toMatchObject({ AutoPublishRouteEnabled: true });
    for (const id of ['TransitAssociationG1', 'TransitPropagationG1']) {
      expect(properties(LINE, id).TransitRouterAttachmentId).toEqual({
        'Fn::GetAtt': ['LineAttachmentG1', 'TransitRouterAttachmentId'],
      });
      expect(readsOf(LINE, properties(LINE, id).TransitRouterRouteTableId)).toBe('cn-beijing-transit TransitRouteTableIdG1');
    }
    for (const found of [LINE, VPN, ROUTES]) expect(ofType(found, 'ALIYUN::CEN::TransitRouterRouteEntry')).toEqual([]);
  });

  test('is pinged by the CEN once it is attached', () => {
    const check = properties(LINE, 'HealthCheck');
    expect(check).toMatchObject({ HealthCheckTargetIp: '192.168.255.2', VbrInstanceRegionId: 'cn-beijing' });
    expect(readsOf(LINE, check.CenId)).toBe('cn-beijing-base CenIdG1');
    expect(inOrder(LINE).at(-1)).toBe('HealthCheck');
    expect(LINE.template.Resources!.HealthCheck!.DependsOn).toEqual(['TransitPropagationG1']);
  });

  test('gives its attachment and its border router', () => {
    expect(Object.keys(LINE.template.Outputs!)).toEqual(['BorderRouterIdG0x1', 'LineAttachmentIdG0x1']);
  });

  test('has its BFD set to the router’s times once the stack stands, within what a border router takes', () => {
    const timers = { resource: 'BorderRouter', minTxInterval: 300, minRxInterval: 300, detectMultiplier: 3 };
    expect(LINE.manifest.borderRouters).toEqual([timers]);
    expect(VPN.manifest.borderRouters).toBeUndefined();
  });
});

describe('a VPN', () => {
  test('has two tunnels to the router’s public address, each with BGP inside', () => {
    expect(properties(VPN, 'CustomerGateway')).toMatchObject({ Asn: 65010, IpAddress: '203.0.113.10' });
    const { TunnelOptionsSpecification: tunnels, ...rest } = properties(VPN, 'VpnConnectionG1');
    expect(rest).toMatchObject({ EnableTunnelsBgp: true, LocalSubnet: '0.0.0.0/0', RemoteSubnet: '0.0.0.0/0' });
    expect(
      (tunnels as Record<string, unknown>[]).map(({ TunnelIndex, TunnelBgpConfig }) => [TunnelIndex, TunnelBgpConfig]),
    ).toEqual([
      [1, { LocalAsn: 45104, LocalBgpIp: '169.254.31.1', TunnelCidr: '169.254.31.0/30' }],
      [2, { LocalAsn: 45104, LocalBgpIp: '169.254.32.1', TunnelCidr: '169.254.32.0/30' }],
    ]);
  });

  test('ends at the transit router, which learns from it and tells it everything', () => {
    const attachment = properties(VPN, 'VpnAttachmentG1');
    expect(attachment.AutoPublishRouteEnabled).toBe(true);
    expect(readsOf(VPN, attachment.TransitRouterId)).toBe('cn-beijing-transit TransitGatewayIdG1');
    expect(VPN.template.Resources).toHaveProperty('TransitPropagationG1');
    expect(Object.keys(VPN.template.Outputs!)).toEqual(['VpnAttachmentIdG0x1', 'VpnConnectionIdG0x1']);
  });
});

describe('who is told', () => {
  const estate = inland();
  const regions = estate.regions.map((region) =>
    region.name === 'cn-beijing' ? { ...region, alarms: { contactGroup: 'ops' } } : region,
  );
  const told = emit({ ...estate, regions });
  const line = told.get('links-bj-idc--cn-beijing-line-line')!;
  const vpn = told.get('links-bj-idc--cn-beijing-vpn-fallback')!;

  test('of a line: when half of the health check’s pings are lost for three minutes, or nothing is measured', () => {
    expect(properties(line, 'LineDown')).toEqual({
      ContactGroups: ['ops'],
      EmailSubject: 'bj-idc--cn-beijing/line: the line is down. docs/runbooks/LineDown.md',
      Escalations: {
        Critical: {
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Statistics: 'Average',
          Threshold: '50',
          Times: 3,
        },
      },
      MetricName: 'VbrHealthyCheckLossRate',
      Namespace: 'acs_physical_connection',
      NoDataPolicy: 'INSUFFICIENT_DATA',
      Period: 60,
      Resources: [{ instanceId: { 'Fn::GetAtt': ['BorderRouter', 'VbrId'] } }],
      RuleName: 'links-bj-idc--cn-beijing-line-line',
    });
    expect(inOrder(line).slice(-2)).toEqual(['HealthCheck', 'LineDown']);
  });

  test('of a VPN: what CloudMonitor calls critical or a warning, once the rule stands', () => {
    const name = 'links-bj-idc--cn-beijing-vpn-fallback';
    expect(properties(vpn, 'VpnEvents')).toMatchObject({
      EventPattern: [{ EventTypeList: ['*'], LevelList: ['CRITICAL', 'WARN'], Product: 'vpngw' }],
      RuleName: name,
      State: 'ENABLED',
    });
    expect(properties(vpn, 'VpnEventsTargets')).toEqual({
      ContactParameters: [{ ContactGroupName: 'ops', Id: '1', Level: '3' }],
      RuleName: name,
    });
    expect(inOrder(vpn).slice(-2)).toEqual(['VpnEvents', 'VpnEventsTargets']);
  });

  test('nobody where the region names nobody: a rule without contacts tells nobody', () => {
    for (const found of [LINE, VPN]) {
      expect(Object.values(found.template.Resources!).filter(({ Type }) => Type.startsWith('ALIYUN::CMS::'))).toEqual([]);
    }
  });
});

test('the VPC’s routes to the data centre stand once a pair, and lead to the transit router', () => {
  const routes = ofType(ROUTES, 'ALIYUN::ECS::Route');
  expect(routes.map(([, { Properties: p }]) => [p!.DestinationCidrBlock, p!.NextHopType, readsOf(ROUTES, p!.NextHopId)])).toEqual(
    ['10.200.0.0/16', '172.28.0.0/16'].map((range) => [range, 'Attachment', 'cn-beijing-transit VpcAttachmentIdG1']),
  );
  const rules = ofType(ROUTES, 'ALIYUN::ECS::SecurityGroupIngress');
  expect(rules.map(([, { Properties: p }]) => p!.SourceCidrIp).sort()).toEqual(['10.200.0.0/16', '172.28.0.0/16']);
});

/** What a router's FRR knows of a neighbour. */
function neighborOf(frr: string, address: string) {
  const own = frr.split('\n').filter((l) => l.trim().startsWith(`neighbor ${address} `));
  const word = (pattern: RegExp): string | undefined => own.map((l) => pattern.exec(l)?.[1]).find((found) => found !== undefined);
  const list = (way: string): string[] => {
    const map = word(new RegExp(`route-map (\\S+-${way}) ${way}$`));
    return frr.split('\n').flatMap((l) => new RegExp(`^ip prefix-list ${map} seq \\d+ permit (\\S+)$`).exec(l)?.[1] ?? []);
  };
  return { asn: word(/remote-as (\d+)/), bfd: word(/bfd profile (\S+)/), accepts: list('in'), tells: list('out') };
}

/** Ranges that the transit table of a region holds, but for those of the data centre. */
function tableOf(of: ReadonlyMap<string, Emitted>, region: string): string[] {
  return [...of.values()]
    .filter((found) => found.region === region)
    .flatMap((found) => ofType(found, 'ALIYUN::CEN::TransitRouterRouteEntry'))
    .filter(([, { Properties: p }]) => p!.TransitRouterRouteEntryNextHopType === 'Attachment')
    .map(([, { Properties: p }]) => String(p!.TransitRouterRouteEntryDestinationCidrBlock));
}

const bits = (range: string): string => {
  const [address = '', length] = range.split('/');
  const all = address.split('.').map((part) => Number(part).toString(2).padStart(8, '0'));
  return all.join('').slice(0, Number(length));
};

function isPart(range: string, ranges: readonly string[]): boolean {
  return ranges.some((other) => other !== range && bits(range).startsWith(bits(other)));
}

function sameLine(plan: EstatePlan, link: LeasedLineLinkPlan, of: ReadonlyMap<string, Emitted>): void {
  const idc = plan.idcs[0]!;
  const files = renderIdc(idc, plan.links, () => '');
  const frr = files.get(`routers/${link.line.router}/frr.conf`)!;
  const found = of.get(`links-${link.path}-line-${link.group}`)!;
  const [vbr, group, peer] = ['BorderRouter', 'BorderGroup', 'BorderPeer'].map((id) => properties(found, id));
  const [cloud, own] = [String(vbr!.LocalGatewayIp), String(vbr!.PeerGatewayIp)];
  expect(peer!.PeerIpAddress).toBe(own);
  const networkd = [...files].filter(([name]) => name.startsWith(`routers/${link.line.router}/`)).map(([, text]) => text);
  const addressed = networkd.find((text) => text.includes(`Address=${own}/30`))!;
  const name = /Name=(\S+)/.exec(addressed)![1];
  expect(vbr!.PeeringSubnetMask).toBe('255.255.255.252');
  expect(networkd.find((text) => text.includes(`Name=${name}\nKind=vlan`))).toContain(`Id=${vbr!.VlanId}\n`);
  const neighbor = neighborOf(frr, cloud);
  expect(neighbor.asn).toBe(String(group!.LocalAsn ?? 45_104));
  expect(frr).toContain(`router bgp ${group!.PeerAsn}\n`);
  const [timers] = found.manifest.borderRouters!;
  expect(timers!.minTxInterval).toBe(timers!.minRxInterval);
  expect(neighbor.bfd).toBe(`detect-${timers!.minTxInterval}ms-x${timers!.detectMultiplier}`);
  // What Aliyun tells is its table: the router believes no range that isn't there.
  expect(neighbor.accepts).not.toEqual([]);
  expect(tableOf(of, found.region)).toEqual(expect.arrayContaining(neighbor.accepts));
  // What the router tells, the VPC sends to the transit router; of a range that is told whole, its parts go along.
  const sent = ofType(of.get(`links-${link.path}-routes`)!, 'ALIYUN::ECS::Route').map(
    ([, r]) => r.Properties!.DestinationCidrBlock,
  );
  expect(neighbor.tells).not.toEqual([]);
  expect(sent).toEqual(expect.arrayContaining(neighbor.tells.filter((range) => !isPart(range, neighbor.tells))));
  // Pings of the health check find their way back over the line, or there is no check.
  const back = frr.includes(`ip route 100.96.0.0/16 ${cloud}\n`);
  expect(found.template.Resources?.HealthCheck !== undefined).toBe(back);
}

function sameVpn(plan: EstatePlan, link: VpnLinkPlan, of: ReadonlyMap<string, Emitted>): void {
  const files = renderIdc(plan.idcs[0]!, plan.links, () => '');
  const [frr, swanctl] = ['frr.conf', 'swanctl.conf'].map((file) => files.get(`routers/${link.vpn.router}/${file}`)!);
  const found = of.get(`links-${link.path}-vpn-${link.group}`)!;
  const gateway = properties(found, 'CustomerGateway');
  expect(swanctl).toContain(`local_addrs = ${gateway.IpAddress}\n`);
  expect(frr).toContain(`router bgp ${gateway.Asn}\n`);
  const tunnels = properties(found, 'VpnConnectionG1').TunnelOptionsSpecification as Record<string, Record<string, unknown>>[];
  for (const { TunnelBgpConfig: bgp, TunnelIkeConfig: ike, TunnelIpsecConfig: ipsec } of tunnels) {
    const neighbor = neighborOf(frr!, String(bgp!.LocalBgpIp));
    expect(neighbor.asn).toBe(String(bgp!.LocalAsn));
    expect(neighbor.bfd).toBeUndefined();
    expect(neighbor.accepts).not.toEqual([]);
    expect(tableOf(of, found.region)).toEqual(expect.arrayContaining(neighbor.accepts));
    const words = { group14: 'modp2048' } as Record<string, string>;
    expect(swanctl).toContain(` proposals = ${ike!.IkeEncAlg}-${ike!.IkeAuthAlg}-${words[String(ike!.IkePfs)]}\n`);
    expect(swanctl).toContain(
      ` esp_proposals = ${ipsec!.IpsecEncAlg}-${ipsec!.IpsecAuthAlg}-${words[String(ipsec!.IpsecPfs)]}\n`,
    );
    expect([ike!.IkeVersion, ike!.RemoteId]).toEqual(['ikev2', gateway.IpAddress]);
    // The router makes new keys before Aliyun lets the old ones go.
    const rekeys = [...swanctl!.matchAll(/rekey_time = (\d+)s/g)].map(([, seconds]) => Number(seconds));
    expect([rekeys[0]! < Number(ike!.IkeLifetime), rekeys[1]! < Number(ipsec!.IpsecLifetime)]).toEqual([true, true]);
  }
}

test('of any estate, both ends of every line and VPN agree', () => {
  fc.assert(
    fc.property(inlandEstates, (estate) => {
      const plan = planEstate(estate);
      const of = emitted(plan);
      for (const link of plan.links) {
        if (link.kind === 'leased-line') sameLine(plan, link, of);
        if (link.kind === 'vpn') sameVpn(plan, link, of);
      }
    }),
    { numRuns: 80 },
  );
});
