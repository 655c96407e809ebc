/**
 * Joins what ros-cdk's generated code says of a type with a dump of ROS's own ListResourceTypes: the union of properties and attributes;
 * where both speak of a property, ros-cdk (the newer) wins, but for whole numbers, which it calls numbers.
 */
export function mergeType(type, generated, dumped, report) {
  const properties = { ...generated.properties };
  for (const [name, { type: kind, required }] of Object.entries(dumped?.properties ?? {})) {
    const known = properties[name];
    if (known === undefined) {
      report(`${type}.${name}: only in the dump (${kind})`);
      properties[name] = required === true ? { type: kind, required } : { type: kind };
    } else if (known.type === 'number' && kind === 'integer') {
      properties[name] = { ...known, type: 'integer' };
    } else if (known.type !== kind) {
      report(`${type}.${name}: ${known.type}, the dump says ${kind}`);
    }
    if (known !== undefined && (known.required === true) !== (required === true)) {
      report(`${type}.${name}: required ${known.required === true}, the dump says ${required === true}`);
    }
  }
  const attributes = [...new Set([...generated.attributes, ...(dumped?.attributes ?? [])])].sort();
  return { properties: Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))), attributes };
}
