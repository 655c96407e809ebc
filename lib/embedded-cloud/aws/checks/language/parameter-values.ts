import type { JsonObject } from '../../../../engine/json';

const listOf = /^List<(.+)>$/;

/** A parameter's value as the members that its constraints are asked of. */
const membersOf = (type: string, value: string): string[] =>
  type === 'CommaDelimitedList' || listOf.test(type) ? value.split(',').map((v) => v.trim()) : [value];

/** What a parameter's declaration refuses of a value ("CloudFormation template Parameters syntax"); undefined where it is taken. */
export function valueFault(p: JsonObject, value: string): string | undefined {
  const type = String(p.Type);
  const own = listOf.exec(type)?.[1] ?? type;
  const members = membersOf(type, value);
  const numeric = own === 'Number';
  const bound = (key: string): number | undefined => (p[key] === undefined ? undefined : Number(p[key]));
  const [least, most] = numeric ? [bound('MinValue'), bound('MaxValue')] : [bound('MinLength'), bound('MaxLength')];
  const allowed = Array.isArray(p.AllowedValues) ? p.AllowedValues.map(String) : undefined;
  const pattern = typeof p.AllowedPattern === 'string' ? expression(p.AllowedPattern) : undefined;
  for (const member of members) {
    const size = numeric ? Number(member) : member.length;
    if (allowed && !allowed.includes(member)) return 'must be one of AllowedValues';
    if (pattern && !pattern.test(member)) return `must match pattern ${String(p.AllowedPattern)}`;
    if (numeric && (member === '' || !Number.isFinite(size))) return 'must be a number.';
    if (least !== undefined && size < least)
      return numeric ? `must be a number not less than ${least}` : `must contain at least ${least} characters`;
    if (most !== undefined && size > most)
      return numeric ? `must be a number not greater than ${most}` : `must contain at most ${most} characters`;
  }
  return undefined;
}

/** A whole value must match. Patterns are Java's: one that JavaScript can't read refuses nothing. */
function expression(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
