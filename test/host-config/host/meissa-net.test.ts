import { existsSync } from 'node:fs';
import type { FleetContext } from '../../../lib/plan/model';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { Place, wire } from './net-lab';
import { Sandbox } from './sandbox';

const hostAddress = '10.9.8.65';
/** A container and a host elsewhere in the estate, a page of the internet, and the cloud's own services. */
const [container, otherHost, internet, resolver, metadata] = [
  '172.17.5.9',
  '10.2.0.5',
  '203.0.113.7',
  '10.9.0.2',
  '169.254.169.254',
];
const sysctl = '/lib/systemd/systemd-sysctl';

const routed: FleetContext['containers'] = {
  mode: 'host-gw',
  block: '172.16.0.0/16',
  hostBits: 24,
  pools: ['10.0.0.0/8', '172.16.0.0/12'],
  mtu: 8500,
  hostPorts: [
    { protocol: 'tcp', fromPort: 2379, toPort: 2379, from: '' },
    { protocol: 'tcp', fromPort: 2381, toPort: 2381, from: '10.2.0.0/16' },
    { protocol: 'udp', fromPort: 5000, toPort: 5010, from: '' },
  ],
};

/** A host with one container, and a router beside it that has every other address. */
class Lab {
  readonly host = new Place();
  readonly container = new Place();
  readonly router = new Place();
  readonly places = [this.container, this.host, this.router];
  readonly sandbox = new Sandbox();

  /** @param range prefix mode: what the metadata service tells */
  constructor(
    readonly nft: string,
    containers: FleetContext['containers'],
    range = '',
  ) {
    const told = `address) echo ${hostAddress} ;; instance-id) echo i-1 ;; prefixes) echo ${range} ;;`;
    this.sandbox
      .install(['base'], { containers })
      .write('/opt/meissa/bin/meissa-cloud', `#!/bin/bash\ncase $1 in ${told} esac\n`, '0755')
      .stub('hostnamectl')
      .stub('nft', `exec ${nft} "$@"`)
      .inside(this.host.namespace);
    wire(this.host, 'eth0', this.router, 'eth0');
    this.host.ip('address', 'add', `${hostAddress}/19`, 'dev', 'eth0');
    this.host.ip('route', 'add', 'default', 'via', '10.9.0.1');
    this.router.ip('address', 'add', '10.9.0.1/19', 'dev', 'eth0');
    for (const address of [container, otherHost, internet, resolver, metadata])
      this.router.ip('address', 'add', `${address}/32`, 'dev', 'lo');
  }

  /** Runs meissa-host and meissa-net for real, plugs a container in as docker does, and lets the others listen. */
  async start(): Promise<void> {
    expect(await this.sandbox.run('meissa-host')).toMatchObject({ code: 0 });
    expect(await this.sandbox.run('meissa-net')).toMatchObject({ code: 0, err: '' });
    this.host.run(sysctl, `${this.sandbox.root}/etc/sysctl.d/zz-meissa-net.conf`);
    const { MEISSA_CONTAINER_RANGE: range, MEISSA_BRIDGE: bridge } = this.environment();
    this.router.ip('route', 'add', range!, 'via', hostAddress);
    wire(this.host, 'veth1', this.container, 'eth0');
    this.host.ip('link', 'set', 'veth1', 'mtu', '8500', 'master', 'docker0');
    this.container.ip('link', 'set', 'eth0', 'mtu', '8500');
    this.container.ip('address', 'add', `${this.own}/${bridge!.split('/')[1]}`, 'dev', 'eth0');
    this.container.ip('route', 'add', 'default', 'via', bridge!.split('/')[0]!);
    for (const address of [container, otherHost, internet, resolver, metadata]) await this.router.listen('udp', address, 53);
    await this.router.listen('tcp', internet, 80);
    for (const port of [2379, 2380, 2381]) await this.host.listen('tcp', '0.0.0.0', port);
    for (const port of [5003, 5011]) await this.host.listen('udp', '0.0.0.0', port);
    await this.container.listen('tcp', '0.0.0.0', 8080);
    await this.container.listen('udp', '0.0.0.0', 8081);
  }

  /** Address of the container: the second of the range, after the bridge's. */
  get own(): string {
    const parts = this.environment().MEISSA_BRIDGE!.split('/')[0]!.split('.').map(Number);
    return [...parts.slice(0, 3), parts[3]! + 1].join('.');
  }

  environment(): Record<string, string> {
    const lines = this.sandbox.read('/run/meissa/host.env')!.trimEnd().split('\n');
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  /** The address that somebody outside sees the container at. */
  sees(address: string, from?: string): Promise<string> {
    return this.container.ask({ protocol: 'udp', address, port: 53, ...(from === undefined ? {} : { from }) });
  }

  /** What is loaded, without what was counted. */
  table(): string {
    return this.host.run(this.nft, 'list', 'table', 'inet', 'meissa').replace(/counter packets \d+ bytes \d+/g, 'counter');
  }

  async end(): Promise<void> {
    for (const place of this.places) await place.end();
    this.sandbox.end();
  }
}

const lacks = [...lacksNamespaces(), ...(existsSync(sysctl) ? [] : ['there is no systemd-sysctl'])];

describeWithRealParts(['nft', 'python3'], lacks, 'the network of a host whose containers have addresses of their own', (path) => {
  describe('in mode host-gw', () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = new Lab(path('nft'), routed);
      await lab.start();
    }, 60_000);
    afterAll(() => lab.end());
    beforeEach(async () => {
      for (const place of lab.places) await place.seen();
    });

    test('the bridge has the first address of the planned range, and the planned MTU, with and without containers', () => {
      // Member 4 is the second of the first of three zones; ranges count from 172.16.0.0/24.
      expect(lab.environment()).toMatchObject({ MEISSA_MEMBER: '4', MEISSA_BRIDGE: '172.16.3.1/24' });
      const [bridge] = JSON.parse(lab.host.ip('-j', 'address', 'show', 'docker0'));
      expect(bridge.mtu).toBe(8500);
      expect(bridge.addr_info[0]).toMatchObject({ local: '172.16.3.1', prefixlen: 24 });
    });

    test.each([container, otherHost])('%s, in the pools of the estate, sees the own address of a container', async (address) => {
      expect(await lab.sees(address)).toBe('172.16.3.2');
    });

    test('the internet sees the address of the host', async () => {
      expect(await lab.sees(internet)).toBe(hostAddress);
      expect(await lab.container.ask({ protocol: 'tcp', address: internet, port: 80 })).toBe(hostAddress);
    });

    test.each([resolver, metadata])("%s, a service of the cloud's, sees the address of the host", async (address) => {
      expect(await lab.sees(address)).toBe(hostAddress);
    });

    test.each([container, otherHost])('%s reaches the container, and is seen with its own address', async (from) => {
      expect(await lab.router.ask({ protocol: 'tcp', address: '172.16.3.2', port: 8080, from })).toBe(from);
    });

    test('packets of the full MTU pass in one piece in both directions', async () => {
      const bytes = 8500 - 28;
      const before = lab.places.map((place) => place.fragments());
      expect(await lab.container.ask({ protocol: 'udp', address: container, port: 53, bytes })).toBe('172.16.3.2');
      expect(await lab.router.ask({ protocol: 'udp', address: '172.16.3.2', port: 8081, bytes })).toBe('10.9.0.1');
      expect(lab.places.map((place) => place.fragments())).toEqual(before);
    });

    test('a port of the host that is not planned is silent to the estate, and a planned one answers', async () => {
      for (const from of [container, otherHost]) {
        expect(await lab.router.ask({ protocol: 'tcp', address: hostAddress, port: 2379, from })).toBe(from);
        expect(await lab.router.ask({ protocol: 'tcp', address: hostAddress, port: 2380, from })).toBe('silence');
        expect(await lab.router.ask({ protocol: 'udp', address: hostAddress, port: 5003, from })).toBe(from);
        expect(await lab.router.ask({ protocol: 'udp', address: hostAddress, port: 5011, from })).toBe('silence');
      }
      expect((await lab.host.seen()).filter((each) => each.endsWith(':2380') || each.endsWith(':5011'))).toEqual([]);
    });

    test('a port that only hosts of the place may ask is silent to containers, its own as well', async () => {
      const ask = { protocol: 'tcp', address: hostAddress, port: 2381 } as const;
      expect(await lab.router.ask({ ...ask, from: otherHost })).toBe(otherHost);
      expect(await lab.router.ask({ ...ask, from: container })).toBe('silence');
      expect(await lab.container.ask(ask)).toBe('silence');
    });

    test('nor does the host answer its own containers there, at whichever of its addresses', async () => {
      for (const address of [hostAddress, '172.16.3.1']) {
        expect(await lab.container.ask({ protocol: 'tcp', address, port: 2379 })).toBe('172.16.3.2');
        expect(await lab.container.ask({ protocol: 'tcp', address, port: 2380 })).toBe('silence');
      }
    });

    test('the host answers itself, pings, and what it has asked for', async () => {
      expect(await lab.host.ask({ protocol: 'tcp', address: hostAddress, port: 2380 })).toBe(hostAddress);
      expect(await lab.host.ask({ protocol: 'tcp', address: '127.0.0.1', port: 2380 })).toBe('127.0.0.1');
      expect(await lab.host.ask({ protocol: 'udp', address: otherHost, port: 53 })).toBe(hostAddress);
      expect(lab.router.ping(hostAddress)).toBe(true);
    });

    test('who comes from outside the pools is left to the security groups', async () => {
      expect(await lab.router.ask({ protocol: 'tcp', address: hostAddress, port: 2380, from: internet })).toBe(internet);
    });

    test('a container that sends with an address of somebody else reaches neither the estate nor the host', async () => {
      for (const address of ['10.9.8.66', '172.16.4.2', '198.51.100.1']) {
        lab.container.ip('address', 'add', `${address}/32`, 'dev', 'lo');
        lab.router.ip('route', 'replace', `${address}/32`, 'via', hostAddress);
        expect(await lab.sees(otherHost, address)).toBe('silence');
        expect(await lab.sees(internet, address)).toBe('silence');
        expect(await lab.container.ask({ protocol: 'udp', address: hostAddress, port: 5003, from: address })).toBe('silence');
      }
      expect(await lab.router.seen()).toEqual([]);
      expect(await lab.host.seen()).toEqual([]);
      expect(lab.host.run(lab.nft, 'list', 'chain', 'inet', 'meissa', 'spoofed')).toMatch(/counter packets [1-9]\d* .*drop/);
    });

    test('nothing but its own range is let through the host', async () => {
      lab.router.ip('route', 'replace', '172.16.9.0/24', 'via', hostAddress);
      lab.host.ip('route', 'replace', '172.16.9.0/24', 'via', '172.16.3.2');
      lab.container.ip('address', 'add', '172.16.9.9/32', 'dev', 'lo');
      expect(await lab.router.ask({ protocol: 'tcp', address: '172.16.9.9', port: 8080, from: otherHost })).toBe('silence');
      expect(await lab.container.seen()).toEqual([]);
    });

    test('replies may come back another way than the question went, which strict filtering drops', async () => {
      wire(lab.host, 'eth1', lab.router, 'eth1');
      lab.host.ip('address', 'add', '10.9.100.2/30', 'dev', 'eth1');
      lab.router.ip('address', 'add', '10.9.100.1/30', 'dev', 'eth1');
      lab.router.ip('route', 'replace', '172.16.3.0/24', 'via', '10.9.100.2');
      // The filter drops ARP, too, which would hide what happens to the reply.
      const [{ address: mac }] = JSON.parse(lab.host.ip('-j', 'link', 'show', 'eth1'));
      lab.router.ip('neighbour', 'replace', '10.9.100.2', 'lladdr', mac, 'dev', 'eth1');
      // The router is no subject of this.
      for (const name of ['all', 'eth0']) lab.router.run('sysctl', '-qw', `net.ipv4.conf.${name}.rp_filter=0`);
      try {
        for (const name of ['all', 'eth1']) lab.host.run('sysctl', '-qw', `net.ipv4.conf.${name}.rp_filter=1`);
        expect(await lab.sees(otherHost)).toBe('silence');
        lab.host.run(sysctl, `${lab.sandbox.root}/etc/sysctl.d/zz-meissa-net.conf`);
        expect(await lab.sees(otherHost)).toBe('172.16.3.2');
        for (const name of ['all', 'default', 'eth0', 'eth1', 'docker0'])
          expect(lab.host.run('sysctl', '-n', `net.ipv4.conf.${name}.rp_filter`)).toBe('2\n');
      } finally {
        lab.router.ip('route', 'replace', '172.16.3.0/24', 'via', hostAddress);
        lab.host.ip('link', 'delete', 'eth1');
      }
    });

    test('docker may go with its bridge and come again: the table stays, and holds for the new bridge', async () => {
      const before = lab.table();
      lab.host.ip('link', 'delete', 'docker0');
      expect(lab.table()).toBe(before);
      lab.host.ip('link', 'add', 'docker0', 'type', 'bridge');
      lab.host.ip('link', 'set', 'docker0', 'up');
      lab.host.ip('address', 'add', '172.16.3.1/24', 'dev', 'docker0');
      lab.host.ip('link', 'set', 'veth1', 'master', 'docker0');
      expect(await lab.sees(internet)).toBe(hostAddress);
      expect(await lab.sees(otherHost)).toBe('172.16.3.2');
      expect(await lab.sees(otherHost, '10.9.8.66')).toBe('silence');
    });

    test('loading again changes nothing', async () => {
      const before = lab.table();
      expect(await lab.sandbox.run('meissa-net')).toMatchObject({ code: 0, err: '' });
      expect(lab.table()).toBe(before);
      expect(lab.host.ip('-o', '-4', 'address', 'show', 'docker0').trim().split('\n')).toHaveLength(1);
    });

    test('there is no moment without rules while they are loaded again', async () => {
      let loading = true;
      const reload = (async () => {
        for (let round = 0; round < 15; round++) expect(await lab.sandbox.run('meissa-net')).toMatchObject({ code: 0 });
        loading = false;
      })();
      const answers: string[] = [];
      const knocks: Promise<string>[] = [];
      while (loading) {
        answers.push(await lab.sees(internet));
        answers.push(await lab.sees(container));
        knocks.push(lab.router.ask({ protocol: 'udp', address: hostAddress, port: 5011, from: otherHost }));
      }
      await reload;
      expect(new Set(await Promise.all(knocks))).toEqual(new Set(['silence']));
      expect(answers.length).toBeGreaterThan(10);
      expect([...new Set(answers)].sort()).toEqual([hostAddress, '172.16.3.2'].sort());
      expect((await lab.router.seen()).filter((each) => each.includes('172.16.3.2>203'))).toEqual([]);
      expect(await lab.host.seen()).toEqual([]);
    }, 30_000);

    test('a text that nft refuses leaves the former rules, and is a failure', async () => {
      const before = lab.table();
      const good = lab.sandbox.read('/run/meissa/host.env')!;
      lab.sandbox.write('/run/meissa/host.env', good.replace('RANGES=172.16.3.0/24', 'RANGES=172.16.3.0/33'));
      expect((await lab.sandbox.run('meissa-net')).code).not.toBe(0);
      lab.sandbox.write('/run/meissa/host.env', good.replace(/MEISSA_CONTAINER_RANGES=.*\n/, ''));
      expect((await lab.sandbox.run('meissa-net')).code).not.toBe(0);
      lab.sandbox.write('/run/meissa/host.env', good);
      expect(lab.table()).toBe(before);
    });
  });

  test('in mode prefix a container has a VPC address, which the estate sees, and the internet sees the host', async () => {
    const containers = { mode: 'prefix' as const, pools: ['10.0.0.0/8'], mtu: 8500, hostPorts: [] };
    const lab = new Lab(path('nft'), containers, '10.9.9.32/28');
    try {
      await lab.start();
      expect(lab.own).toBe('10.9.9.34');
      expect(await lab.sees(otherHost)).toBe('10.9.9.34');
      for (const address of [internet, resolver, metadata]) expect(await lab.sees(address)).toBe(hostAddress);
      expect(await lab.router.ask({ protocol: 'tcp', address: lab.own, port: 8080, from: otherHost })).toBe(otherHost);
      expect(await lab.router.ask({ protocol: 'tcp', address: hostAddress, port: 2379, from: otherHost })).toBe('silence');
      // Outside the pool of this estate, so it is not its container: hidden like the rest of the world.
      expect(await lab.sees(container)).toBe(hostAddress);
      lab.container.ip('address', 'add', '10.9.9.48/32', 'dev', 'lo');
      expect(await lab.sees(otherHost, '10.9.9.48')).toBe('silence');
    } finally {
      await lab.end();
    }
  }, 60_000);

  test('pools that lie in each other, and a host without planned ports, are loaded as well', async () => {
    const containers = { ...routed, pools: ['10.0.0.0/8', '10.128.0.0/9', '172.16.0.0/12'], hostPorts: [] };
    const lab = new Lab(path('nft'), containers);
    try {
      expect(await lab.sandbox.run('meissa-host')).toMatchObject({ code: 0 });
      expect(await lab.sandbox.run('meissa-net')).toMatchObject({ code: 0, err: '' });
      expect(lab.table()).toContain('chain outward');
    } finally {
      await lab.end();
    }
  }, 60_000);
});
