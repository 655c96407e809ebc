/**
 * What is replaced, asked twice: by our engine in virtual time (what it does, and what it plans where a deploy does not come that far) and by
 * the library behind `cdk diff`, over every mutant of the AWS estates. Where they differ stands here with its reason.
 */
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { removeTemporaryFolders } from '../e2e/example';
import { ads } from './ads';
import { awsHosts } from './aws-hosts';
import { awsNetwork } from './aws-network';
import { awsRights } from './aws-rights';
import { rehearsed, type Sides } from './judges';
import { sidesOf } from './sides';
import { type Emitted, emitWorld } from './worlds';

jest.setTimeout(300_000);
afterAll(removeTemporaryFolders);

/** `<who says that it is replaced> <type> <properties>` -> why the other doesn't. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'we AWS::EC2::TransitGatewayRouteTableAssociation TransitGatewayAttachmentId':
    "the attachment is found by a custom resource, whose id is its answer: made anew with the VPN, which the templates' text doesn't say",
  'we AWS::EC2::TransitGatewayRouteTablePropagation TransitGatewayAttachmentId': 'as the association',
};

const REPLACES = new Set([ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE]);

interface Replaced {
  readonly where: string;
  readonly type: string;
  readonly properties: string;
}

async function ours(sides: Sides): Promise<Replaced[]> {
  const aws = new Set(sides.after.stacks.flatMap(({ provider, path }) => (provider === 'aws' ? [path] : [])));
  const { asked } = await rehearsed(sides);
  return asked.flatMap(({ stack, logicalId, type, act, properties, rollback }) =>
    act === 'replace' && aws.has(stack) && rollback !== true
      ? [{ where: `${stack}/${logicalId}`, type, properties: [...properties].sort().join(', ') }]
      : [],
  );
}

function theirs({ before, after }: Sides): Replaced[] {
  const old = new Map(before.stacks.map(({ path, body }) => [path, body]));
  return after.stacks.flatMap(({ provider, path, body }) => {
    const stood = old.get(path);
    if (provider !== 'aws' || stood === undefined || stood === body) return [];
    const found: Replaced[] = [];
    fullDiff(JSON.parse(stood), JSON.parse(body)).resources.forEachDifference((logicalId, change) => {
      if (!REPLACES.has(change.changeImpact)) return;
      const names = Object.entries(change.propertyUpdates).flatMap(([name, { changeImpact }]) =>
        changeImpact && REPLACES.has(changeImpact) ? [name] : [],
      );
      found.push({ where: `${path}/${logicalId}`, type: change.resourceType ?? '', properties: names.sort().join(', ') });
    });
    return found;
  });
}

test('they agree on what is replaced, but for what is listed with its reason', async () => {
  const emitted = new Map<string, Promise<Emitted>>();
  const found = new Set<string>();
  let agreed = 0;
  for (const mutant of [...awsHosts, ...awsRights, ...awsNetwork, ...ads]) {
    const world = emitted.get(mutant.world) ?? emitWorld(mutant.world);
    emitted.set(mutant.world, world);
    const sides = sidesOf(mutant, await world);
    const [we, they] = [await ours(sides), theirs(sides)];
    const [mine, yours] = [we, they].map((all) => new Map(all.map((one) => [one.where, one]))) as [
      Map<string, Replaced>,
      Map<string, Replaced>,
    ];
    for (const [where, { type, properties }] of mine) if (!yours.has(where)) found.add(`we ${type} ${properties}`);
    for (const [where, { type, properties }] of yours) if (!mine.has(where)) found.add(`cdk ${type} ${properties}`);
    agreed += [...mine.keys()].filter((where) => yours.has(where)).length;
  }
  expect([...found].sort()).toEqual(Object.keys(DIFFERENCES).sort());
  expect(agreed).toBeGreaterThan(10);
});
