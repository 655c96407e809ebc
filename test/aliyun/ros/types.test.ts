import { join } from 'node:path';
import { EMITTED_TYPES, type PropertySchema, type ResourceTypeSchema } from '../../../lib/aliyun/ros';
import { planEstate } from '../../../lib/plan/plan';
import { ROOT, run } from '../../child/run';
import { exampleEstate } from '../../e2e/example';
import { joined } from '../../plan/linked-fixture';
import { emit, inland } from '../fixtures';
import { emitted, HOSTS, inlandEstate, inlandPlace } from '../links/fixture';

/** What the generator reads from a ros-cdk package of npm: older than the wheels, so another source. */
async function read(service: string): Promise<Record<string, ResourceTypeSchema>> {
  const source = join(ROOT, 'node_modules', '@alicloud', `ros-cdk-${service}`, 'lib', `${service}.generated.js`);
  const program = `
    import { readFileSync } from 'node:fs';
    import { readTypes } from ${JSON.stringify(join(ROOT, 'scripts', 'ros-types', 'read.mjs'))};
    console.log(JSON.stringify(readTypes(readFileSync(${JSON.stringify(source)}, 'utf8'))));
  `;
  const { code, stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, ResourceTypeSchema>;
}

/** Every property by its path, nested ones too, with what holds of it. */
function flat(properties: Readonly<Record<string, PropertySchema>>, prefix = ''): Map<string, PropertySchema> {
  const all = new Map<string, PropertySchema>();
  for (const [name, schema] of Object.entries(properties)) {
    all.set(`${prefix}${name}`, schema);
    const nested = schema.properties ?? schema.items?.properties;
    for (const [path, inner] of flat(nested ?? {}, `${prefix}${name}.`)) all.set(path, inner);
  }
  return all;
}

test('the types of the schema are those that are listed, and each is emitted by an estate', async () => {
  const program = `
    import { EMITTED } from ${JSON.stringify(join(ROOT, 'scripts', 'ros-types', 'list.mjs'))};
    console.log(JSON.stringify(Object.entries(EMITTED).flatMap(([service, names]) => names.map((name) => ['ALIYUN', service, name].join('::')))));
  `;
  const listed = JSON.parse((await run(process.execPath, ['--input-type=module', '--eval', program])).stdout) as string[];
  expect(Object.keys(EMITTED_TYPES.resourceTypes)).toEqual(listed);
  const [one, other] = [inlandPlace(1, 'host'), inlandPlace(2, 'host')];
  const peers = inlandEstate([one, other], [joined(one, other, 'peering', { gives: HOSTS })]);
  const told = { ...inland(), regions: inland().regions.map((region) => ({ ...region, alarms: { contactGroup: 'ops' } })) };
  const templates = [
    ...[...emitted(planEstate(peers)).values()].map(({ template }) => template),
    ...[told, exampleEstate()].flatMap((estate) => [...emit(estate).templates.values()]),
  ];
  const types = new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
  expect([...types].sort()).toEqual([...listed].sort());
});

test('names are those of the template, not those of the jsii assembly', async () => {
  const types = await read('ecs');
  const of = (type: string) => flat(types[`ALIYUN::ECS::${type}`]!.properties);
  expect(of('Instance').has('PrivatePoolOptions.Id')).toBe(true);
  expect(of('Instance').get('DiskMappings.Size')).toEqual({ type: 'string', required: true });
  expect(of('Disk').has('KMSKeyId')).toBe(true);
  expect(of('VPC').get('VpcName')).toMatchObject({ type: 'string', pattern: '^(?!http:\\/\\/|https:\\/\\/).{1,128}$' });
  expect(of('SecurityGroupIngress').get('Priority')).toEqual({ type: 'number', min: 1, max: 100 });
  expect(types['ALIYUN::ECS::VPC']!.attributes).toContain('RouteTableId');
});

test.each([
  ['ecs', 8],
  ['vpc', 10],
])('what an older ros-cdk-%s writes of %i types is known, of the same kind', async (service, count) => {
  const older = await read(service);
  const shared = Object.keys(older).filter((type) => Object.hasOwn(EMITTED_TYPES.resourceTypes, type));
  expect(shared).toHaveLength(count);
  for (const type of shared) {
    const ours = flat(EMITTED_TYPES.resourceTypes[type]!.properties);
    for (const [path, { type: kind }] of flat(older[type]!.properties)) {
      const now = ours.get(path)?.type;
      expect([type, path, now === 'integer' ? 'number' : now]).toEqual([type, path, kind]);
    }
  }
});
