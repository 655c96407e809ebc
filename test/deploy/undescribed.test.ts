/** Stacks that nothing describes any more: ours are found, those of others never. */
import type { StandingStack } from '../../lib/deploy/engine';
import { reversed } from '../../lib/deploy/order';
import { readsOf, undescribedStacks } from '../../lib/deploy/undescribed';
import { cloudRegionId } from '../../lib/facts/region';
import { FakeEngine } from './fake-engine';

/** Stacks by name, of one region. */
class Region extends FakeEngine {
  readonly names = new Map<string, Partial<StandingStack> & { template?: object }>();
  mayList = true;

  override async list(): Promise<string[] | undefined> {
    return this.mayList ? [...this.names.keys()] : undefined;
  }

  override async read({ name }: { name: string }): Promise<StandingStack | undefined> {
    const found = this.names.get(name);
    return found && { status: 'CREATE_COMPLETE', outputs: {}, parameters: {}, tags: {}, deletionProtection: false, ...found };
  }

  override async readTemplate(place?: { name: string }): Promise<Record<string, unknown>> {
    return (this.names.get(place!.name)?.template ?? {}) as Record<string, unknown>;
  }
}

const fleet = (name: string) => ({ tags: { meissa_fleet: name } });

async function found(region: Region, planned: readonly string[] = [], name = 'eu-west-1') {
  return undescribedStacks(
    [{ name, cloudRegion: cloudRegionId(name), provider: 'aws' }],
    new Set(planned),
    new Map([['aws', region]]),
  );
}

test('by its tag, by the ends of its link, or by an output that is ours; what only looks so is left out', async () => {
  const region = new Region();
  const ours = {
    'eu-west-1-core-voters': fleet('core/voters'),
    'eu-west-1-core-store-2': fleet('core/store'),
    'eu-west-1-transit': { outputs: { TransitGatewayIdG1: 'tgw-1' } },
    'links-bj-idc--eu-west-1-line-north-1': {},
    'links-eu-west-1--us-east-1-routes-a': {},
    'links-ap-south-1--eu-west-1-request': {},
  };
  const others = {
    'eu-west-1-shop': {},
    'eu-west-1-network': { outputs: { VpcId: 'vpc-of-others' } },
    'eu-west-1-other-voters': fleet('core/voters'),
    'eu-west-10-core-voters': fleet('core/voters'),
    'links-a--b-request': {},
    'links-eu-west-1--us-east-1-pages': {},
    'links-us-east-1--eu-west-1-': {},
    'eu-west-1-core-described': fleet('core/described'),
    CDKToolkit: {},
  };
  for (const [name, standing] of Object.entries({ ...ours, ...others })) region.names.set(name, standing);
  const { stacks } = await found(region, ['eu-west-1-core-described']);
  expect(stacks.map(({ place }) => place.name)).toEqual(Object.keys(ours));
  expect(stacks.map(({ place }) => place.path)).toEqual([
    'eu-west-1/core-voters',
    'eu-west-1/core-store-2',
    'eu-west-1/transit',
    'links/bj-idc--eu-west-1/line-north-1',
    'links/eu-west-1--us-east-1/routes-a',
    'links/ap-south-1--eu-west-1/request',
  ]);
});

test('where the credentials may not list, the region is named and nothing is made up', async () => {
  const region = new Region();
  region.mayList = false;
  expect(await found(region)).toEqual({ stacks: [], unlisted: ['eu-west-1'] });
});

test('they go each before what it reads: exports, stacks by name, values of parameters', async () => {
  const region = new Region();
  region.names.set('eu-west-1-network', {
    outputs: { VpcIdG1: 'vpc-0123456789' },
    template: { Outputs: { VpcIdG1: { Export: { Name: 'eu-west-1-vpc' } } } },
  });
  const imports = { Resources: { Vpc: { 'Fn::ImportValue': 'eu-west-1-vpc' } } };
  region.names.set('eu-west-1-core-voters', {
    ...fleet('core/voters'),
    template: imports,
    outputs: { Entry: 'entry-0123456789', On: 'true' },
  });
  region.names.set('eu-west-1-core-store-1', { ...fleet('core/store'), parameters: { Entry: 'entry-0123456789', On: 'true' } });
  const reader = { 'Fn::GetStackOutput': { StackName: 'eu-west-1-network', OutputName: 'VpcIdG1' } };
  region.names.set('links-eu-west-1--us-east-1-routes-a', { template: { Resources: { Route: reader } } });
  const { stacks } = await found(region);
  const reads = readsOf(stacks);
  expect(Object.fromEntries(reads)).toEqual({
    'eu-west-1/network': [],
    'eu-west-1/core-voters': ['eu-west-1/network'],
    'eu-west-1/core-store-1': ['eu-west-1/core-voters'],
    'links/eu-west-1--us-east-1/routes-a': ['eu-west-1/network'],
  });
  const order = reversed(stacks.map(({ place }) => ({ path: place.path, dependsOn: reads.get(place.path)! }))).map(
    ({ path }) => path,
  );
  expect(order.at(-1)).toBe('eu-west-1/network');
  expect(order.indexOf('eu-west-1/core-store-1')).toBeLessThan(order.indexOf('eu-west-1/core-voters'));
});

test('a value that two stacks have alike makes no circle', async () => {
  const region = new Region();
  const both = { ...fleet('core/a'), outputs: { Account: '111111111111' }, parameters: { Account: '111111111111' } };
  region.names.set('eu-west-1-core-a-1', both);
  region.names.set('eu-west-1-core-a-2', both);
  const { stacks } = await found(region);
  const reads = readsOf(stacks);
  expect(() => reversed(stacks.map(({ place }) => ({ path: place.path, dependsOn: reads.get(place.path)! })))).not.toThrow();
});
