// Begins a stack that waits for ever in a cloud of its own, tells the stack's id once it is saved, and waits to be killed.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const compiled = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
require.extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...compiled, filename }).code, filename);

const { RosCloud, template, vpc } = require('./ros-cloud.ts');
const folder = process.argv[2];

(async () => {
  const ros = await RosCloud.start({ aliyun: {}, stateDir: folder, timeScale: 1 / 60 });
  const resources = {
    Vpc: vpc(),
    Handle: { Type: 'ALIYUN::ROS::WaitConditionHandle', DependsOn: 'Vpc' },
    Gate: { Type: 'ALIYUN::ROS::WaitCondition', Properties: { Handle: { Ref: 'Handle' }, Timeout: 600 } },
  };
  const { StackId } = await ros.call('CreateStack', { StackName: 'net', TemplateBody: template(resources) });
  const file = join(folder, 'world.json');
  while (!(existsSync(file) && readFileSync(file, 'utf8').includes(`"${StackId} Handle"`)))
    await new Promise((resolve) => setTimeout(resolve, 20));
  process.stdout.write(`${StackId}\n`);
})();
