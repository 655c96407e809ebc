import { USER_DATA_BYTES } from '../../../facts/aliyun/limits';
import type { RosTemplate } from '../template';
import { type Check, functionOf, isMap } from './check';

/** User-data, as far as the template says it, is within what an instance takes. */
export const userDataFits: Check = ({ template }) =>
  Object.entries(template.Resources).flatMap(([id, { Properties }]) => {
    const bytes = leastBytes(Properties?.UserData, template);
    if (bytes <= USER_DATA_BYTES) return [];
    return [
      {
        code: 'ROS_USER_DATA_BYTES',
        severity: 'error' as const,
        path: `Resources.${id}.Properties.UserData`,
        message: `the user-data has ${bytes} bytes, ${bytes - USER_DATA_BYTES} too many`,
        why: `ECS takes at most ${USER_DATA_BYTES} bytes, before base64`,
        fix: 'shorten it, or put the configuration into object storage',
      },
    ];
  });

/** No cloud-config and no script is made of these letters alone: both begin with a `#`. */
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/** The bytes of the parts that are literals. A long text in base64 counts as what it stands for. */
function leastBytes(value: unknown, template: RosTemplate): number {
  if (typeof value === 'string') {
    const bytes = Buffer.byteLength(value);
    return bytes > USER_DATA_BYTES && BASE64.test(value) ? Buffer.byteLength(value, 'base64') : bytes;
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leastBytes(item, template), 0);
  const called = functionOf(value);
  if (called === undefined || !isMap(value)) return 0;
  const argument = value[called];
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
  switch (called) {
    case 'Fn::Base64Encode':
    case 'Fn::Base64Decode':
      return leastBytes(argument, template);
    case 'Fn::Join':
      return leastBytes(list[1], template);
    case 'Fn::Sub':
      return leastBytes(String(Array.isArray(argument) ? list[0] : argument).replace(/\$\{[^{}]*\}/g, ''), template);
    case 'Fn::FindInMap': {
      const [mapping, top, second] = list.map(String);
      return leastBytes(template.Mappings?.[mapping!]?.[top!]?.[second!], template);
    }
    default:
      return 0;
  }
}
