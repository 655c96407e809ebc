/** Certificates of a collection's hosts: fetched, proven, replaced as a whole, from a PKI that the real openssl made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import type { CollectionHost } from './world/collection-host';
import { Pki } from './world/pki';
import type { TestRegion } from './world/region';
import { World } from './world/world';

describeWithRealParts(['openssl'], lacksNamespaces(), 'certificates of hosts', () => {
  let world: World;
  let region: TestRegion;
  let host: CollectionHost;
  let name: string;
  beforeAll(() => {
    world = new World({ regions: ['sa-east-1'] });
    region = world.region('sa-east-1');
    host = region.host('front-ends', 2);
    name = `${region.kafka('front-ends').certificate}/2`;
  }, 60_000);
  afterAll(() => world?.end(), 30_000);

  const fetch = () => host.fire('collection-certificates.service');
  const read = (file: string): string => readFileSync(join(host.root, 'run/meissa/tls', file), 'utf8');
  const mode = async (): Promise<string> => (await host.run('stat', '-Lc', '%U %a', `${host.root}/run/meissa/tls/key.pem`)).out;
  const issue = (changes: { address?: string; days?: number } = {}, pki = world.pki): string =>
    pki.issue({ region: region.name, role: 'front-end', host: host.name, address: host.address, ...changes });

  test('key, chain and root lie apart, for the user of the collection alone', async () => {
    expect(await fetch()).toMatchObject({ code: 0, err: '' });
    expect(read('key.pem')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(read('cert.pem').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(read('ca.pem').match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(read('keystore.pem')).toBe(read('key.pem') + read('cert.pem'));
    expect((await mode()).trim()).toMatch(/^(UNKNOWN|collection) 600$/);
  });

  test('what did not change is left as it is, and a new one replaces all files', async () => {
    const before = read('keystore.pem');
    expect(await fetch()).toMatchObject({ code: 0, out: '' });
    region.certify(host);
    expect(await fetch()).toMatchObject({ code: 0, out: expect.stringContaining('notAfter') });
    expect(read('keystore.pem')).not.toBe(before);
    expect(read('keystore.pem')).toBe(read('key.pem') + read('cert.pem'));
  });

  test.each([
    ['another root', () => issue({}, new Pki(join(host.root, 'other'), 'collecting')), /the root of .* is [0-9a-f]{64}/],
    ['the pinned root, with a leaf of another one', () => mixed(), /does not verify/],
    ['a key of another certificate', () => swapped(), /are no pair/],
    ['the address of another host', () => issue({ address: '10.9.8.32' }), /is not for 10\.9\.40\.48/],
    ['an end in the past', () => issue({ days: -1 }), /does not verify/],
    ['no key', () => issue().replace(/^[\s\S]*?END PRIVATE KEY-----\n/, ''), /is not a key, a certificate and a root/],
    ['nothing', () => '', /is not a key, a certificate and a root/],
  ])('a certificate with %s replaces nothing', async (_, secret, said) => {
    const before = read('keystore.pem');
    region.cloud.secret(name, secret());
    expect(await fetch()).toMatchObject({ code: 1, err: expect.stringMatching(said) });
    expect(read('keystore.pem')).toBe(before);
    expect((await host.run('bash', '-c', `ls -d ${host.root}/run/meissa/tls-* | wc -l`)).out.trim()).toMatch(/^[12]$/);
  });

  test('no secret, and a cloud that does not answer, are told by the name of the secret', async () => {
    region.cloud.secret(name, undefined);
    expect(await fetch()).toMatchObject({ code: 1, err: `collection-certificates: no certificate ${name}\n` });
    region.certify(host);
    region.cloud.outage('unreadable', true);
    expect(await fetch()).toMatchObject({ code: 1, err: `collection-certificates: no certificate ${name}\n` });
    region.cloud.outage('unreadable', false);
    expect(await fetch()).toMatchObject({ code: 0 });
  });

  /** Leaf of another PKI before the pinned root. */
  function mixed(): string {
    const other = issue({}, new Pki(join(host.root, 'third'), 'collecting'));
    const blocks = (text: string): string[] => text.split(/(?=-----BEGIN )/);
    return [...blocks(other).slice(0, -1), blocks(issue()).at(-1)].join('');
  }

  function swapped(): string {
    const key = issue().split(/(?=-----BEGIN )/)[0];
    return [
      key,
      ...issue()
        .split(/(?=-----BEGIN )/)
        .slice(1),
    ].join('');
  }
});
