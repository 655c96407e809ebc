import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { Place, wire } from './net-lab';
import { eventually, Sandbox } from './sandbox';

/** Hosts behind a tunnel, containers behind it, and a host of another region, which no tunnel leads to. */
const [behind, containers, region] = ['10.200.1.5', '172.20.1.7', '10.2.0.5'];
const narrow = [
  { range: '10.200.0.0/16', mtu: 1400 },
  { range: '172.20.0.0/16', mtu: 1399 },
];

describeWithRealParts([], lacksNamespaces(), 'routes to places behind a tunnel', () => {
  let host: Place;
  let gateway: Place;
  let sandbox: Sandbox;
  beforeEach(async () => {
    [host, gateway] = [new Place(), new Place()];
    sandbox = new Sandbox().install(['base'], { narrow }).stub('sleep', 'exec /bin/sleep 0.1').inside(host.namespace);
    wire(host, 'eth0', gateway, 'eth0');
    host.ip('address', 'add', '10.9.8.65/19', 'dev', 'eth0');
    for (const address of ['10.9.0.1/19', '10.9.0.2/19']) gateway.ip('address', 'add', address, 'dev', 'eth0');
    for (const address of [behind, containers, region]) {
      gateway.ip('address', 'add', `${address}/32`, 'dev', 'lo');
      await gateway.listen('udp', address, 5000);
    }
  });
  afterEach(async () => {
    sandbox.end();
    for (const place of [host, gateway]) await place.end();
  });

  const way = (to: string): string => host.ip('route', 'get', to).replace(/\s+/g, ' ').trim();
  const arrives = (to: string, bytes: number) => host.ask({ protocol: 'udp', address: to, port: 5000, bytes });

  test('datagrams of any size arrive in pieces that a tunnel takes, and elsewhere whole', async () => {
    host.ip('route', 'add', 'default', 'via', '10.9.0.1', 'dev', 'eth0', 'proto', 'dhcp', 'metric', '1024');
    sandbox.start('meissa-mtu');
    await eventually(() => way(containers).includes('mtu 1399'), 'the routes stand');
    expect(way(behind)).toMatch(/^10\.200\.1\.5 via 10\.9\.0\.1 dev eth0 src 10\.9\.8\.65 .*mtu 1400/);
    expect(way(region)).not.toContain('mtu');
    expect(await arrives(behind, 4000)).toBe('10.9.8.65');
    expect(host.fragments()).toEqual(expect.arrayContaining(['FragOKs 1', 'FragCreates 3']));
    expect(await arrives(region, 4000)).toBe('10.9.8.65');
    expect(host.fragments()).toEqual(expect.arrayContaining(['FragOKs 1', 'FragCreates 3']));
  });

  test('come as soon as there is a gateway, again when whoever manages the network forgets them, and follow another gateway', async () => {
    sandbox.start('meissa-mtu');
    await eventually(() => sandbox.calls().length > 0, 'it waits for a default route');
    host.ip('route', 'add', 'default', 'via', '10.9.0.1', 'metric', '1024');
    await eventually(() => /via 10\.9\.0\.1 .*mtu 1400/.test(way(behind)), 'the first gateway');
    host.ip('route', 'flush', 'proto', 'boot', 'root', '10.200.0.0/16');
    await eventually(() => way(behind).includes('mtu 1400'), 'they stand again');
    host.ip('link', 'set', 'eth0', 'down');
    host.ip('link', 'set', 'eth0', 'up');
    expect(host.ip('route', 'show', '10.200.0.0/16')).toBe('');
    host.ip('route', 'add', 'default', 'via', '10.9.0.2', 'metric', '1024');
    await eventually(() => /via 10\.9\.0\.2 .*mtu 1400/.test(way(behind)), 'the second gateway');
  });

  test('a host that no tunnel is before has nothing of it', () => {
    const other = new Sandbox().install(['base']);
    expect(other.read('/opt/meissa/bin/meissa-mtu')).toBeUndefined();
    other.end();
  });
});
