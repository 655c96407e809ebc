import { updateTables } from '../../lib/embedded-cloud';
import { specExtract } from '../../lib/embedded-cloud/aws/dialect/schema';
import { handlers } from '../../lib/embedded-cloud/aws/resources';
import { linkUpdates } from '../../lib/embedded-cloud/aws/updates/links';

const spec = specExtract(Object.keys(handlers));

/** Where the resource's page is newer than the published specification: a change in place that was a replacement before. */
const EASED = ['AWS::EC2::TransitGatewayRouteTable Tags'];
const replaces = (type: string, name: string): boolean =>
  spec.resources[type]?.properties[name]?.replaces === 'yes' && !EASED.includes(`${type} ${name}`);

test('every property of which the specification says only "maybe" stands in the hand-written table', () => {
  const open = Object.entries(spec.resources).flatMap(([type, r]) =>
    Object.entries(r.properties)
      .filter(([name, p]) => p.replaces === 'maybe' && updateTables[type]?.properties[name] === undefined)
      .map(([name]) => `${type} ${name}`),
  );
  expect(open).toEqual([]);
});

test('the tables name only types and properties that exist', () => {
  const strange = Object.entries(updateTables).flatMap(([type, table]) =>
    Object.keys(table.properties)
      .filter((name) => !spec.resources[type]?.properties[name])
      .map((name) => `${type} ${name}`),
  );
  expect(strange).toEqual([]);
});

test('where the specification says "yes" the tables say replace, or refuse', () => {
  const other = Object.entries(updateTables).flatMap(([type, table]) =>
    Object.entries(table.properties)
      .filter(([name, rule]) => replaces(type, name) && rule !== 'replace' && rule !== 'refused')
      .map(([name]) => `${type} ${name}`),
  );
  expect(other).toEqual([]);
});

test("every property of a link's resources stands in its table, and replaces where the specification says so", () => {
  for (const [type, table] of Object.entries(linkUpdates)) {
    const own = spec.resources[type]?.properties ?? {};
    const replaced = Object.keys(own).filter((name) => replaces(type, name));
    expect([type, Object.keys(table.properties).sort()]).toEqual([type, Object.keys(own).sort()]);
    const replacing = Object.keys(own).filter((name) => table.properties[name] === 'replace');
    expect([type, replacing.sort()]).toEqual([type, replaced.sort()]);
  }
});
