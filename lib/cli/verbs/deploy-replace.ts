/** `--replace`: resources that ROS may delete and make anew, by name. */
import { readFileSync } from 'node:fs';
import { memberReplacement, membersAmong } from '../../deploy/aliyun/never-replaced';
import type { DeployStack } from '../../deploy/engine';
import { unknown } from '../loading';
import { Refusal } from '../verb';

/** @throws Refusal for a name that is no resource of a stack that is deployed, with the nearest; for stacks of AWS; DeployError for members */
export function refuseReplacements(names: readonly string[], stacks: readonly DeployStack[]): void {
  for (const name of names) {
    const stack = stacks.find(({ path }) => name.startsWith(`${path}/`));
    if (stack === undefined)
      throw unknown(
        'stack',
        name.split('/').slice(0, -1).join('/'),
        stacks.map(({ path }) => path),
      );
    if (stack.provider === 'aws')
      throw new Refusal(
        'REPLACE_IS_ALIYUN',
        `${name} is of AWS, where CloudFormation replaces by itself what it must and makes the new one first`,
        'leave --replace out; members: meissa replace <host>',
      );
    const { Resources = {} } = JSON.parse(readFileSync(stack.template, 'utf8')) as { Resources?: object };
    const known = Object.keys(Resources).map((id) => `${stack.path}/${id}`);
    if (!known.includes(name)) throw unknown('resource', name, known);
    const members = membersAmong([name.slice(stack.path.length + 1)]);
    if (members.length > 0) throw memberReplacement(stack.path, members);
  }
}
