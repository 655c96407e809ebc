/** What another packet filter of a region's hosts lets in, in words: the patch of their text alone would hide it. */
import { diffStacks, diffText, type Meaning, type StackState } from '../../../lib/review/diff';
import type { JsonObject } from '../../../lib/review/diff/model/json';

const script = (rules: string) =>
  `#cloud-config\nwrite_files:\n- path: /opt/net\n  content: |\n    nft -f - <<EOF\n    table inet meissa {\n     chain input {\n      type filter hook input priority filter\n      ip saddr 10.0.0.0/8 goto planned\n     }\n     chain planned {\n${rules}      counter drop\n     }\n    }\n    EOF\n`;
const OPEN = '      ip saddr 10.9.0.0/16 tcp dport 9100 accept\n';

const named = (name: string) => [{ Key: 'Name', Value: name }];
const base64 = (text: string) => Buffer.from(text).toString('base64');

function member(n: number, text: string): JsonObject {
  return { Type: 'AWS::EC2::Instance', Properties: { Tags: named(`r-core-storage-${n}`), UserData: base64(text) } };
}

function filters(before: JsonObject, after: JsonObject): readonly Meaning[] {
  const state = (Resources: JsonObject): StackState => ({
    path: 'r/core-storage-1',
    name: 's',
    provider: 'aws',
    template: { Resources },
  });
  return diffStacks(state(before), state(after)).meanings.filter(({ kind }) => kind === 'host-filter');
}

test('a port that members open is told once, with their names', () => {
  const side = (text: string) => ({ M1InstanceG1: member(1, text), M2InstanceG1: member(2, text) });
  expect(filters(side(script('')), side(script(OPEN)))).toEqual([
    {
      kind: 'host-filter',
      severity: 'access',
      stack: 'r/core-storage-1',
      what: 'get another packet filter: open from now on tcp/9100 from 10.9.0.0/16',
      hosts: ['r-core-storage-1', 'r-core-storage-2'],
      ofHosts: true,
      details: [],
      explains: [],
    },
  ]);
  expect(filters(side(script(OPEN)), side(script('')))[0]!.what).toContain('closed from now on tcp/9100 from 10.9.0.0/16');
});

test('a host that comes has no other filter than before', () => {
  expect(filters({}, { M1InstanceG1: member(1, script(OPEN)) })).toEqual([]);
});

test('of elastic hosts the fleet is named', () => {
  const template = (text: string): JsonObject => ({
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        UserData: base64(text),
        TagSpecifications: [{ ResourceType: 'instance', Tags: named('r-core-adserver') }],
      },
    },
  });
  const [found] = filters({ Template: template(script(OPEN)) }, { Template: template('#cloud-config\n') });
  expect(found).toMatchObject({
    severity: 'security',
    what: 'hosts of r-core-adserver get another packet filter: none, so nothing is dropped',
    hosts: [],
  });
});

test('another text with the same filter says nothing of it', () => {
  const side = (text: string) => ({ M1InstanceG1: member(1, text) });
  expect(filters(side(script(OPEN)), side(`${script(OPEN)}# more\n`))).toEqual([]);
  expect(diffText([])).toBe('no changes\n');
});
