import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lib from '../../../lib/aliyun/ros';
import { EMITTED_TYPES, type PropertySchema, type ResourceTypeSchema } from '../../../lib/aliyun/ros';
import { ROOT, run } from '../../child/run';

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

test('every type of the schema has its class, and every class its type', () => {
  const services = [
    lib.cen,
    lib.cms,
    lib.ecs,
    lib.ess,
    lib.kms,
    lib.nlb,
    lib.oss,
    lib.pvtz,
    lib.ram,
    lib.redis,
    lib.ros,
    lib.slb,
    lib.vpc,
  ];
  const types = services.flatMap((service) => Object.values(service).map(({ TYPE }) => TYPE as string));
  expect([...types].sort()).toEqual(Object.keys(EMITTED_TYPES.resourceTypes).sort());
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

test.each(['ecs', 'vpc'])('what an older ros-cdk-%s writes is known, of the same kind', async (service) => {
  const older = await read(service);
  const shared = Object.keys(older).filter((type) => Object.hasOwn(EMITTED_TYPES.resourceTypes, type));
  expect(shared.length).toBeGreaterThan(10);
  for (const type of shared) {
    const ours = flat(EMITTED_TYPES.resourceTypes[type]!.properties);
    for (const [path, { type: kind }] of flat(older[type]!.properties)) {
      const now = ours.get(path)?.type;
      expect([type, path, now === 'integer' ? 'number' : now]).toEqual([type, path, kind]);
    }
  }
});

test('the interfaces and classes are what the schema says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-ros-types-'));
  try {
    for (const file of ['biome.json', 'biome.layers.json']) cpSync(join(ROOT, file), join(folder, file));
    mkdirSync(join(folder, 'types'));
    const script = (name: string) => JSON.stringify(join(ROOT, 'scripts', 'ros-types', name));
    const program = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { EMITTED } from ${script('list.mjs')};
      import { indexSource, serviceSource } from ${script('typescript.mjs')};
      const { resourceTypes } = JSON.parse(readFileSync(${JSON.stringify(join(ROOT, 'schemas', 'ros-resources.json'))}, 'utf8'));
      writeFileSync('types/index.ts', indexSource(EMITTED));
      for (const [service, names] of Object.entries(EMITTED)) {
        const facts = names.map((name) => [name, { type: 'ALIYUN::' + service + '::' + name, ...resourceTypes['ALIYUN::' + service + '::' + name] }]);
        writeFileSync('types/' + service.toLowerCase() + '.ts', serviceSource(Object.fromEntries(facts)));
      }
    `;
    const made = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
    expect([made.code, made.stderr]).toEqual([0, '']);
    const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    expect((await run(process.execPath, [biome, 'check', '--write', 'types'], { cwd: folder })).code).toBe(0);
    const ours = join(ROOT, 'lib', 'aliyun', 'ros', 'types');
    expect(readdirSync(join(folder, 'types')).sort()).toEqual(readdirSync(ours).sort());
    for (const file of readdirSync(ours)) {
      expect(readFileSync(join(folder, 'types', file), 'utf8')).toBe(readFileSync(join(ours, file), 'utf8'));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
