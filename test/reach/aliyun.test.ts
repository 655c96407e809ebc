/** The Aliyun estate as it is emitted, and with an emitter's or a deploy's mistakes in it: reach must see each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reachMatrix } from '../../lib/reach/matrix';
import { meissa } from '../cli/run';
import { ROOT } from '../root';
import { stop } from './clouds';
import { type Emitted, emit, type Template } from './emitted';

let inland: Emitted;
beforeAll(() => {
  inland = emit('test/estates/aliyun');
});

const IDC = 'bj-idc-a01-1:container';
const WORKER = 'cn-beijing-core-worker-1:container';
const words = (answer: ReturnType<Emitted['ask']>) => [...answer.forward, ...answer.back].map((h) => h.words).join('\n');
const faults = (emitted: Emitted) => emitted.read().faults.map(({ where, what, message }) => `${where} ${what}: ${message}`);

describe('as it is emitted', () => {
  test('everything is read and joined', () => {
    const world = inland.read();
    expect(world.faults).toEqual([]);
    expect(world.vpcs.map((v) => [v.provider, v.region, v.tables.length])).toEqual([
      ['aliyun', 'cn-beijing', 1],
      ['aliyun', 'cn-hangzhou', 1],
    ]);
    expect(world.transitPeerings).toMatchObject([{ accepted: true }]);
    expect(world.lines).toMatchObject([{ idcAsn: 65010, asn: 45104, vlan: 301 }]);
    expect(world.vpns[0]?.tunnels).toHaveLength(2);
  });

  test('a line and a VPN are told the static routes of the transit table, and nothing that the other taught it', () => {
    const { lines, vpns } = inland.read();
    const told = [...lines, ...vpns].map((end) => end.allowedPrefixes?.map(({ bits }) => bits));
    expect(told).toEqual([
      [16, 16, 16],
      [16, 16, 16],
    ]);
  });

  test('containers of the data centre and of the region reach each other over the line', () => {
    const answer = inland.ask(IDC, WORKER);
    expect(answer).toMatchObject({ yes: true, ports: ['all'] });
    expect(words(answer)).toContain('learned route 172.28.0.0/19 to the leased line');
    expect(inland.ask('cn-beijing:container', 'bj-idc:container').yes).toBe(true);
  });

  test('without the line the VPN takes over in both directions; without both nothing passes', () => {
    const answer = inland.ask(IDC, WORKER, 'line');
    expect(answer.yes).toBe(true);
    expect(words(answer)).toContain('local preference 100');
    expect(words(answer)).toContain('to the VPN of links/bj-idc--cn-beijing/vpn-fallback');
    expect(inland.ask(IDC, WORKER, 'line', 'fallback')).toMatchObject({ yes: false, code: 'NO_ROUTE' });
    expect(inland.ask(WORKER, IDC, 'line', 'fallback')).toMatchObject({ yes: false, code: 'BLACKHOLE' });
  });

  test('the two regions reach each other over their transit routers', () => {
    const answer = inland.ask('cn-hangzhou/core/adserver', WORKER);
    expect(answer.yes).toBe(true);
    expect(words(answer)).toContain('leads to the transit router');
    expect(inland.ask('cn-hangzhou/core/adserver', WORKER, 'cn-beijing--cn-hangzhou').code).toBe('LINK_DOWN');
  });

  test('nothing of Aliyun reaches AWS: its packets end at the NAT gateway', () => {
    const answer = inland.ask('cn-beijing-core-worker-1', '10.1.8.16');
    expect(answer).toMatchObject({ yes: false, code: 'LEAVES_ESTATE' });
    expect(inland.ask(WORKER, '10.1.8.16').code).toBe('NAT_FOREIGN_SOURCE');
    expect(inland.ask('cn-beijing-core-worker-1', '8.8.8.8').yes).toBe(true);
  });

  test('voters let in etcd’s port from elastic hosts, and from each other what replicates too: a group is closed inside', () => {
    expect(inland.ask('cn-hangzhou/core/adserver', 'cn-hangzhou/core/voters').ports).toEqual(['2379/tcp', '2381/tcp']);
    expect(inland.ask('cn-hangzhou-core-voters-1', 'cn-hangzhou-core-voters-2').ports).toEqual([
      '2379/tcp',
      '2380/tcp',
      '2381/tcp',
    ]);
  });

  test('the matrix has every place, hosts and containers', () => {
    const { classes } = reachMatrix(inland.read());
    const kinds = new Set(classes.map(({ place, container }) => `${place} ${container ? 'containers' : 'hosts'}`));
    expect([...kinds].sort()).toEqual([
      'bj-idc containers',
      'bj-idc hosts',
      'cn-beijing containers',
      'cn-beijing hosts',
      'cn-hangzhou hosts',
    ]);
  });
});

describe('with a mistake', () => {
  const without = (stack: string, id: string) =>
    inland.changed(stack, ({ Resources }) => {
      if (Resources[id] === undefined) throw new Error(`${stack} has no ${id}`);
      delete Resources[id];
    });
  const with_ = (stack: string, id: string, properties: Template['Resources'][string]['Properties']) =>
    inland.changed(stack, ({ Resources }) => {
      Object.assign(Resources[id]!.Properties, properties);
    });
  const LINE = 'links-bj-idc--cn-beijing-line-line';

  test('a member whose check the deploy does not switch off drops what its containers send and get', () => {
    const checked = inland.said('cn-beijing-core-worker-1', ({ members }) => {
      members.find((m) => m.number === 1)!.sourceDestCheck = true;
    });
    expect(checked.ask(WORKER, IDC).code).toBe('SOURCE_CHECK');
    expect(checked.ask(IDC, WORKER).code).toBe('DESTINATION_CHECK');
    expect(checked.ask('cn-beijing-core-worker-1', 'bj-idc-a01-1').yes).toBe(true);
  });

  test('a member that no route leads to has containers that nobody knows of', () => {
    const answer = without('cn-beijing-core-worker-1', 'M2RouteG1').ask(
      'cn-beijing-core-worker-1:container',
      'cn-beijing-core-worker-2',
    );
    expect(answer.yes).toBe(true);
    expect(() => without('cn-beijing-core-worker-1', 'M2RouteG1').ask(IDC, 'cn-beijing-core-worker-2:container')).toThrow();
  });

  test('a parameter that is an output of no stack leads to nothing, and is a fault', () => {
    const lost = inland.said('links-bj-idc--cn-beijing-routes', ({ parameters }) => {
      for (const source of Object.values(parameters))
        if (/VpcAttachment/.test(source.output)) source.output = 'VpcAttachmentIdG2';
    });
    expect(lost.ask(WORKER, IDC).code).toBe('ROUTE_TO_NOTHING');
    expect(faults(lost)[0]).toContain('cn-beijing/transit has no output VpcAttachmentIdG2');
  });

  test('a route in the VPC’s id instead of its table’s is a fault', () => {
    const wrong = inland.said('cn-beijing-core-worker-1', ({ parameters }) => {
      for (const source of Object.values(parameters)) if (/^RouteTable/.test(source.output)) source.output = 'VpcIdG1';
    });
    expect(faults(wrong)[0]).toMatch(/M1RouteG1: it refers to VpcG1 .*, an ALIYUN::ECS::VPC, not an/);
  });

  test('a route into a vSwitch is not taken', () => {
    const inside = with_('cn-beijing-core-worker-1', 'M1RouteG1', { DestinationCidrBlock: '10.32.232.64/32' });
    expect(faults(inside)).toEqual([expect.stringContaining('lies in the vSwitch MembersH: such a route is not taken')]);
  });

  test('an address of the VPC in no vSwitch is not local: a route to it is followed', () => {
    const inside = with_('cn-beijing-core-worker-1', 'M1RouteG1', { DestinationCidrBlock: '10.32.250.0/24' });
    expect(faults(inside)).toEqual([expect.stringContaining('lies in the vSwitch ElasticH')]);
    const free = with_('cn-beijing-core-worker-1', 'M1RouteG1', { DestinationCidrBlock: '10.32.0.0/24' });
    expect(faults(free)).toEqual([]);
    const answer = free.ask('cn-beijing-core-voters-1', WORKER);
    // The host itself has another range, and lets through nothing else.
    expect(answer.code).toBe('HOST_FILTER');
    expect(words(answer)).toContain('10.32.0.0/24 leads to the interface of cn-beijing-core-worker-1');
  });

  test('a second route to the same range is a fault', () => {
    const twice = with_('cn-beijing-core-worker-1', 'M2RouteG1', { DestinationCidrBlock: '172.24.48.0/24' });
    expect(faults(twice)).toEqual([expect.stringContaining('has a route to 172.24.48.0/24 already')]);
  });

  test('without an SNAT entry nothing leaves by the NAT gateway', () => {
    const closed = without('cn-beijing-network', 'NatSourceG1');
    expect(closed.ask('cn-beijing-core-worker-1', '8.8.8.8').code).toBe('ROUTE_TO_NOTHING');
  });

  test('without the NAT gateway there is no default route', () => {
    const closed = inland.changed('cn-beijing-network', ({ Resources }) => {
      for (const id of Object.keys(Resources)) if (id.startsWith('Nat')) delete Resources[id];
    });
    expect(closed.ask('cn-beijing-core-worker-1', '8.8.8.8').code).toBe('NO_ROUTE');
  });

  test('a rule of the internet network card says nothing, one that refuses is a fault', () => {
    const rule = 'IngressAllFromBjIdcContainersG1';
    const card = with_('links-bj-idc--cn-beijing-routes', rule, { NicType: 'internet' });
    expect(card.ask(IDC, WORKER).code).toBe('INGRESS_RULES');
    const refusing = with_('links-bj-idc--cn-beijing-routes', rule, { Policy: 'drop' });
    expect(faults(refusing)).toEqual([expect.stringContaining('a rule that refuses is not read')]);
  });

  test('an enterprise group isolates its own hosts, and is closed outward', () => {
    const closed = with_('cn-hangzhou-network', 'SecurityGroupCoreVotersG1', { SecurityGroupType: 'enterprise' });
    expect(closed.ask('cn-hangzhou-core-voters-1', 'cn-hangzhou-core-voters-2').ports).toEqual([
      '2379/tcp',
      '2380/tcp',
      '2381/tcp',
    ]);
    const mute = with_('cn-hangzhou-network', 'SecurityGroupCoreVotersG1', {
      SecurityGroupType: 'enterprise',
      SecurityGroupEgress: [],
    });
    expect(mute.ask('cn-hangzhou-core-voters-1', 'cn-hangzhou-core-voters-2').code).toBe('EGRESS_RULES');
  });

  test('a line without a propagation brings nothing: the reply goes by the VPN', () => {
    const answer = without(LINE, 'TransitPropagationG1').ask(IDC, WORKER);
    expect(answer.yes).toBe(true);
    expect(answer.back.map((h) => h.words).join()).toContain('to the VPN of');
  });

  test('a line without an association is told nothing', () => {
    const answer = without(LINE, 'TransitAssociationG1').ask(IDC, WORKER);
    expect(words(answer)).toContain('local preference 100');
  });

  test('a line that is not published, has no BGP or another neighbour’s address is a fault, and the VPN carries all', () => {
    for (const broken of [
      with_(LINE, 'LineAttachmentG1', { AutoPublishRouteEnabled: false }),
      without(LINE, 'BorderPeer'),
      with_(LINE, 'BorderPeer', { PeerIpAddress: '192.168.255.3' }),
    ]) {
      expect(faults(broken)[0]).toMatch(/^links\/bj-idc--cn-beijing\/line-line /);
      expect(words(broken.ask(IDC, WORKER))).toContain('local preference 100');
    }
  });

  test('another AS number or VLAN at one end keeps the session down', () => {
    const both = { without: ['fallback'] };
    const asn = with_(LINE, 'BorderGroup', { PeerAsn: 65011 }).ask(IDC, WORKER, ...both.without);
    expect(asn.reason).toContain('the cloud expects AS 65011, the router is AS 65010');
    const vlan = with_(LINE, 'BorderRouter', { VlanId: 302 }).ask(IDC, WORKER, ...both.without);
    expect(vlan.reason).toContain('the router has the line on VLAN 301, the cloud on 302');
  });

  test('an elastic group that is not enabled has no hosts', () => {
    const off = without('cn-hangzhou-core-adserver', 'Enable');
    expect(off.ask('cn-hangzhou/core/adserver', WORKER).code).toBe('HOST_ABSENT');
  });

  test('without a vSwitch of the attachment its zone is cut off from the transit router', () => {
    const broken = inland.changed('cn-beijing-transit', ({ Resources }) => {
      const { Properties } = Resources.VpcAttachmentG1!;
      Properties.ZoneMappings = Properties.ZoneMappings.slice(1);
    });
    const answer = broken.ask(WORKER, IDC);
    expect(answer.code).toBe('ZONE_NOT_ATTACHED');
    expect(stop(answer)?.where).toBe('cn-beijing transit router');
  });

  test('without aliyun.out nothing of it is there; half of one is a fault', () => {
    const half = inland.changed('cn-beijing-network', (template) => {
      for (const id of Object.keys(template.Resources)) delete template.Resources[id];
    });
    expect(half.read().vpcs.map((v) => v.region)).toEqual(['cn-hangzhou']);
    expect(half.read().faults.length).toBeGreaterThan(0);
  });
});

test('meissa reach reads aliyun.out of a folder, and synthesizes it by itself', async () => {
  const out = mkdtempSync(join(tmpdir(), 'meissa-reach-'));
  try {
    inland.writeTo(out);
    const read = await meissa('reach', IDC, WORKER, '--from-out', out);
    const made = await meissa('reach', IDC, WORKER, '--root', join(ROOT, 'test/estates/aliyun'));
    expect(read.stdout).toMatch(/^yes {2}bj-idc-a01-1:container -> cn-beijing-core-worker-1:container: it arrives/);
    expect(made).toMatchObject({ code: 0, stdout: read.stdout });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
