/** The rendered swanctl.conf with the real strongSwan on both ends. The kernel here has no ESP, so tunnels are negotiated and not used. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { swanctlConfig } from '../../lib/idc/swanctl';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { hybrid } from '../plan/linked-fixture';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { nft } from './edge';
import { until } from './frr';
import { type Strongswan, startStrongswan } from './strongswan';

const ROUTER = '203.0.113.10';
const AWS = ['203.0.113.77', '203.0.113.78'] as const;
const KEYS = ['key-of-tunnel-one', 'key-of-tunnel-two'] as const;
const KEY_FILE = '/etc/swanctl/meissa/vpn/us-east-1.conf';

function rendered(outside: readonly string[]): string {
  const estate = hybrid();
  const links = planLinks(estate).map((link) =>
    link.kind === 'vpn' ? { ...link, vpn: { ...link.vpn, outside: outside.map((a) => parseIpv4(a)!) } } : link,
  );
  return swanctlConfig(planIdc(estate, estate.idcs[0]!).routers.find(({ name }) => name === 'r2')!, links)!;
}

/** AWS's two ends, with the algorithms of the downloadable configurations. @param dials as with `StartupAction: start` */
const cloudWith = (dials: boolean): string => `connections {
${AWS.map(
  (address, i) => `  aws${i + 1} {
    version = 2
    local_addrs = ${address}
    remote_addrs = ${ROUTER}
    proposals = aes256-sha256-modp2048
    local {
      auth = psk
      id = ${address}
    }
    remote {
      auth = psk
      id = ${ROUTER}
    }
    children {
      aws${i + 1} {
        local_ts = 0.0.0.0/0
        remote_ts = 0.0.0.0/0
        esp_proposals = aes256-sha256-modp2048
        start_action = ${dials ? 'start' : 'none'}
      }
    }
  }`,
).join('\n')}
}
secrets {
${AWS.map((address, i) => `  ike-${i + 1} {\n    id-1 = ${address}\n    id-2 = ${ROUTER}\n    secret = ${KEYS[i]}\n  }`).join('\n')}
}
`;

const cloud = cloudWith(false);

/** What it prints as established, by the identifiers of both ends, sorted. */
function established(words: string): string[] {
  return [...words.matchAll(/^\S+: #\d+, ESTABLISHED, IKEv2, (\w+)_i\*? (\w+)_r/gm)].map(([, i, r]) => `${i} ${r}`).sort();
}

describeWithRealParts(['strongswan', 'nft'], lacksNamespaces(), 'strongSwan on a router of a data centre', () => {
  const [home, away] = [`meissa-${process.pid}-vpn-home`, `meissa-${process.pid}-vpn-aws`];
  const running: Strongswan[] = [];
  const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const started = async (namespace: string, files: Readonly<Record<string, string>>): Promise<Strongswan> => {
    const one = await startStrongswan(namespace, files);
    running.push(one);
    return one;
  };
  const router = (outside: readonly string[], keys: string): Promise<Strongswan> =>
    started(home, { '/etc/swanctl/swanctl.conf': rendered(outside), [KEY_FILE]: keys });

  beforeEach(() => {
    for (const namespace of [home, away]) ip('netns', 'add', namespace);
    ip('-n', home, 'link', 'add', 'wan', 'type', 'veth', 'peer', 'name', 'wan', 'netns', away);
    ip('-n', home, 'address', 'add', `${ROUTER}/24`, 'dev', 'wan');
    for (const address of AWS) ip('-n', away, 'address', 'add', `${address}/24`, 'dev', 'wan');
    for (const namespace of [home, away]) ip('-n', namespace, 'link', 'set', 'wan', 'up');
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    for (const namespace of [home, away]) ip('netns', 'delete', namespace);
  });

  test('once AWS’s ends are known, each is met by the tunnel of its own number, with its own key from the router’s store', async () => {
    const keys = AWS.map((address, i) => `ike-vpn-${i + 1} {\n id = ${address}\n secret = ${KEYS[i]}\n}`).join('\n');
    const aws = await started(away, { '/etc/swanctl/swanctl.conf': cloud });
    // It calls by itself: `start_action = start`.
    const own = await router(AWS, `secrets {\n${keys}\n}\n`);
    for (const k of [1, 2]) {
      await until(
        () => own.swanctl('--list-sas', '--ike', `vpn-${k}`).includes('ESTABLISHED'),
        `tunnel ${k}`,
        () => own.log() + aws.log(),
      );
      expect(own.swanctl('--list-sas', '--ike', `vpn-${k}`)).toContain(`remote '${AWS[k - 1]}'`);
    }
    // Whoever is called chooses.
    expect(aws.log()).toContain('selected proposal: ESP:AES_CBC_256/HMAC_SHA2_256_128');
  }, 60_000);

  test('when both ends dial before they hear each other, each tunnel stands, both ends hold the same SAs, and a rekey leaves it so', async () => {
    // Neither hears the other yet: each has dialled, and dials again after 4 s.
    nft(home, 'table inet apart {\n chain in {\n type filter hook input priority 0\n iifname "wan" drop\n }\n}\n');
    nft(away, 'table inet apart {\n chain in {\n type filter hook input priority 0\n iifname "wan" drop\n }\n}\n');
    const keys = AWS.map((address, i) => `ike-vpn-${i + 1} {\n id = ${address}\n secret = ${KEYS[i]}\n}`).join('\n');
    const [aws, own] = await Promise.all([
      started(away, { '/etc/swanctl/swanctl.conf': cloudWith(true) }),
      router(AWS, `secrets {\n${keys}\n}\n`),
    ]);
    const words = (): string => own.log() + aws.log();
    const dialled = ({ log }: Strongswan): number => log().match(/initiating IKE_SA \S+\[\d+\] to/g)?.length ?? 0;
    await until(() => [own, aws].every((end) => dialled(end) === 2), 'both ends to dial both tunnels', words);
    for (const namespace of [home, away]) nft(namespace, 'delete table inet apart\n');
    const held = (k: number): string[][] => [
      established(own.swanctl('--list-sas', '--ike', `vpn-${k}`)),
      established(aws.swanctl('--list-sas', '--ike', `aws${k}`)),
    ];
    const same = (k: number): boolean => {
      const [ours, theirs] = held(k);
      return ours!.length > 0 && String(ours) === String(theirs);
    };
    await until(() => [1, 2].every(same), 'both tunnels', words, 30);
    // Whatever is still under way ends within a retransmission.
    await sleep(6_000);
    const before = [1, 2].map((k) => held(k)[0]!);
    process.stdout.write(`both ends dialled: ${before.map(({ length }) => length).join(' and ')} IKE SAs a tunnel\n`);
    for (const k of [1, 2]) {
      expect(same(k)).toBe(true);
      expect(before[k - 1]!.length).toBeLessThanOrEqual(2);
      // The kernel here has no ESP: IKE's own SA is rekeyed, no CHILD_SA is there.
      expect(own.swanctl('--rekey', '--ike', `vpn-${k}`)).toContain('rekey completed successfully');
    }
    await until(
      () => [1, 2].every((k) => same(k) && !held(k)[0]!.some((sa) => before[k - 1]!.includes(sa))),
      'the rekeyed SAs',
      words,
    );
    for (const k of [1, 2]) expect(held(k)[0]).toHaveLength(before[k - 1]!.length);
  }, 120_000);

  test('before that it answers whoever has the first tunnel’s key, and refuses the second tunnel’s', async () => {
    const aws = await started(away, { '/etc/swanctl/swanctl.conf': cloud });
    const own = await router([], `secrets {\n ike-vpn-1 {\n id = %any\n secret = ${KEYS[0]}\n }\n}\n`);
    expect(own.swanctl('--list-sas')).toBe('');
    expect(aws.swanctl('--initiate', '--ike', 'aws2', '--timeout', '10')).toContain('AUTHENTICATION_FAILED');
    expect(aws.swanctl('--initiate', '--ike', 'aws1', '--timeout', '10')).toMatch(/IKE_SA aws1\[\d+\] established/);
    expect(own.swanctl('--list-sas')).toMatch(/^vpn-1: #\d+, ESTABLISHED, IKEv2/);
  }, 60_000);

  test('loads its connections when the store has no key yet', async () => {
    const own = await started(home, { '/etc/swanctl/swanctl.conf': rendered([]) });
    expect(own.swanctl('--list-conns')).toContain('vpn-1: IKEv2');
  }, 60_000);
});
