/** What an answer may be made of. */
export type XmlValue = string | number | boolean | Date | undefined | null | XmlValue[] | { [name: string]: XmlValue };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: characters that XML 1.0 can't hold at all are dropped
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** Text that is safe inside an element. */
export const escapeXml = (text: string): string => text.replace(forbidden, '').replace(/[&<>"'\r]/g, (c) => escapes[c] ?? c);

/**
 * One element with its content.
 *
 * @param item the name lists give each of their values: `member` in the query protocol, `item` in EC2's
 */
export function element(name: string, value: XmlValue, item: string): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value, item)}</${name}>`;
}

/** What stands inside an element. */
export function content(value: XmlValue, item: string): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((v) => element(item, v, item)).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([k, v]) => element(k, v, item))
      .join('');
  }
  return escapeXml(String(value));
}
