import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { loadEstate } from '../../../../lib/estate/read/load';
import { memorySource } from '../../../../lib/estate/read/source';
import { reachabilityChange } from '../../../../lib/review/diff/reach/reachability-change';
import { samePaths } from '../../../../lib/review/diff/reach/same-paths';
import { type Emitted, emitEstate } from '../../../reach/emitted';
import { ROOT } from '../../../root';

let hybrid: Record<string, string>;
let emitted: Emitted;
const filesOf = (of: Emitted): Record<string, string> => (of as unknown as { files: Record<string, string> }).files;
beforeAll(() => {
  const { estate } = loadEstate(join(ROOT, 'test/estates/hybrid'), { today: '2026-11-21' });
  emitted = emitEstate(estate!);
  hybrid = filesOf(emitted);
});

/** The text that hosts of a template boot with, gzipped or not. */
function rewriteUserData(template: object, rewrite: (text: string) => string): void {
  const { Mappings } = template as { Mappings?: { UserData?: { Fleet: { Text?: string; Base64?: string } } } };
  const Fleet = Mappings?.UserData?.Fleet;
  if (Fleet?.Text !== undefined) Fleet.Text = rewrite(Fleet.Text);
  if (Fleet?.Base64 !== undefined)
    Fleet.Base64 = gzipSync(rewrite(gunzipSync(Buffer.from(Fleet.Base64, 'base64')).toString())).toString('base64');
}

const change = (after: Record<string, string>) => reachabilityChange(memorySource(hybrid), memorySource(after));
const kinds = (after: Record<string, string>) => change(after).map(({ kind, details }) => [kind, ...details]);

test('where no text differs nothing is read but texts: what could not be parsed is not parsed', () => {
  const broken = Object.fromEntries(Object.entries(hybrid).map(([path, text]) => [path, `{${text}`]));
  expect(reachabilityChange(memorySource(broken), memorySource(broken))).toEqual([]);
  expect(() => change({ ...hybrid, 'cdk.out/manifest.json': '{' })).not.toThrow();
});

test('another user-data with the same packet filter, another type or image of hosts turns no path', () => {
  const after = filesOf(
    emitted.everywhere((template) => {
      rewriteUserData(template, (text) => `${text}# more\n`);
      for (const { Type, Properties } of Object.values(template.Resources))
        if (Type === 'AWS::EC2::Instance') Object.assign(Properties, { InstanceType: 'm5.2xlarge' });
    }),
  );
  expect(samePaths(memorySource(hybrid), memorySource(after))).toBe(true);
});

test('a port that hosts’ own packet filters drop is lost, though no route and no group has changed', () => {
  const path = 'idc.out/beijing/racks/a01/user-data.yaml';
  const planned = hybrid[path]!.replace('   udp sport 67', '   tcp dport 9100 accept\n   udp sport 67');
  expect(planned).not.toBe(hybrid[path]);
  expect(samePaths(memorySource({ ...hybrid, [path]: planned }), memorySource(hybrid))).toBe(false);
  const after = filesOf(
    emitted.everywhere((template) => {
      rewriteUserData(template, (text) => text.replace('meta l4proto icmp accept', 'meta l4proto icmp drop'));
    }),
  );
  expect(samePaths(memorySource(hybrid), memorySource(after))).toBe(false);
  const found = kinds(after);
  expect(found.map(([kind]) => kind)).toEqual(['reach-lost']);
  expect(found[0]).toContain('hosts of us-east-1 -> hosts of eu-west-1');
});

test('a route that is dropped is told by places: who reaches whom no more', () => {
  const after = emitted.changed('links-beijing--eu-west-1-routes-b', ({ Resources }) => {
    delete Resources.TransitRouteBeijingContainersG1;
  });
  expect(kinds(filesOf(after))).toEqual([
    ['reach-lost', 'containers of beijing -> eu-west-1', 'eu-west-1 -> containers of beijing'],
  ]);
  expect(reachabilityChange(memorySource(filesOf(after)), memorySource(hybrid))).toMatchObject([
    {
      kind: 'reach-gained',
      severity: 'reachability',
      details: ['containers of beijing -> eu-west-1', 'eu-west-1 -> containers of beijing'],
    },
  ]);
});

test('without the leased line the VPN carries all: lost is nothing, left is only the VPN', () => {
  const without = filesOf(
    emitted.changed('links-beijing--us-east-1-line-line', (template) => {
      template.Resources = {};
    }),
  );
  const meanings = change(without);
  expect(meanings.map(({ kind }) => kind)).toEqual(['reach-only-vpn']);
  expect(meanings[0]!.details.join('\n')).toContain('beijing -> eu-west-1, us-east-1');
});

test('a file of a router that stops telling a range loses it, without any template', () => {
  const path = Object.keys(hybrid).find((one) => one.endsWith('r1/frr.conf'))!;
  const other = Object.keys(hybrid).find((one) => one.endsWith('r2/frr.conf'))!;
  const bare = (text: string) => text.replace(/^.*(?:network|aggregate-address) 172\.20\..*$/gm, '');
  const after = { ...hybrid, [path]: bare(hybrid[path]!), [other]: bare(hybrid[other]!) };
  expect(after[path]).not.toBe(hybrid[path]);
  const [lost] = change(after);
  expect(lost).toMatchObject({ kind: 'reach-lost' });
  expect(lost!.details.join('\n')).toContain('containers of beijing');
});

test('hosts that are no longer there are no cut: they are named', () => {
  const gone = Object.keys(hybrid).filter((path) => path.includes('/hosts/beijing-a02-'));
  const after = Object.fromEntries(Object.entries(hybrid).filter(([path]) => !gone.includes(path)));
  expect(gone.length).toBeGreaterThan(0);
  const found = change(after);
  expect(found.map(({ kind }) => kind)).toEqual(['reach-gone']);
  expect(found[0]!.details[0]).toContain('beijing: beijing-a02-*');
});
