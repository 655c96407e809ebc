/** What hosts' own packet filters, docker and masquerade make of a question. */
import { gzipSync } from 'node:zlib';
import { answer } from '../../lib/reach/answer';
import { reachMatrix } from '../../lib/reach/matrix';
import { addRegion, addRoute, Cloud, joined, ref, stop } from './clouds';
import { withDataCentre } from './data-centre';
import { type Emitted, emit } from './emitted';
import { boot, chain, cloudConfig, type HostText, INPUT, withTable } from './host-text';

let hybrid: Emitted;
beforeAll(() => {
  hybrid = emit('test/estates/hybrid');
});

let cloud: Cloud;
beforeEach(() => {
  cloud = new Cloud();
  addRegion(cloud, 1);
});
const ask = (from: string, to: string, port: number, protocol: 'tcp' | 'udp' = 'tcp') => cloud.ask(from, to, { protocol, port });
/** Host 2 boots with it; host 1 asks. */
const guarded = (text: HostText) => boot(cloud, 1, 2, text);

test('a port that the host’s own table drops is no, with the rule, its file and its line', () => {
  guarded(withTable(chain(INPUT, 'tcp dport 22 drop')));
  expect(cloud.read().faults).toEqual([]);
  const found = ask('r1-h-1', 'r1-h-2', 22);
  expect(found).toMatchObject({ yes: false, code: 'HOST_FILTER' });
  expect(stop(found)).toMatchObject({
    where: 'packet filter of r1-h-2',
    words: 'lets in all but 22/tcp: "tcp dport 22 drop" of inet guard / c',
    from: { stack: 'r1/all', logicalId: '/etc/guard.nft line 4' },
  });
  expect(ask('r1-h-1', 'r1-h-2', 23).yes).toBe(true);
  expect(ask('r1-h-1', 'r1-h-2:container', 22).yes).toBe(true);
});

test('asked without a port it is what both hosts and their groups let through', () => {
  guarded(withTable(chain(`${INPUT}; policy drop;`, 'ct state established accept', 'tcp dport { 22, 2379-2380 } accept')));
  cloud.set('r1/all', 'Ingress', { IpProtocol: 'tcp', FromPort: 2000, ToPort: 3000 });
  expect(cloud.ask('r1-h-1', 'r1-h-2')).toMatchObject({ yes: true, ports: ['2379-2380/tcp'] });
  cloud.set('r1/all', 'Ingress', { IpProtocol: 'udp' });
  expect(cloud.ask('r1-h-1', 'r1-h-2')).toMatchObject({ yes: false, code: 'HOST_FILTER', ports: [] });
});

test('what a host drops on the way out is its own hop, before any other', () => {
  boot(cloud, 1, 1, withTable(chain('type filter hook output priority 0', 'udp dport 53 ip daddr 10.1.2.0/24 reject')));
  const found = ask('r1-h-1', 'r1-h-2', 53, 'udp');
  expect(found.forward.map(({ where }) => where)).toEqual(['r1-h-1', 'packet filter of r1-h-1']);
  expect(found.reason).toContain('lets out');
  expect(ask('r1-h-2', 'r1-h-1', 53, 'udp').yes).toBe(true);
});

test('a reply that the host drops makes it no: rules without a state see it by the service’s port', () => {
  guarded(withTable(chain('type filter hook output priority 0', 'tcp sport 2379 drop')));
  const found = ask('r1-h-1', 'r1-h-2', 2379);
  expect(found).toMatchObject({ yes: false, code: 'HOST_FILTER' });
  expect(found.reason).toContain('lets out of replies');
  expect(ask('r1-h-1', 'r1-h-2', 2380).yes).toBe(true);
});

test('containers are let through by what is forwarded, not by what the host takes in', () => {
  guarded(withTable(chain('type filter hook forward priority -5', 'ip daddr 172.16.2.0/24 tcp dport 8080 drop')));
  expect(ask('r1-h-1', 'r1-h-2:container', 8080).code).toBe('HOST_FILTER');
  expect(ask('r1-h-1:container', 'r1-h-2', 8080).yes).toBe(true);
  expect(ask('r1-h-2', 'r1-h-2:container', 8080).yes).toBe(true);
});

test('a container asks its own host through the bridge', () => {
  const planned = ' chain planned {\n  tcp dport 53 accept\n  drop\n }\n}\n';
  guarded(withTable(chain(INPUT, 'ct state established accept', 'iifname "docker0" goto planned').replace(/\}\n$/, planned)));
  expect(ask('r1-h-2:container', 'r1-h-2', 53).yes).toBe(true);
  expect(ask('r1-h-2:container', 'r1-h-2', 22)).toMatchObject({ yes: false, code: 'HOST_FILTER', ports: ['53/tcp'] });
  expect(ask('r1-h-2', 'r1-h-2:container', 22).yes).toBe(true);
  expect(ask('r1-h-1:container', 'r1-h-2', 22).yes).toBe(true);
});

test('hosts that filter otherwise are classes of their own', () => {
  const names = () => reachMatrix(cloud.read()).classes.map(({ name }) => name);
  const before = names();
  guarded(withTable(chain(INPUT, 'tcp dport 22 drop')));
  expect(names().length).toBeGreaterThanOrEqual(before.length);
  const { classes, cells } = reachMatrix(cloud.read());
  const [one, two] = ['1', '2'].map((k) => classes.findIndex(({ members }) => members.some(({ name }) => name === `r1-h-${k}`)));
  expect(cells[one!]![two!]).toEqual({ yes: true, ports: ['0-21/tcp', '0-65535/udp', 'icmp', '23-65535/tcp'] });
  expect(cells[two!]![one!]).toEqual({ yes: true, ports: ['all'] });
});

describe('masquerade', () => {
  const HIDES = withTable(
    chain('type nat hook postrouting priority srcnat', 'ip saddr 172.16.0.0/12 ip daddr != 172.17.0.0/16 masquerade'),
  );

  test('the packet goes on with the host’s own address: rules by CIDR see that one', () => {
    cloud.set('r1/all', 'Ingress', { CidrIp: '10.1.1.0/24' });
    expect(ask('r1-h-1:container', 'r1-h-2', 22).code).toBe('INGRESS_RULES');
    boot(cloud, 1, 1, HIDES);
    const found = ask('r1-h-1:container', 'r1-h-2', 22);
    expect(found.yes).toBe(true);
    expect(found.forward[0]!.words).toBe('sends from 10.1.1.11 in place of its container 172.16.1.2 (masquerade)');
    // Who is asked answers from its own address, and so does who is hidden otherwise.
    expect(found.back[0]!.words).toBe('sends from 10.1.2.12');
    cloud.set('r1/all', 'Ingress', { CidrIp: '172.16.1.0/24' });
    expect(ask('r1-h-1:container', 'r1-h-2', 22).code).toBe('INGRESS_RULES');
  });

  test('rules by group know a hidden container by its host', () => {
    cloud.set('r1/all', 'Ingress', { CidrIp: undefined, SourceSecurityGroupId: ref('SecurityGroupHosts') });
    expect(ask('r1-h-1:container', 'r1-h-2', 22).yes).toBe(false);
    boot(cloud, 1, 1, HIDES);
    expect(ask('r1-h-1:container', 'r1-h-2', 22).yes).toBe(true);
  });

  test('who has its own address hidden answers with it all the same', () => {
    boot(cloud, 1, 1, HIDES);
    expect(ask('r1-h-2', 'r1-h-1:container', 22).yes).toBe(true);
    const { classes, cells } = reachMatrix(cloud.read());
    expect(classes.length).toBeGreaterThan(2);
    expect(cells.flat().every((cell) => cell === undefined || cell.yes)).toBe(true);
  });

  test('the source/destination check lets a hidden container out, and the reply reaches it', () => {
    for (const k of [1, 2]) cloud.set('r1/all', `M${k}Interface`, { SourceDestCheck: true });
    expect(ask('r1-h-1:container', 'r1-h-2', 22).code).toBe('SOURCE_CHECK');
    boot(cloud, 1, 1, HIDES);
    expect(ask('r1-h-1:container', 'r1-h-2', 22).yes).toBe(true);
  });

  test('the NAT gateway takes it then, which takes no address of a container', () => {
    cloud.add('r1/all', 'Nat', 'AWS::EC2::NatGateway', { SubnetId: ref('SubnetMembersA') });
    addRoute(cloud, 1, 'Internet', '0.0.0.0/0', { NatGatewayId: ref('Nat') });
    expect(cloud.ask('r1-h-1:container', '8.8.8.8').code).toBe('NAT_FOREIGN_SOURCE');
    boot(cloud, 1, 1, HIDES);
    expect(cloud.ask('r1-h-1:container', '8.8.8.8').code).not.toBe('NAT_FOREIGN_SOURCE');
  });

  test('one that asks for a port is read no further: nobody knows which address a packet has', () => {
    boot(cloud, 1, 1, withTable(chain('type nat hook postrouting priority srcnat', 'tcp dport 80 masquerade')));
    expect(cloud.read().faults).toMatchObject([{ what: '/etc/guard.nft line 4' }]);
    expect(cloud.ask('r1-h-1:container', 'r1-h-2')).toMatchObject({ yes: false, code: 'HOST_FILTER' });
    expect(cloud.ask('r1-h-1', 'r1-h-2').code).toBe('HOST_FILTER');
  });
});

describe('docker', () => {
  const docker = (options: object): HostText => ({
    files: { '/etc/docker/daemon.json': JSON.stringify(options) },
    units: { 'docker.service': '[Service]\nEnvironmentFile=/run/meissa/host.env\n' },
  });

  test('with rules of its own it lets nobody in to containers, and hides them', () => {
    guarded(docker({}));
    const found = ask('r1-h-1', 'r1-h-2:container', 8080);
    expect(found.code).toBe('HOST_FILTER');
    expect(found.reason).toContain('docker lets in published ports only, unless "iptables" is false');
    expect(ask('r1-h-2:container', 'r1-h-1', 22).forward[0]!.words).toContain('in place of its container');
    expect(ask('r1-h-1', 'r1-h-2', 8080).yes).toBe(true);
  });

  test('ip-masq says whether it hides them, and counts only with rules of its own', () => {
    guarded(docker({ 'ip-masq': false }));
    expect(ask('r1-h-2:container', 'r1-h-1', 22).forward[0]!.words).not.toContain('in place of');
    guarded(docker({ iptables: false }));
    expect(ask('r1-h-2:container', 'r1-h-1', 22).forward[0]!.words).not.toContain('in place of');
    expect(ask('r1-h-1', 'r1-h-2:container', 8080).yes).toBe(true);
  });

  test('options of the unit go before those of the file', () => {
    guarded({ ...docker({}), units: { 'docker.service': '[Service]\nEnvironment=DOCKER_OPTS="--iptables=false"\n' } });
    expect(ask('r1-h-1', 'r1-h-2:container', 8080).yes).toBe(true);
  });

  test('where docker chooses its bridge, packets to its network never leave the host', () => {
    for (const table of ['Main', 'Attachment']) cloud.drop('r1/all', `M1Route${table}`);
    cloud.set('r1/all', 'M2RouteMain', { DestinationCidrBlock: '172.17.2.0/24' });
    cloud.set('r1/all', 'M2RouteAttachment', { DestinationCidrBlock: '172.17.2.0/24' });
    expect(cloud.ask('r1-h-1', 'r1-h-2:container').yes).toBe(true);
    boot(cloud, 1, 1, docker({}));
    const found = cloud.ask('r1-h-1', 'r1-h-2:container');
    expect(found).toMatchObject({ yes: false, code: 'OWN_BRIDGE' });
    expect(found.reason).toContain('172.17.2.2 lies in 172.17.0.0/16, the network of docker’s own bridge');
    // And who asks from there gets no answer.
    expect(cloud.ask('r1-h-2:container', 'r1-h-1').code).toBe('OWN_BRIDGE');
    boot(cloud, 1, 1, docker({ bip: '198.18.0.1/16' }));
    expect(cloud.ask('r1-h-1', 'r1-h-2:container').yes).toBe(true);
    boot(cloud, 1, 1, docker({ bridge: 'none' }));
    expect(cloud.ask('r1-h-1', 'r1-h-2:container').yes).toBe(true);
  });

  test('ports that it publishes on the host’s own address go past input chains, which nobody sees from a table alone: a fault', () => {
    for (const k of [1, 2]) for (const table of ['Main', 'Attachment']) cloud.drop('r1/all', `M${k}Route${table}`);
    const table = withTable(chain(INPUT, 'tcp dport 8080 drop'));
    const publishing = (options: object, command: string): HostText => ({
      files: { ...table.files, ...docker(options).files },
      units: { ...table.units, 'web.service': `[Service]\nExecStart=/usr/bin/docker run --rm ${command} nginx\n` },
    });
    guarded(publishing({}, '-p 8080:80'));
    expect(cloud.read().faults).toMatchObject([{ message: expect.stringContaining('docker publishes ports past') }]);
    for (const other of [publishing({}, '--net=host'), publishing({ iptables: false }, '-p 8080:80')]) {
      guarded(other);
      expect(cloud.read().faults).toEqual([]);
    }
  });

  test.each([
    ['{"iptables": false', 'it is no JSON object: docker does not start'],
    ['{"iptables": false, "bip": "172.16.2.1/24"}', 'bip stands here and in the options that docker is started with'],
  ])('options that docker refuses are a fault: %s', (text, words) => {
    guarded({ ...docker({}), files: { '/etc/docker/daemon.json': text } });
    expect(cloud.read().faults).toMatchObject([
      { where: 'r1/all', what: '/etc/docker/daemon.json line 1', message: expect.stringContaining(words) },
    ]);
  });
});

test('a rule that is not read stops what comes to it, and is a fault', () => {
  guarded(withTable(chain(INPUT, 'tcp dport 22 accept', 'meta mark 7 accept')));
  expect(cloud.read().faults).toEqual([
    {
      where: 'r1/all',
      what: '/etc/guard.nft line 5',
      message: '"meta mark 7 accept" is not read: packets that come to this rule go nowhere',
    },
  ]);
  expect(ask('r1-h-1', 'r1-h-2', 22).yes).toBe(true);
  expect(stop(ask('r1-h-1', 'r1-h-2', 23))!.words).toContain('"meta mark 7 accept" of inet guard / c');
});

test.each([
  ['gzipped', (text: string) => gzipSync(text).toString('base64')],
  ['in a mapping', undefined],
  ['as text that the cloud encodes', (text: string) => ({ 'Fn::Base64': text })],
])('user-data is read as it is sent: %s', (_how, property) => {
  const text = cloudConfig(withTable(chain(INPUT, 'tcp dport 22 drop')));
  if (property === undefined) return expectMapped(text);
  cloud.set('r1/all', 'M2Instance', { UserData: property(text) });
  expect(ask('r1-h-1', 'r1-h-2', 22).code).toBe('HOST_FILTER');
});

/** As the emitters hold it. */
function expectMapped(text: string): void {
  const emitted = hybrid.everywhere((template) => {
    const { Mappings } = template as { Mappings?: { UserData?: { Fleet: Record<string, string> } } };
    if (Mappings?.UserData !== undefined) Mappings.UserData.Fleet = { Text: text, Base64: gzipSync(text).toString('base64') };
  });
  const found = answer(emitted.read(), 'us-east-1-core-worker-1', 'us-east-1-core-worker-2', { protocol: 'tcp', port: 22 });
  expect(found.reason).toContain('"tcp dport 22 drop"');
}

test('of a form that is not read it is a fault, and nobody says what the host does', () => {
  cloud.set('r1/all', 'M2Instance', { UserData: { 'Fn::Sub': '#cloud-config ${Vpc}' } });
  expect(cloud.read().faults).toMatchObject([{ what: 'M2Instance', message: expect.stringContaining('UserData') }]);
});

test('hosts of Aliyun answer at planned ports only, members by what they fetch at every boot', () => {
  const world = emit('test/estates/aliyun').read();
  expect(world.faults).toEqual([]);
  const found = answer(world, 'cn-beijing-core-worker-1', 'cn-beijing-core-worker-2', { protocol: 'tcp', port: 22 });
  expect(found.code).toBe('HOST_FILTER');
  expect(found.forward.at(-1)!.from).toMatchObject({ logicalId: expect.stringMatching(/^\/opt\/meissa\/bin\/meissa-net line/) });
  const hidden = answer(world, 'cn-beijing-core-worker-1:container', '8.8.8.8');
  expect(hidden.forward[0]!.words).toContain('(masquerade)');
});

describe('what hosts of the hybrid estate load', () => {
  const asked = (from: string, to: string, port?: number) =>
    answer(hybrid.read(), from, to, port === undefined ? {} : { protocol: 'tcp', port });

  test('is read without a fault', () => {
    expect(hybrid.read().faults).toEqual([]);
  });

  test('hosts answer at planned ports only: 22/tcp is no, though the group lets it in', () => {
    const found = asked('eu-west-1-core-worker-1', 'us-east-1-core-worker-1', 22);
    expect(found.code).toBe('HOST_FILTER');
    expect(found.forward.at(-1)!.from!.logicalId).toMatch(/^\/opt\/meissa\/bin\/meissa-net line \d+$/);
    expect(asked('us-east-1-core-worker-1', 'us-east-1-core-voters-1', 2379).yes).toBe(true);
    expect(asked('us-east-1-core-worker-1', 'us-east-1-core-voters-1', 22).code).toBe('HOST_FILTER');
    expect(asked('us-east-1-core-worker-1', 'beijing-a01-1', 22).reason).toContain('packet filter of beijing-a01-1');
  });

  test('containers keep their address in the estate, and have the host’s on the internet', () => {
    expect(asked('eu-west-1-core-worker-1:container', 'us-east-1-core-worker-1:container').ports).toEqual(['all']);
    const out = asked('eu-west-1-core-worker-1:container', '8.8.8.8');
    expect(out.yes).toBe(true);
    expect(out.forward.map(({ words }) => words).join()).toContain('in place of its container 172.17.48.2 (masquerade)');
  });

  test('a rack’s hosts hide their containers as well', () => {
    expect(asked('beijing-a01-1:container', '8.8.8.8').forward[0]!.words).toContain('in place of its container 172.20.0.2');
  });
});

test('a rack’s text that is no cloud-config is a fault of that file', () => {
  const path = 'beijing/racks/a01/user-data.yaml';
  const { faults } = hybrid.rewritten(path, 'write_files:', 'write_files: {').read();
  expect(faults).toMatchObject([
    { where: `idc.out/${path}`, what: 'user-data', message: expect.stringContaining('no cloud-config') },
  ]);
});

test('hosts without a text let everything through, as they come', () => {
  for (const world of [joined().read(), withDataCentre().read()]) {
    expect(world.faults).toEqual([]);
    expect(world.vpcs.flatMap(({ interfaces }) => interfaces).every(({ network }) => network === undefined)).toBe(true);
  }
});
