/** What holds for the stacks of all links together. */
import { type App, Tags } from 'aws-cdk-lib';
import fc from 'fast-check';
import { AWS } from '../../lib/clouds/aws';
import type { Region } from '../../lib/estate/model/model';
import { memberResources, membersPerStack, routeTables } from '../../lib/estate/stacks/stack-size';
import { runs } from '../runs';
import { allResources, ofType, STORAGE, type Synthesized, synth, template, VOTERS } from './fixtures';
import { HOSTS, HYBRID, hostPlace, IDC, line, linked, peering, place, transit, vpnLink } from './link-fixtures';

const NINE = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-1',
  'sa-east-1',
  'us-east-1',
  'us-west-1',
  'us-west-2',
];
const HUB = 'us-east-1';
const hub = (names: readonly string[]) =>
  linked({
    regions: names.map((name, i) => hostPlace(name, i + 1)),
    links: names.filter((name) => name !== HUB).map((name) => peering(name, HUB)),
  });

/** Names of the stacks that a stack needs, directly or not. */
function needs(from: Synthesized, name: string): Set<string> {
  const { stacks } = from.app.synth();
  const found = new Set<string>();
  const visit = (id: string) => {
    for (const needed of stacks.find((s) => s.stackName === id)!.dependencies) {
      if (!('stackName' in needed) || found.has(String(needed.stackName))) continue;
      found.add(String(needed.stackName));
      visit(String(needed.stackName));
    }
  };
  visit(name);
  return found;
}

test('a tenth region changes its own stacks and those of its links, and no byte of any other', () => {
  const before = synth(hub(NINE)).text;
  const after = synth(hub([...NINE, 'eu-central-1'])).text;
  for (const [name, text] of before) expect([name, after.get(name)]).toEqual([name, text]);
  const added = [...after.keys()].filter((name) => !before.has(name));
  expect(added.every((name) => name.startsWith('eu-central-1-') || name.startsWith('links-eu-central-1--us-east-1-'))).toBe(true);
  expect(added).toHaveLength(4 + 3);
});

test('a tenth region whose containers have addresses of their own does so too: what they open stands with its links', () => {
  const mesh = (names: readonly string[]) =>
    linked({
      regions: names.map((name, i) => place(name, i + 1)),
      links: names.flatMap((a, i) => names.slice(i + 1).map((b) => transit(...([a, b].sort() as [string, string])))),
    });
  const names = NINE.slice(0, 3);
  const before = synth(mesh(names)).text;
  const grown = synth(mesh([...names, 'eu-central-1']));
  for (const [name, text] of before) expect([name, grown.text.get(name)]).toEqual([name, text]);
  const routes = template(grown, 'links-ap-south-1--eu-central-1-routes-a');
  const rules = ofType(routes, 'AWS::EC2::SecurityGroupIngress').map(([, r]) => r.Properties!);
  expect(rules.map((r) => [r.CidrIp, r.IpProtocol])).toEqual([
    ['10.4.0.0/16', '-1'],
    ['172.20.0.0/16', '-1'],
  ]);
  for (const rule of rules) expect(rule.GroupId).toEqual({ 'Fn::ImportValue': 'ap-south-1-network:SecurityGroupContainersG1' });
});

describe('selection', () => {
  const plan = linked(HYBRID);
  const all = synth(plan).text;

  test('of a region has its own stacks only, to the same bytes', () => {
    const one = synth(linked(HYBRID, ['us-east-1']), { regions: ['us-east-1'] }).text;
    expect([...one.keys()].every((name) => name.startsWith('us-east-1-'))).toBe(true);
    expect(one.has('us-east-1-transit')).toBe(true);
    for (const [name, text] of one) expect(all.get(name)).toBe(text);
  });

  test('of a link has its stacks only, to the same bytes, whatever else is in the app', () => {
    const one = synth(plan, { regions: [], links: ['beijing--us-east-1'] }).text;
    expect([...one.keys()].sort()).toEqual(['line-line', 'routes', 'vpn-fallback'].map((id) => `links-beijing--us-east-1-${id}`));
    for (const [name, text] of one) expect(all.get(name)).toBe(text);
  });

  test('of an unknown link throws with the nearest', () => {
    expect(() => synth(plan, { regions: [], links: ['beijing--us-esat-1'] })).toThrow(
      'unknown link beijing--us-esat-1: did you mean beijing--us-east-1? (links: beijing--eu-west-1, beijing--us-east-1,',
    );
  });
});

describe('order', () => {
  const synthesized = synth(linked(HYBRID));

  test('stacks of a region need none of another region and none of a link', () => {
    for (const name of synthesized.text.keys()) {
      if (name.startsWith('links-')) continue;
      const own = name.slice(0, 9);
      expect([...needs(synthesized, name)].filter((needed) => !needed.startsWith(own))).toEqual([]);
    }
  });

  test('stacks of a link need the networks that they read, and each other', () => {
    expect([...needs(synthesized, 'links-sa-east-1--us-east-1-routes-b')].sort()).toEqual([
      'links-sa-east-1--us-east-1-request',
      'sa-east-1-network',
      'us-east-1-network',
    ]);
    expect(needs(synthesized, 'links-eu-west-1--us-east-1-routes-a')).toContain('links-eu-west-1--us-east-1-accept');
    expect(needs(synthesized, 'links-beijing--eu-west-1-routes-b')).toContain('links-eu-west-1--us-east-1-routes-a');
  });

  test('whatever stack is read, in any region, deploys before its reader', () => {
    for (const [name, text] of synthesized.text) {
      const before = needs(synthesized, name);
      for (const [, exporter] of text.matchAll(/"Fn::ImportValue": "([^:"]+):/g)) expect(before).toContain(exporter);
      for (const [, read] of text.matchAll(/"StackName": "([^"]+)"/g)) expect(before).toContain(read);
    }
  });

  test('paths are what cdk selects', () => {
    const paths = synthesized.app.synth().stacks.map((stack) => stack.hierarchicalId);
    expect(paths).toEqual(
      expect.arrayContaining([
        'links/sa-east-1--us-east-1/request',
        'links/beijing--us-east-1/vpn-fallback',
        'us-east-1/transit',
      ]),
    );
  });
});

/** Outputs by `<region>/<stack>:<output>`. */
function outputsOf(from: Synthesized): Set<string> {
  const found = new Set<string>();
  for (const stack of from.app.synth().stacks) {
    for (const name of Object.keys((stack.template as { Outputs?: object }).Outputs ?? {})) {
      found.add(`${stack.environment.region}/${stack.stackName}:${name}`);
    }
  }
  return found;
}

/** What is read that nobody gives, under a name without a generation, or from another account without a role that stands there. */
function wrongReads(from: Synthesized): string[] {
  const given = outputsOf(from);
  const roles = new Set<string>();
  for (const [id, { Properties }] of allResources(from)) {
    if (id.endsWith('-base/LinksRole')) roles.add(String(Properties!.RoleName));
  }
  const { stacks } = from.app.synth();
  const wrong: string[] = [];
  for (const { stackName, environment, template } of stacks) {
    const refuse = (why: string) => wrong.push(`${stackName} ${why}`);
    const check = (read: string) => {
      if (!given.has(read) || !/G\d+(x\d+)?$/.test(read)) refuse(`reads ${read}`);
    };
    const text = JSON.stringify(template);
    for (const [, name] of text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)) check(`${environment.region}/${name}`);
    for (const [, call] of text.matchAll(/"Fn::GetStackOutput":(\{[^}]+\})/g)) {
      const { StackName, Region, OutputName, RoleArn } = JSON.parse(call!);
      check(`${Region}/${StackName}:${OutputName}`);
      if (Region === environment.region) refuse('reads its own region by Fn::GetStackOutput');
      const { account } = stacks.find((s) => s.stackName === StackName)!.environment;
      const role = account === environment.account ? undefined : `arn:aws:iam::${account}:role/example-${Region}-links`;
      if (RoleArn !== role || (role !== undefined && !roles.has(`example-${Region}-links`)))
        refuse(`reads by ${RoleArn}, not ${role}`);
    }
  }
  return wrong;
}

/** `<table> <destination>` of every route, with the stacks that have it. */
function routesTwice(from: Synthesized): string[] {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [id, { Type, Properties }] of allResources(from)) {
    if (Type !== 'AWS::EC2::Route' && Type !== 'AWS::EC2::TransitGatewayRoute') continue;
    const table = Properties!.RouteTableId ?? Properties!.TransitGatewayRouteTableId;
    const own =
      typeof table === 'object' && table !== null && 'Ref' in table ? outputOf(id, String(table.Ref)) : JSON.stringify(table);
    const key = `${own} ${Properties!.DestinationCidrBlock}`;
    if (seen.has(key)) twice.push(`${key}: ${seen.get(key)} and ${id}`);
    seen.set(key, id);
  }
  return twice;
}

/** As other stacks of the region name it. */
function outputOf(id: string, logicalId: string): string {
  const name = logicalId.startsWith('TransitRouteTable') ? logicalId.replace('Table', 'TableId') : logicalId;
  return JSON.stringify({ 'Fn::ImportValue': `${id.split('/')[0]}:${name}` });
}

test('no route table gets a destination twice, whoever writes it', () => {
  expect(routesTwice(synth(linked(HYBRID)))).toEqual([]);
});

test('whatever is read is given by a hand-named output with a generation in its name', () => {
  expect(wrongReads(synth(linked(HYBRID)))).toEqual([]);
});

test('expanded and block templates of every stack are byte-identical, with tags too', () => {
  const before = (app: App) => Tags.of(app).add('cost-centre', '42');
  for (const options of [{}, { before }, { app: { context: { 'aws:cdk:enable-path-metadata': true } } }]) {
    const block = synth(linked(HYBRID), options).text;
    const expanded = synth(linked(HYBRID), { ...options, expand: true }).text;
    for (const [name, text] of expanded) expect(block.get(name)).toBe(text);
  }
});

test('a members fleet grows and shrinks without touching the routes of other members, or a link', () => {
  const of = (count: number, removed: readonly number[] = []) => {
    const own = place('us-east-1', 1);
    const fleets = [{ ...STORAGE, count, removed, membersPerStack: 60 }, VOTERS].map((f) => ({ ...f, zones: own.network.zones }));
    const regions = [{ ...own, clusters: own.clusters.map((c) => ({ ...c, fleets })) }, place('eu-west-1', 2)];
    const from = synth(linked({ regions, links: [transit('eu-west-1', 'us-east-1')] }));
    return new Map([...allResources(from)].map(([id, r]) => [id, JSON.stringify(r)]));
  };
  const changes = (before: Map<string, string>, after: Map<string, string>) => ({
    added: [...after.keys()].filter((id) => !before.has(id)),
    changed: [...after.keys()].filter((id) => before.has(id) && before.get(id) !== after.get(id)),
  });
  const [thirty, more] = [of(30), of(31)];
  const grown = changes(thirty, more);
  expect(grown.changed).toEqual([]);
  const tables = ['Public', 'PrivateA', 'PrivateB', 'PrivateC', 'Attachment'];
  expect(grown.added.filter((id) => id.includes('Route'))).toEqual(
    tables.map((table) => `us-east-1-core-storage-1/M31Route${table}`),
  );
  const shrunk = changes(of(30, [7]), thirty);
  expect(shrunk.added.filter((id) => id.includes('Route'))).toHaveLength(tables.length);
  expect(shrunk.changed.filter((id) => /Route/.test(id) || id.startsWith('links-'))).toEqual([]);
});

test('a full shard of a region with a transit gateway stays under 450 resources, the table of the attachment subnets included', () => {
  const own = place('us-east-1', 1);
  const regions = [own, place('eu-west-1', 2)];
  const links = [transit('eu-west-1', 'us-east-1')];
  const tables = routeTables({ regions, idcs: [], links }, own);
  expect(tables).toBe(5);
  const shape = { volumes: 1, gate: true, recover: false, mode: 'host-gw', routeTables: tables } as const;
  const perStack = membersPerStack(AWS, shape);
  const fleets = [{ ...STORAGE, count: perStack, membersPerStack: perStack }, VOTERS];
  const full = {
    ...own,
    clusters: own.clusters.map((c) => ({ ...c, fleets: fleets.map((f) => ({ ...f, zones: own.network.zones })) })),
  };
  const shard = template(synth(linked({ regions: [full, regions[1]!], links })), 'us-east-1-core-storage-1');
  const count = Object.keys(shard.Resources).length;
  expect(count).toBe(perStack * memberResources(AWS, shape) + 1);
  expect(count).toBeLessThanOrEqual(450);
});

test('a stack of more than 500 routes is refused, with what to write', () => {
  const from = linked({
    regions: [hostPlace('sa-east-1', 9), hostPlace('us-east-1', 1)],
    links: [peering('sa-east-1', 'us-east-1')],
  });
  const gives = Array.from({ length: 126 }, (_, i) => ({ id: `R${i}`, cidr: `10.9.${i}.0/24`, kind: 'hosts' as const }));
  const links = from.links.map((link) => ({ ...link, a: { ...link.a, gives } }));
  expect(() => synth({ ...from, links })).toThrow(
    /STACK_TOO_MANY_RESOURCES stack links-sa-east-1--us-east-1-routes-b has 504 resources/,
  );
});

/** Places, and how each pair of them is joined. */
const PLACES = ['ap-south-1', 'eu-west-1', 'sa-east-1', 'us-east-1'];
const joined = fc.record({
  pairs: fc.array(fc.constantFrom('none', 'peering', 'transit'), { minLength: 6, maxLength: 6 }),
  generations: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
  accounts: fc.array(fc.constantFrom('111111111111', '222222222222'), { minLength: 4, maxLength: 4 }),
  idc: fc.constantFrom('none', 'line', 'vpn', 'both'),
  behind: fc.boolean(),
});

test('however places are joined: routes stand once, reads meet outputs, regions stay apart', () => {
  fc.assert(
    fc.property(joined, ({ pairs, generations, accounts, idc, behind }) => {
      const regions = PLACES.map((name, i): Region => {
        const own = place(name, i + 1);
        return { ...own, generation: generations[i]!, aws: { ...own.aws, account: accounts[i]! } };
      });
      const all = PLACES.flatMap((one, i) => PLACES.slice(i + 1).map((other) => [one, other] as const));
      const links = all.flatMap(([one, other], i) => {
        if (pairs[i] === 'none') return [];
        return pairs[i] === 'peering' ? [peering(one, other, HOSTS)] : [transit(one, other)];
      });
      if (idc === 'line' || idc === 'both') links.push(line('beijing', 'us-east-1'));
      if (idc === 'vpn' || idc === 'both') links.push(vpnLink('beijing', 'us-east-1'));
      const leg = links.find((l) => l.kind === 'transit' && l.b.place === 'us-east-1');
      if (behind && idc !== 'none' && leg !== undefined) links.push(transit('beijing', leg.a.place, 'us-east-1'));
      const from = synth(linked({ regions, idcs: [IDC], links }));
      expect(routesTwice(from)).toEqual([]);
      expect(wrongReads(from)).toEqual([]);
      for (const name of from.text.keys()) {
        if (name.startsWith('links-')) continue;
        const own = PLACES.find((region) => name.startsWith(region))!;
        expect([...needs(from, name)].every((needed) => needed.startsWith(own))).toBe(true);
      }
    }),
    { numRuns: runs(10) },
  );
}, 60_000);
