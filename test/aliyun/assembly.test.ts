import { assemblyFiles, lintAssembly } from '../../lib/aliyun/app';
import { lintTemplate } from '../../lib/aliyun/ros';
import { emit, inland } from './fixtures';
import { sharedSchema } from './ros/shared-schema';

const estate = inland();
const assembly = emit(estate);

test('every template holds against the schema of the types that are emitted', () => {
  expect(lintAssembly(assembly)).toEqual([]);
});

test("every template holds against all of ROS's types", () => {
  const schema = sharedSchema();
  for (const [path, template] of assembly.templates) expect([path, lintTemplate(template, schema)]).toEqual([path, []]);
});

test('a region alone has the same bytes as among all', () => {
  const alone = assemblyFiles(emit(inland(), ['cn-hangzhou']));
  const all = assemblyFiles(assembly);
  const own = [...alone.keys()].filter((file) => file !== 'manifest.json');
  expect(own.length).toBeGreaterThan(4);
  for (const file of own) expect([file, alone.get(file)]).toEqual([file, all.get(file)]);
});

test('each stack comes after those that it depends on, and each parameter is an output of a stack that does', () => {
  const done = new Set<string>();
  for (const stack of assembly.manifest.stacks) {
    for (const path of stack.dependsOn) expect([stack.path, path, done.has(path)]).toEqual([stack.path, path, true]);
    for (const source of Object.values(stack.parameters)) {
      expect(reaches(stack.path, source.path)).toBe(true);
      const producer = assembly.manifest.stacks.find((s) => s.path === source.path)!;
      expect(source).toMatchObject({ provider: 'aliyun', stack: producer.name, region: producer.region });
      expect(assembly.templates.get(source.path)!.Outputs).toHaveProperty(source.output);
    }
    expect(Object.keys(stack.parameters)).toEqual(Object.keys(assembly.templates.get(stack.path)!.Parameters ?? {}));
    done.add(stack.path);
  }
});

/** Whether a stack waits for another one, however far away. */
function reaches(from: string, to: string): boolean {
  const stack = assembly.manifest.stacks.find((s) => s.path === from);
  return stack?.dependsOn.some((path) => path === to || reaches(path, to)) ?? false;
}

test('no secret, account key or token stands in any file', () => {
  for (const [, text] of assemblyFiles(assembly)) expect(text).not.toMatch(/LTAI|SecretKey"|AccessKeySecret"|PRIVATE KEY/);
});

test('stacks that hold data are protected, and voters deploy without rollback', () => {
  const facts = assembly.manifest.stacks.map((s) => [s.path, s.deletionProtection, s.disableRollback]);
  expect(facts).toEqual(
    expect.arrayContaining([
      ['cn-beijing/base', true, false],
      ['cn-beijing/network', false, false],
      ['cn-beijing/core-voters', true, true],
      ['cn-beijing/core-worker-1', true, false],
      ['cn-hangzhou/core-adserver', false, false],
    ]),
  );
});
