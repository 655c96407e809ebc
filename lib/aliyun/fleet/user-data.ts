/** User-data in a template: the text stands once, however many members read it. */
import type { UserData } from '../../host-config/model';
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

/** What a fleet's instances get, where large files are packed inside the text; throws for gzipped user-data, which is no text. */
export function templateUserData({ base64, gzipped }: UserData): string {
  if (gzipped) throw new RangeError('gzipped user-data is no text, and ROS takes nothing else');
  return Buffer.from(base64, 'base64').toString();
}
