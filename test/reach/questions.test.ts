/** What a network engineer asks, of the example and of the hybrid estate as they are emitted, and what is right to be answered. */
import { type Answer, answer, type Question } from '../../lib/reach/answer';
import { checkWorld } from '../../lib/reach/check/check';
import { withoutNames } from '../../lib/reach/cut';
import type { World } from '../../lib/reach/world';
import { emit } from './emitted';

const worlds = {} as Record<'example' | 'hybrid', World>;
beforeAll(() => {
  worlds.example = emit('.').read();
  worlds.hybrid = emit('test/estates/hybrid').read();
});

type Asked = Pick<Question, 'protocol' | 'port' | 'size'> & { readonly without?: readonly string[] };

function ask(world: World, from: string, to: string, { without, ...asked }: Asked = {}): Answer {
  return answer(world, from, to, { ...asked, ...(without === undefined ? {} : { without: withoutNames(world, without) }) });
}

const tcp = (port: number) => ({ protocol: 'tcp', port }) as const;
const udp = (port: number) => ({ protocol: 'udp', port }) as const;
const icmp = { protocol: 'icmp' } as const;

/** From, to, how, the verdict, and what its reason holds. */
type Row = [from: string, to: string, how: Asked, verdict: 'yes' | Answer['code'], reason: string];

const EXAMPLE: Row[] = [
  // Inside a region.
  ['sa-east-1/core/storage', 'sa-east-1/core/voters', tcp(2379), 'yes', 'it arrives (2379/tcp, 2381/tcp)'],
  [
    'sa-east-1/core/storage',
    'sa-east-1/core/voters',
    tcp(22),
    'INGRESS_RULES',
    'lets in only 2379/tcp, 2381/tcp from there, not 22/tcp',
  ],
  ['sa-east-1/core', 'sa-east-1/core/voters', tcp(2379), 'yes', 'it arrives'],
  ['10.9.8.0/24', 'sa-east-1/core/voters', tcp(2379), 'yes', 'it arrives'],
  ['sa-east-1/core/storage', 'sa-east-1/core/voters', { size: 9001 }, 'yes', 'it arrives'],
  [
    'sa-east-1/core/storage',
    'sa-east-1/core/voters',
    { size: 9002 },
    'TOO_BIG',
    'takes packets of 9001 bytes, and 9002 are sent',
  ],
  // The region's load balancer, by its name and its host name.
  ['sa-east-1/core/adserver', 'nlb of sa-east-1', tcp(8080), 'yes', 'it arrives (8080/tcp)'],
  ['sa-east-1/core/adserver', 'nlb of sa-east-1', udp(514), 'yes', 'it arrives (514/udp)'],
  ['sa-east-1/core/adserver', 'nlb of sa-east-1', tcp(22), 'NO_LISTENER', 'listens on 8080/tcp, 2514/tcp, 514/tcp, 514/udp only'],
  ['sa-east-1/core/adserver', 'nlb', tcp(8080), 'yes', 'it arrives'],
  ['sa-east-1/core/adserver', 'sa-east-1/collection-front-ends-entry', tcp(8080), 'yes', 'it arrives'],
  ['sa-east-1/collection/front-ends', 'nlb of sa-east-1', tcp(8080), 'HAIRPIN', 'may choose the sender itself (1 of 3 hosts)'],
  ['sa-east-1', 'nlb of sa-east-1', tcp(8080), 'yes', 'it arrives (8080/tcp)'],
  ['us-east-1/core/adserver', 'nlb of sa-east-1', tcp(8080), 'INGRESS_RULES', 'does not let in 8080/tcp'],
  ['sa-east-1/core/adserver', 'nlb of sa-east-1', { without: ['sa-east-1a'] }, 'yes', 'it arrives'],
  ['cn-beijing/core/worker', 'nlb of cn-beijing', udp(514), 'yes', 'it arrives (514/udp)'],
  [
    'bj-idc',
    'nlb of cn-beijing',
    tcp(2514),
    'HOST_FILTER',
    'packet filter of cn-beijing-collection-front-ends-1: does not let in 2514/tcp',
  ],
  ['cn-beijing/core/worker:container', 'nlb of cn-beijing', udp(514), 'HOST_FILTER', 'does not let in 514/udp'],
  ['cn-beijing/core/worker:container', 'internet', tcp(443), 'yes', 'through the NAT gateway'],
  ['cn-beijing/core/worker:container', 'metadata', tcp(80), 'yes', 'Aliyun answers its hosts there itself'],
  // The way out.
  ['sa-east-1/core/voters', 'internet', tcp(443), 'yes', 'it leaves the estate through the NAT gateway'],
  ['sa-east-1/core/voters', 'internet', { size: 1501 }, 'TOO_BIG', 'NAT gateway A: takes packets of 1500 bytes'],
  ['sa-east-1', 'internet', { without: ['sa-east-1a'] }, 'yes', 'through the NAT gateway'],
  ['cn-beijing/core/voters', 'internet', { without: ['cn-beijing-h'] }, 'yes', 'through the NAT gateway'],
  ['bj-idc', 'internet', {}, 'NO_ROUTE', 'bj-idc/r1: no route to'],
  ['sa-east-1', '192.168.7.7', {}, 'LEAVES_ESTATE', 'where nobody has 192.168.7.7'],
  ['sa-east-1', '2001:db8::1', {}, 'NO_IPV6', 'this estate has no IPv6'],
  ['2600:1f18::1', 'sa-east-1', {}, 'NO_IPV6', 'this estate has no IPv6'],
  // The way in.
  ['internet', 'us-east-1', {}, 'NO_PUBLIC_ADDRESS', 'no public address leads to it'],
  ['internet', 'cn-beijing', {}, 'NO_PUBLIC_ADDRESS', 'no public address leads to it'],
  ['internet', 'bj-idc', {}, 'NO_PUBLIC_ADDRESS', 'no router of its data centre takes anything from the internet'],
  ['internet', 'nlb of us-east-1', {}, 'NOT_INTERNET_FACING', 'it is internal'],
  ['8.8.8.8', 'sa-east-1/core/voters', tcp(22), 'NO_PUBLIC_ADDRESS', 'is private'],
  ['10.250.0.1', 'sa-east-1/core/voters', {}, 'NO_SUCH_HOST', 'nothing that was emitted has this address'],
  // What the clouds run.
  ['sa-east-1', '169.254.169.254', tcp(80), 'yes', 'AWS answers its hosts there itself (metadata)'],
  ['sa-east-1', '169.254.169.123', udp(123), 'yes', '(time)'],
  ['sa-east-1', '10.9.0.2', udp(53), 'yes', '(resolver)'],
  [
    'sa-east-1',
    '10.1.0.2',
    udp(53),
    'PEERING_FOREIGN_DESTINATION',
    'the resolver of us-east-1 answers hosts of its own VPC only',
  ],
  ['sa-east-1', '169.254.1.1', {}, 'NO_SERVICE', 'nothing of AWS answers there'],
  ['cn-beijing', '100.100.2.136', udp(53), 'yes', 'Aliyun answers its hosts there itself (resolver)'],
  ['cn-hangzhou', '100.100.100.200', tcp(80), 'yes', '(metadata)'],
  ['cn-beijing', 'metadata', {}, 'yes', '(metadata)'],
  ['bj-idc', '100.100.2.136', {}, 'NO_ROUTE', 'no route to 100.100.2.136'],
  ['sa-east-1/core/adserver', 's3 of sa-east-1', tcp(443), 'yes', 's3 of sa-east-1 answers behind its gateway endpoint'],
  ['sa-east-1/core/adserver', 's3', tcp(443), 'yes', 'behind its gateway endpoint'],
  ['sa-east-1/core/adserver', 's3 of us-east-1', tcp(443), 'yes', 'through the NAT gateway'],
  ['sa-east-1/core/adserver', 'ssm of sa-east-1', tcp(443), 'yes', 'through the NAT gateway'],
  ['cn-beijing', 'oss of cn-beijing', tcp(443), 'yes', 'services of Aliyun'],
  ['cn-beijing', 'oss of cn-hangzhou', tcp(443), 'SERVICE_ELSEWHERE', 'its own region only'],
  ['s3 of sa-east-1', 'sa-east-1', {}, 'NO_SUCH_HOST', 'asks nobody'],
  // Between places.
  ['us-east-1/collection/mirrors', 'sa-east-1/collection/brokers', tcp(9092), 'yes', 'it arrives (9092/tcp)'],
  [
    'us-east-1/collection/mirrors',
    'sa-east-1/collection/brokers',
    { ...tcp(9092), size: 8501 },
    'TOO_BIG',
    'peering of us-east-1 and sa-east-1: takes packets of 8500 bytes',
  ],
  [
    'us-east-1/collection/mirrors',
    'sa-east-1/collection/brokers',
    { ...tcp(9092), without: ['us-east-1--sa-east-1'] },
    'LINK_DOWN',
    'it is down',
  ],
  ['us-east-1/collection/mirrors', 'sa-east-1/collection/brokers', { without: ['sa-east-1'] }, 'ZONE_DOWN', 'is down'],
  ['sa-east-1/core/storage', 'us-east-1/core/storage', icmp, 'INGRESS_RULES', 'not icmp'],
  ['sa-east-1/core/storage', 'eu-west-1/core/storage', {}, 'LEAVES_ESTATE', 'out of the estate'],
  ['bj-idc:container', 'cn-beijing/core/worker:container', { size: 1399 }, 'yes', 'it arrives'],
  // Their bridge keeps to what the fallback takes.
  ['bj-idc:container', 'cn-beijing/core/worker:container', { size: 1500 }, 'TOO_BIG', 'bj-idc-a01-1: takes packets of'],
  ['bj-idc', 'cn-beijing/core/worker', { size: 1399 }, 'yes', 'it arrives'],
  [
    'bj-idc:container',
    'cn-beijing/core/worker:container',
    { size: 1500, without: ['line'] },
    'TOO_BIG',
    'takes packets of 1399 bytes',
  ],
  ['bj-idc', 'cn-beijing', { without: ['line', 'fallback'] }, 'NO_ROUTE', 'sessions down'],
  ['bj-idc/a01', 'cn-beijing/core/worker', { without: ['bj-idc'] }, 'ROUTER_DOWN', 'is down'],
];

test.each(EXAMPLE)('example: %s -> %s %j: %s', (from, to, how, verdict, reason) => {
  const found = ask(worlds.example, from, to, how);
  expect([found.yes ? 'yes' : found.code, found.reason]).toEqual([verdict, expect.stringContaining(reason)]);
});

const HYBRID: Row[] = [
  ['us-east-1/core/worker:container', 'internet', tcp(443), 'yes', 'through the NAT gateway'],
  ['us-east-1/core/worker:container', 'resolver', udp(53), 'yes', 'AWS answers its hosts there itself (resolver)'],
  ['us-east-1/core/worker:container', 'metadata', tcp(80), 'TOO_MANY_HOPS', 'answered over 1 hop'],
  ['us-east-1/core/worker:container', 's3', tcp(443), 'yes', 'behind its gateway endpoint'],
  ['eu-west-1/core/worker:container', 'beijing-a01-1', { size: 1400 }, 'yes', 'it arrives'],
  [
    'eu-west-1/core/worker:container',
    'beijing-a01-1',
    { size: 1401 },
    'TOO_BIG',
    'eu-west-1-core-worker-1: takes packets of 1400 bytes',
  ],
  [
    'eu-west-1/core/worker:container',
    'beijing-a01-1',
    { size: 1500, without: ['line'] },
    'TOO_BIG',
    'takes packets of 1400 bytes',
  ],
  ['eu-west-1/core/worker:container', 'beijing-a01-1', { without: ['us-east-1--eu-west-1'] }, 'LINK_DOWN', 'that link is down'],
  [
    'beijing-a01-1',
    'us-east-1/core/worker',
    { size: 8600, without: ['fallback'] },
    'TOO_BIG',
    'beijing-a01-1: takes packets of 1400 bytes',
  ],
  ['us-east-1', '10.200.1.1', {}, 'ROUTER_ITSELF', 'is the router itself'],
  ['us-east-1/core/worker', 'internet', { without: ['us-east-1a'] }, 'yes', 'through the NAT gateway'],
];

test.each(HYBRID)('hybrid: %s -> %s %j: %s', (from, to, how, verdict, reason) => {
  const found = ask(worlds.hybrid, from, to, how);
  expect([found.yes ? 'yes' : found.code, found.reason]).toEqual([verdict, expect.stringContaining(reason)]);
});

test.each<[string, string]>([
  ['300.1.1.1', '"300.1.1.1" is no address of IPv4'],
  ['10.9.0.0/33', 'is no address of IPv4, nor a range'],
  ['10.250.0.0/16', 'nobody that was emitted has an address in 10.250.0.0/16'],
  ['sa-east-1/core/voter', 'nothing that was emitted has the name'],
  ['s3 of cn-beijing', 'nothing that was emitted has the name'],
  ['us-east', 'nothing that was emitted has the name "us-east"'],
  ['', 'nothing that was emitted has the name ""'],
  ['sa-east-1:container', 'has no container range'],
])('%s is no name: %s', (name, words) => {
  expect(() => ask(worlds.example, name, 'sa-east-1')).toThrow(words);
});

test('nothing of either estate is undefined, unused, lost or going round', () => {
  expect([...checkWorld(worlds.example), ...checkWorld(worlds.hybrid)]).toEqual([]);
});
