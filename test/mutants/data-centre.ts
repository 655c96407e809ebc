/** Mistakes in what a data centre gets: routers, racks, cabling. */
import { replaced } from './draft';
import { type Mistake, type Mutant, mutants } from './mutant';

const IDC = 'idc.out/bj-idc';
const FRR = `${IDC}/routers/r1/frr.conf`;
const FILTER = `${IDC}/routers/r1/nftables.conf`;

const of = (path: string, what: string, names: RegExp, from: RegExp, to: string): Mistake => ({
  what,
  names,
  apply: (draft) => draft.file(path, replaced(from, to)),
});

export const dataCentre: Mutant[] = mutants('inland', [
  of(FRR, "the line's BGP neighbour is lost", /192\.168\.255\.1|line/, /^ +neighbor 192\.168\.255\.1 .*\n/gm, ''),
  of(FRR, 'no BFD on the line', /BFD|bfd/, /^ neighbor 192\.168\.255\.1 bfd.*\n/gm, ''),
  of(FRR, "another AS number for the line's neighbour", /45104|45105/, /remote-as 45104/, 'remote-as 45105'),
  of(FRR, 'everything is taken from the line', /0\.0\.0\.0\/0/, /(line-1-in seq 5 permit) \S+/, '$1 0.0.0.0/0 le 32'),
  of(FRR, "the containers' aggregate isn't told", /172\.28\.0\.0\/16/, /^ip prefix-list line-1-out .* 172\.28\.0\.0\/16\n/m, ''),
  of(FRR, 'a rack is told by its aggregate alone', /172\.28\.0\.0\/19/, /^ip prefix-list line-1-out .* 172\.28\.0\.0\/19\n/m, ''),
  of(FRR, 'no BFD on the core', /BFD|bfd/, /^ neighbor 10\.200\.255\.2 bfd.*\n/gm, ''),
  of(FRR, 'a pool of the estate leaves by the default route', /10\.0\.0\.0\/8/, /^ip route 10\.0\.0\.0\/8 blackhole 250\n/m, ''),
  of(
    FRR,
    'a neighbour of another AS without policy',
    /polic|line-1-out/,
    /^ {2}neighbor 192\.168\.255\.1 route-map line-1-out out\n/m,
    '',
  ),
  of(FRR, "a host's container range is routed nowhere", /172\.28\.1\.0\/24/, /^ip route 172\.28\.1\.0\/24 .*\n/m, ''),
  of(
    FRR,
    "a host's container range is routed to its neighbour",
    /172\.28\.1\.0\/24/,
    /(ip route 172\.28\.1\.0\/24) \S+/,
    '$1 10.200.1.4',
  ),
  of(FRR, "the other router's neighbour is lost", /10\.200\.255\.2/, /^ +neighbor 10\.200\.255\.2 .*\n/gm, ''),
  of(FRR, 'the line is no better than the VPN', /local-preference|preference/, /^ set local-preference 200\n/m, ''),
  of(FILTER, 'a router forwards between whatever it has', /forward/, /^ {2}counter drop\n( \}\n chain onward)/m, '$1'),
  of(FILTER, 'BGP of the core from everybody', /179/, /(iifname "vlan2") ip saddr \S+ (tcp dport 179)/, '$1 $2'),
  of(FILTER, 'segments that no tunnel takes', /maxseg|1359|1460/, /size set 1359/g, 'size set 1460'),
  of(FILTER, 'a rack sends with any address', /vlan101/, /^ {2}iifname "vlan101" counter drop\n/m, ''),
  of(
    `${IDC}/routers/r1/30-vlan101.network`,
    "a rack's gateway has another address",
    /10\.200\.1\.(1|254)/,
    /10\.200\.1\.1\//,
    '10.200.1.254/',
  ),
  of(`${IDC}/routers/r1/20-vlan101.netdev`, "a rack's VLAN is another one", /101|102/, /Id=101/, 'Id=102'),
  of(`${IDC}/routers/r1/sysctl.conf`, 'a router that routes nothing', /ip_forward/, /ip_forward = 1/, 'ip_forward = 0'),
  of(`${IDC}/routers/r1/daemons`, 'a router without BGP', /bgpd/, /bgpd=yes/, 'bgpd=no'),
  of(`${IDC}/routers/r2/swanctl.conf`, 'a weak cipher on the tunnels', /aes|proposal/, /aes256/g, 'aes128'),
  of(
    `${IDC}/routers/r2/30-vpn-1.network`,
    "a tunnel's end has another address",
    /169\.254\.31/,
    /169\.254\.31\.2/,
    '169.254.31.3',
  ),
  of(
    `${IDC}/hosts/bj-idc-a01-1/50-vlan101.network`,
    "a host's address shifted by one",
    /bj-idc-a01-1/,
    /10\.200\.1\.2\//,
    '10.200.1.9/',
  ),
  of(
    `${IDC}/hosts/bj-idc-a01-1/50-vlan101.network`,
    'a host sends what no tunnel takes',
    /bj-idc-a01-1/,
    /^MTUBytes=1399\n/m,
    '',
  ),
  of(`${IDC}/hosts/bj-idc-a01-1/10-bond0.netdev`, 'a bond of another mode', /bj-idc-a01-1/, /802\.3ad/, 'active-backup'),
  {
    what: 'the cabling of two ports swapped',
    names: /sheet|cabl|port|eno/,
    apply: (draft) =>
      draft.file(`${IDC}/sheet.md`, (text) =>
        text.replaceAll('a01-sw1', 'SWAP').replaceAll('a01-sw2', 'a01-sw1').replaceAll('SWAP', 'a01-sw2'),
      ),
  },
  of(
    `${IDC}/racks/a01/user-data.yaml`,
    "hosts' packet filter lets everything through (nft)",
    /filter|nft|forward/,
    / {2,}counter drop\n/,
    '',
  ),
  of(`${IDC}/racks/a01/user-data.yaml`, 'docker writes rules of its own', /a01/, /"iptables": false/, '"iptables": true'),
]);
