import { didYouMean } from '../../../estate/findings/nearest';
import type { Check } from './check';

/** Attributes of these come from what they run, so no schema lists them. */
const OPEN = new Set(['ALIYUN::ROS::Stack', 'ALIYUN::ROS::CustomResource']);

/** Every attribute that is read is one of its resource's type. */
export const attributesExist: Check = ({ template, schema, references }) =>
  references.flatMap(({ kind, name, attribute, path }) => {
    if (kind !== 'getAtt' || attribute === undefined || !Object.hasOwn(template.Resources, name)) return [];
    const type = template.Resources[name]!.Type;
    if (OPEN.has(type) || !Object.hasOwn(schema.resourceTypes, type)) return [];
    const { attributes } = schema.resourceTypes[type]!;
    if (attributes.includes(attribute)) return [];
    return [
      {
        code: 'ROS_UNKNOWN_ATTRIBUTE',
        severity: 'error' as const,
        path,
        message: `${type} (${name}) has no attribute ${attribute}.${didYouMean(attribute, attributes)}`,
        why: 'ROS refuses the template',
        fix: attributes.length === 0 ? 'use Ref: the type has no attributes' : `write one of ${attributes.join(', ')}`,
      },
    ];
  });
