/** User-data in a template: the text stands once, however many members read it. */
import { base64Encode, findInMap, type Intrinsic, type RosFragment } from '../ros';

/** Logical id of the mapping. */
const MAPPING = 'UserData';

/** Values of mappings are literals: ROS substitutes nothing in them, so a script arrives as it was written. */
export function userDataMapping(text: string): NonNullable<RosFragment['Mappings']> {
  return { [MAPPING]: { Fleet: { Text: text } } };
}

/**
 * What instances and scaling configurations carry. ROS's own pages contradict each other on whether it encodes user-data itself
 * ("ALIYUN::ECS::Instance", UserData): the estate's `aliyun.userDataEncoding` is the one switch.
 */
export function userDataProperty(encoding: 'plain' | 'base64'): Intrinsic {
  const text = findInMap(MAPPING, 'Fleet', 'Text');
  return encoding === 'plain' ? text : base64Encode(text);
}

/** The text that stands in a template, ours or one that was read back. @default - it has none */
export function mappedUserData({ Mappings }: { readonly Mappings?: unknown }): string | undefined {
  const text = (Mappings as ReturnType<typeof userDataMapping> | undefined)?.[MAPPING]?.Fleet?.Text;
  return typeof text === 'string' ? text : undefined;
}
