import { cidr } from '../../lib/estate/addresses/cidr';
import type { AwsRegion } from '../../lib/estate/model/model';
import { allResources, FLEETS, ofType, plan, region, synth, template } from './fixtures';

const prefix = (prefixesPerHost: number): Partial<AwsRegion> => ({
  containers: { mode: 'prefix', block: cidr('10.9.0.0/16'), hostBits: 28, prefixesPerHost, openTo: ['containers'] },
});

const of = (prefixesPerHost = 2) => synth(plan([region(FLEETS, prefix(prefixesPerHost))]));

test('a member’s interface has its planned prefixes, and keeps the source/destination check', () => {
  const found = template(of(), 'sa-east-1-core-storage-1');
  for (const [, { Properties }] of ofType(found, 'AWS::EC2::NetworkInterface')) {
    expect(Properties).toMatchObject({ SourceDestCheck: true });
    expect(Properties!.Ipv4PrefixCount).toBeUndefined();
  }
  // The end of the zone's members subnet: two hosts of other fleets come before.
  expect(found.Resources.M1Interface!.Properties!.Ipv4Prefixes).toEqual([
    { Ipv4Prefix: '10.9.15.144/28' },
    { Ipv4Prefix: '10.9.15.160/28' },
  ]);
  expect(ofType(found, 'AWS::EC2::Route')).toEqual([]);
});

test('an elastic fleet’s hosts get theirs by the launch template’s interface, which then has the security groups', () => {
  const found = template(of(), 'sa-east-1-core-adserver');
  const data = found.Resources.LaunchTemplate!.Properties!.LaunchTemplateData as Record<string, unknown>;
  expect(data.NetworkInterfaces).toEqual([
    {
      DeleteOnTermination: true,
      DeviceIndex: 0,
      Groups: [
        { 'Fn::ImportValue': 'sa-east-1-network:SecurityGroupCoreAdserverG1' },
        { 'Fn::ImportValue': 'sa-east-1-network:SecurityGroupContainersG1' },
      ],
      Ipv4PrefixCount: 2,
    },
  ]);
  // EC2 refuses a launch that names groups beside interfaces.
  expect(data.SecurityGroupIds).toBeUndefined();
});

test('more prefixes change interfaces in place, and nothing else of a member', () => {
  const [before, after] = [allResources(of(1)), allResources(of(3))];
  const changed = [...after].filter(([id, r]) => JSON.stringify(r) !== JSON.stringify(before.get(id))).map(([, r]) => r.Type);
  expect(new Set(changed.filter((type) => type !== 'AWS::EC2::LaunchTemplate'))).toEqual(new Set(['AWS::EC2::NetworkInterface']));
});

test('expanded and block templates are byte-identical', () => {
  const from = plan([region(FLEETS, prefix(2))]);
  const block = synth(from).text;
  for (const [name, text] of synth(from, { expand: true }).text) expect(block.get(name)).toBe(text);
});
