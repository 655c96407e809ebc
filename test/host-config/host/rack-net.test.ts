import type { FleetContext } from '../../../lib/plan/model';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { context, defaults, ownProfiles } from '../fixtures';
import { Place, wire } from './net-lab';
import { Sandbox } from './sandbox';

const address = '10.200.1.2';
const container = '172.20.0.2';
/** A host of the estate, one of the data centre, and a neighbour who is in no pool of it. */
const [elsewhere, neighbour, outside] = ['10.1.0.9', '10.200.2.7', '192.0.2.9'];
const everyone = [elsewhere, neighbour, outside];

/** Rack a01 of beijing, whose profiles declare a port to the estate and one to the data centre. */
function rack(mode: 'host' | 'host-gw'): Partial<FleetContext> {
  return {
    region: { ...context().region, name: 'beijing', id: 'beijing', provider: 'idc', cidr: '10.200.0.0/16' },
    fleet: { name: 'a01', kind: 'members', metadata: {}, hostPrefix: 'beijing-a01' },
    numbering: { zones: [{ name: 'a01', base: address }], perZone: 32, firstRange: 0 },
    containers: {
      mode,
      ...(mode === 'host' ? {} : { block: '172.20.0.0/19', hostBits: 24 }),
      pools: ['10.0.0.0/8', '172.16.0.0/12'],
      mtu: 1500,
      hostPorts: [
        { protocol: 'tcp', fromPort: 2379, toPort: 2379, from: '' },
        { protocol: 'tcp', fromPort: 2381, toPort: 2381, from: '10.200.0.0/16' },
      ],
    },
    artifacts: { url: '', items: {} },
  };
}

class Rack {
  readonly host = new Place();
  readonly container = new Place();
  readonly gateway = new Place();
  readonly places = [this.container, this.host, this.gateway];
  readonly sandbox = new Sandbox();

  constructor(
    readonly nft: string,
    readonly mode: 'host' | 'host-gw',
    keys: readonly string[] = [],
  ) {
    const parameters = { base: { ...defaults(ownProfiles('base')).base, sshAuthorizedKeys: keys } };
    this.sandbox
      .install(['base'], { ...rack(mode), parameters })
      .stub('hostnamectl')
      .stub('nft', `exec ${nft} "$@"`)
      .inside(this.host.namespace);
    this.sandbox.write('/etc/machine-id', '0123456789abcdef0123456789abcdef\n');
    wire(this.host, 'vlan101', this.gateway, 'vlan101');
    this.host.ip('address', 'add', `${address}/24`, 'dev', 'vlan101');
    this.host.ip('route', 'add', 'default', 'via', '10.200.1.1');
    this.host.run('sysctl', '-qw', 'net.ipv4.ip_forward=1');
    this.gateway.ip('address', 'add', '10.200.1.1/24', 'dev', 'vlan101');
    for (const each of everyone) this.gateway.ip('address', 'add', `${each}/32`, 'dev', 'lo');
  }

  async start(): Promise<void> {
    expect(await this.sandbox.run('meissa-host')).toMatchObject({ code: 0, err: '' });
    expect(await this.sandbox.run('meissa-net')).toMatchObject({ code: 0, err: '' });
    const bridge = this.mode === 'host' ? '172.20.0.1/24' : undefined;
    // What docker does by itself where nobody else has made its bridge.
    if (bridge !== undefined) {
      this.host.ip('link', 'add', 'docker0', 'type', 'bridge');
      this.host.ip('link', 'set', 'docker0', 'up');
      this.host.ip('address', 'add', bridge, 'dev', 'docker0');
    } else this.gateway.ip('route', 'add', '172.20.0.0/24', 'via', address);
    wire(this.host, 'veth1', this.container, 'eth0');
    this.host.ip('link', 'set', 'veth1', 'master', 'docker0');
    this.container.ip('address', 'add', `${container}/24`, 'dev', 'eth0');
    this.container.ip('route', 'add', 'default', 'via', '172.20.0.1');
    for (const port of [22, 179, 2379, 2381, 9408]) await this.host.listen('tcp', '0.0.0.0', port);
    await this.container.listen('tcp', '0.0.0.0', 8080);
    await this.gateway.listen('tcp', outside, 80);
    await this.gateway.listen('udp', elsewhere, 53);
  }

  /** Ports of an address that answer somebody. */
  async open(from: string, ports: readonly number[], to = address): Promise<number[]> {
    const answers = await Promise.all(
      ports.map((port) => this.gateway.ask({ protocol: 'tcp', address: to, port, from }).then((seen) => ({ port, seen }))),
    );
    return answers.filter(({ seen }) => seen === from).map(({ port }) => port);
  }

  async end(): Promise<void> {
    for (const place of this.places) await place.end();
    this.sandbox.end();
  }
}

const ports = [22, 179, 2379, 2381, 9408];

describeWithRealParts(
  ['nft', 'python3'],
  lacksNamespaces(),
  'a host of a data centre, which no security group guards',
  (path) => {
    describe.each(['host', 'host-gw'] as const)('in mode %s', (mode) => {
      let lab: Rack;
      beforeAll(async () => {
        lab = new Rack(path('nft'), mode);
        await lab.start();
      }, 60_000);
      afterAll(() => lab.end());

      test('a neighbour outside the pools reaches none of its ports, and gets no answer to a ping', async () => {
        expect(await lab.open(outside, ports)).toEqual([]);
        lab.gateway.ip('route', 'replace', `${address}/32`, 'dev', 'vlan101', 'src', outside);
        expect(lab.gateway.ping(address)).toBe(false);
        lab.gateway.ip('route', 'delete', `${address}/32`);
        expect((await lab.host.seen()).filter((each) => each.includes(outside))).toEqual([]);
      });

      test('the estate reaches what profiles open to it and how the host is, the data centre what they open to the place, and both may ping', async () => {
        expect(await lab.open(elsewhere, ports)).toEqual([2379, 9408]);
        expect(await lab.open(neighbour, ports)).toEqual([2379, 2381, 9408]);
        expect(lab.gateway.ping(address)).toBe(true);
      });

      test('it reaches itself and whoever it asks, inside the pools and out of them', async () => {
        expect(await lab.host.ask({ protocol: 'tcp', address, port: 22 })).toBe(address);
        expect(await lab.host.ask({ protocol: 'tcp', address: outside, port: 80 })).toBe(address);
        expect(await lab.host.ask({ protocol: 'udp', address: elsewhere, port: 53 })).toBe(address);
      });

      test('loading again changes nothing', async () => {
        const table = () => lab.host.run(lab.nft, 'list', 'table', 'inet', 'meissa').replace(/packets \d+ bytes \d+/g, '');
        const before = table();
        expect(await lab.sandbox.run('meissa-net')).toMatchObject({ code: 0, err: '' });
        expect(table()).toBe(before);
      });
    });

    test('in mode host a port that docker publishes to a container is judged like one of the host’s own', async () => {
      const lab = new Rack(path('nft'), 'host');
      try {
        await lab.start();
        const publish = ['table ip docker {', 'chain in {', 'type nat hook prerouting priority dstnat'];
        for (const port of [2379, 8080]) publish.push(`iifname != "docker0" tcp dport ${port} dnat to ${container}:8080`);
        lab.sandbox.write('/docker.nft', `${publish.join('\n')}\n}\n}\n`);
        lab.host.run(lab.nft, '-f', `${lab.sandbox.root}/docker.nft`);
        expect(await lab.open(outside, [2379, 8080])).toEqual([]);
        expect(await lab.open(elsewhere, [2379, 8080])).toEqual([2379]);
        expect(await lab.container.seen()).toEqual([`tcp ${elsewhere}>0.0.0.0:8080`]);
        // A container is a program of this host's, and replies to it come from anywhere.
        expect(await lab.container.ask({ protocol: 'tcp', address, port: 22 })).toBe(container);
      } finally {
        await lab.end();
      }
    }, 60_000);

    test.each(['host', 'host-gw'] as const)(
      'in mode %s with keys for ssh it answers the estate there, and nobody else',
      async (mode) => {
        const lab = new Rack(path('nft'), mode, ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ops']);
        try {
          await lab.start();
          expect(await lab.open(elsewhere, ports)).toEqual([22, 2379, 9408]);
          expect(await lab.open(outside, ports)).toEqual([]);
        } finally {
          await lab.end();
        }
      },
      60_000,
    );

    test('in mode host-gw a neighbour outside the pools reaches no container, the estate does, and a container whom it asks', async () => {
      const lab = new Rack(path('nft'), 'host-gw');
      try {
        await lab.start();
        expect(await lab.open(outside, [8080], container)).toEqual([]);
        expect(await lab.open(elsewhere, [8080], container)).toEqual([8080]);
        expect(await lab.container.seen()).toEqual([`tcp ${elsewhere}>0.0.0.0:8080`]);
        expect(await lab.container.ask({ protocol: 'tcp', address: outside, port: 80 })).toBe(address);
        expect(await lab.container.ask({ protocol: 'udp', address: elsewhere, port: 53 })).toBe(container);
      } finally {
        await lab.end();
      }
    }, 60_000);
  },
);
