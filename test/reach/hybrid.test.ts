/** The hybrid estate as it is emitted, and with an emitter's bugs in it: reach must see each. */
import { reachMatrix } from '../../lib/reach/matrix';
import { paired } from '../idc/paired';
import { stop } from './clouds';
import { type Emitted, emit, emitEstate } from './emitted';

let hybrid: Emitted;
beforeAll(() => {
  hybrid = emit('test/estates/hybrid');
});

test('everything that was emitted is read and joined', () => {
  const world = hybrid.read();
  expect(world.faults).toEqual([]);
  expect(world.vpcs.map((v) => v.region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(world.transitPeerings).toMatchObject([{ accepted: true }]);
  expect(world.lines).toMatchObject([{ idcAsn: 65010, asn: 64600, vlan: 301, mtu: 8500 }]);
  expect(world.vpns[0]?.tunnels).toHaveLength(2);
  expect(world.routers.map((r) => r.id)).toEqual(['beijing/r1', 'beijing/r2']);
  expect(world.idcHosts.every((h) => h.containers !== undefined)).toBe(true);
});

test('everyone reaches everyone: hosts and containers of both regions and the data centre', () => {
  const { classes, cells } = reachMatrix(hybrid.read());
  expect(classes).toHaveLength(12);
  const refused = cells.flatMap((row, i) =>
    row.flatMap((cell, j) => (cell?.yes === true ? [] : [`${classes[i]!.name} ${classes[j]!.name}`])),
  );
  expect(refused).toEqual([]);
});

describe('a rack behind a pair of routers', () => {
  let pair: Emitted;
  beforeAll(() => {
    pair = emitEstate(paired());
  });

  test('is reached in both directions by either router, and stops at none', () => {
    for (const router of ['beijing/r1', 'beijing/r2']) {
      const answer = pair.ask('beijing-a01-1:container', 'us-east-1/core/worker:container', router);
      expect(answer.yes).toBe(true);
      expect(answer.forward.map(({ where }) => where)).not.toContain(router);
    }
    expect(pair.ask('beijing-a01-1', 'us-east-1').forward[1]?.where).toBe('beijing/r1');
  });

  test('is cut off with both', () => {
    expect(pair.ask('beijing-a01-1', 'us-east-1', 'beijing/r1', 'beijing/r2')).toMatchObject({ yes: false, code: 'ROUTER_DOWN' });
  });
});

describe('the leased line and its fallback', () => {
  const via = (answer: ReturnType<Emitted['ask']>) =>
    answer.forward.map((h) => h.words).join(' ') + answer.back.map((h) => h.words).join(' ');

  test('the line is taken in both directions while it stands', () => {
    const answer = hybrid.ask('beijing-a02-1:container', 'us-east-1/core/worker:container');
    expect(answer.yes).toBe(true);
    expect(via(answer)).toContain('via 10.200.255.1, local preference 200');
    expect(via(answer)).toContain('learned route 172.20.32.0/19 to the leased line');
  });

  test('with the line down the VPN takes over in both directions, through the region in the middle too', () => {
    for (const to of ['us-east-1/core/worker:container', 'eu-west-1/core/worker', 'eu-west-1']) {
      const answer = hybrid.ask('beijing:container', to, 'line');
      expect(answer.yes).toBe(true);
      expect(via(answer)).toContain('local preference 100');
      expect(via(answer)).toContain('to the VPN of links/beijing--us-east-1/vpn-fallback');
    }
  });

  test('with the VPN down the line carries all', () => {
    expect(hybrid.ask('beijing', 'eu-west-1', 'fallback').yes).toBe(true);
  });

  test('with both down nothing passes, and the router says which sessions are down', () => {
    const answer = hybrid.ask('beijing', 'us-east-1', 'line', 'fallback');
    expect(answer).toMatchObject({ yes: false, code: 'NO_ROUTE' });
    expect(answer.reason).toContain('169.254.100.1: the line is down');
    const back = hybrid.ask('us-east-1/core/worker', 'beijing-a01-1', 'line', 'fallback');
    expect(back.code).toBe('BLACKHOLE');
    expect(stop(back)?.from?.stack).toBe('us-east-1/transit');
  });

  test('with one router down the racks behind the other keep their way', () => {
    expect(hybrid.ask('beijing-a02', 'eu-west-1', 'r1').yes).toBe(true);
    expect(hybrid.ask('beijing-a01', 'eu-west-1', 'r1').code).toBe('ROUTER_DOWN');
    expect(hybrid.ask('beijing-a01', 'eu-west-1', 'r2').yes).toBe(true);
  });

  test('with the regions’ peering down Beijing still reaches the region of the line', () => {
    expect(hybrid.ask('beijing', 'us-east-1', 'eu-west-1--us-east-1').yes).toBe(true);
    expect(hybrid.ask('beijing', 'eu-west-1', 'eu-west-1--us-east-1').code).toBe('LINK_DOWN');
  });

  test('with a zone down the hosts of the others keep their way', () => {
    expect(hybrid.ask('us-east-1:container', 'eu-west-1:container', 'eu-west-1b').yes).toBe(true);
    expect(hybrid.ask('beijing', 'eu-west-1-core-voters-2', 'eu-west-1b').code).toBe('ZONE_DOWN');
  });
});

describe('an emitter’s bug', () => {
  const drop = (stack: string, id: string) =>
    hybrid.changed(stack, ({ Resources }) => {
      if (Resources[id] === undefined) throw new Error(`${stack} has no ${id}: ${Object.keys(Resources).join(' ')}`);
      delete Resources[id];
    });

  test('a member’s route missing in the attachment table is seen from afar, not from near', () => {
    const broken = drop('eu-west-1-core-worker-1', 'M2RouteAttachment');
    const answer = broken.ask('us-east-1/core/voters', 'eu-west-1-core-worker-2:container');
    expect(answer.code).toBe('NO_ROUTE');
    expect(stop(answer)?.where).toBe('eu-west-1 route table Attachment');
    expect(broken.ask('eu-west-1/core/voters', 'eu-west-1-core-worker-2:container').yes).toBe(true);
    expect(broken.ask('us-east-1/core/voters', 'eu-west-1/core/worker:container').yes).toBe(false);
    expect(broken.ask('us-east-1/core/voters', 'eu-west-1-core-worker-1:container').yes).toBe(true);
  });

  test('that member is a class of its own in the matrix', () => {
    const matrix = reachMatrix(drop('eu-west-1-core-worker-1', 'M2RouteAttachment').read());
    const names = matrix.classes
      .map((c) => c.name)
      .filter((n) => n.startsWith('eu-west-1-core-worker') && n.includes('container'));
    expect(names).toEqual(['eu-west-1-core-worker-*:container (3 of 4)', 'eu-west-1-core-worker-2:container (1 of 4)']);
    const column = matrix.classes.findIndex((c) => c.name === 'eu-west-1-core-worker-2:container (1 of 4)');
    const row = matrix.classes.findIndex((c) => c.name === 'us-east-1-core-worker-*');
    expect(matrix.cells[row]![column]).toEqual({ yes: false, code: 'NO_ROUTE' });
  });

  test('a check that stayed on', () => {
    const broken = hybrid.changed('us-east-1-core-worker-1', ({ Resources }) => {
      Resources.M1Interface!.Properties.SourceDestCheck = true;
    });
    const answer = broken.ask('eu-west-1/core/worker:container', 'us-east-1-core-worker-1:container');
    expect(answer.code).toBe('DESTINATION_CHECK');
    expect(stop(answer)?.from).toEqual({ stack: 'us-east-1/core-worker-1', logicalId: 'M1Interface' });
    expect(broken.ask('us-east-1-core-worker-1:container', 'eu-west-1/core/worker').code).toBe('SOURCE_CHECK');
    expect(broken.ask('us-east-1-core-worker-1', 'eu-west-1/core/worker').yes).toBe(true);
  });

  test('an association of an attachment subnet that was dropped', () => {
    const broken = drop('us-east-1-network', 'AssociationAttachmentAG1');
    expect(broken.ask('eu-west-1', 'us-east-1').yes).toBe(true);
    const answer = broken.ask('eu-west-1', 'us-east-1:container');
    expect(answer.code).toBe('NO_ROUTE');
    expect(stop(answer)?.where).toContain('AttachmentA');
    expect(broken.read().faults).toContainEqual(expect.objectContaining({ what: 'SubnetAttachmentAG1' }));
  });

  test('a propagation of the line that was dropped: the VPN carries the way back', () => {
    const answer = drop('links-beijing--us-east-1-line-line', 'TransitPropagationG1').ask('beijing', 'us-east-1');
    expect(answer.yes).toBe(true);
    expect(answer.back.map((h) => h.words).join()).toContain('to the VPN');
  });

  test('an association of the line that was dropped stops what comes over it', () => {
    expect(drop('links-beijing--us-east-1-line-line', 'TransitAssociationG1').ask('beijing', 'us-east-1').code).toBe(
      'NOT_ASSOCIATED',
    );
  });

  test('an allowed prefix that is missing: the line is not told of it, and the VPN is taken', () => {
    const broken = hybrid.changed('links-beijing--us-east-1-line-line', ({ Resources }) => {
      const association = Resources.LineAssociationG1!.Properties;
      association.AllowedPrefixesToDirectConnectGateway = association.AllowedPrefixesToDirectConnectGateway.filter(
        (p: string) => p !== '172.17.0.0/16',
      );
    });
    const answer = broken.ask('beijing-a01-1', 'eu-west-1-core-worker-1:container');
    expect(answer.yes).toBe(true);
    expect(answer.forward.map((h) => h.words).join()).toContain('172.17.0.0/16 via 10.200.255.2');
    expect(broken.ask('beijing-a01-1', 'eu-west-1-core-worker-1:container', 'fallback').code).toBe('NO_ROUTE');
  });

  test('an AS number that the two ends don’t agree on: no session', () => {
    const broken = hybrid.rewritten('beijing/routers/r1/frr.conf', 'remote-as 64600', 'remote-as 64609');
    const answer = broken.ask('beijing-a01-1', 'us-east-1', 'fallback');
    expect(answer.reason).toContain('the router expects AS 64609, the cloud is AS 64600');
  });

  test('a prefix that the router does not take', () => {
    const broken = hybrid.rewritten(
      'beijing/routers/r1/frr.conf',
      /(ip prefix-list line-\S+-in seq \d+) permit 10\.2\.0\.0\/16/,
      '$1 deny 10.2.0.0/16',
    );
    expect(broken.ask('beijing-a01-1', 'eu-west-1', 'fallback').code).toBe('NO_ROUTE');
    expect(broken.ask('beijing-a01-1', 'eu-west-1:container', 'fallback').yes).toBe(true);
  });

  test('more prefixes than the router’s maximum take the session down', () => {
    const broken = hybrid.rewritten('beijing/routers/r1/frr.conf', /(neighbor 169\.254\.100\.1 maximum-prefix) \d+/, '$1 2');
    expect(broken.ask('beijing-a01-1', 'us-east-1', 'fallback').reason).toContain(
      '169.254.100.1: more prefixes than its maximum',
    );
  });

  test('without an originated prefix the reply has no way back', () => {
    const broken = hybrid
      .rewritten('beijing/routers/r1/frr.conf', /\n {2}network 10\.200\.[01]\.0\/(?:16|24)/g, '')
      .rewritten('beijing/routers/r2/frr.conf', /\n {2}network 10\.200\.[01]\.0\/(?:16|24)/g, '');
    const answer = broken.ask('beijing-a01-1', 'us-east-1');
    expect(answer.yes).toBe(false);
    expect(answer.reason).toContain('the reply does not come back');
  });

  test('a host’s gateway that no router has', () => {
    const broken = hybrid.rewritten('beijing/hosts/beijing-a01-1/50-vlan101.network', /Gateway=.*/g, 'Gateway=10.200.1.254');
    expect(broken.ask('beijing-a01-1', 'us-east-1').reason).toContain('no router has the address of its gateway 10.200.1.254');
    expect(broken.ask('beijing-a01-1', 'beijing-a01-2').yes).toBe(true);
  });

  test('a security rule for containers by group instead of by range', () => {
    const broken = hybrid.everywhere(({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources)) {
        if (Type !== 'AWS::EC2::SecurityGroupIngress' || Properties.CidrIp !== '172.17.0.0/16') continue;
        delete Properties.CidrIp;
        Properties.SourceSecurityGroupId = Properties.GroupId;
      }
    });
    expect(broken.ask('eu-west-1/core/worker:container', 'us-east-1/core/worker').code).toBe('INGRESS_RULES');
  });
});
