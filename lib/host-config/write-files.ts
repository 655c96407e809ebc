import type { gzip } from './gzip';
import { inlineText, keyText } from './yaml-text';

/**
 * An item of `write_files`, which both readers know. Indentation is one column; `permissions: 0644` and `owner: root` are their defaults.
 * @param pack gzips it, where that is shorter, which both readers know, too. @default - it stays as it is
 */
export function fileItem(path: string, content: string, permissions = '0644', owner = 'root', pack?: typeof gzip): string {
  const mode = permissions === '0644' ? '' : ` permissions: ${inlineText(permissions)}\n`;
  const of = owner === 'root' ? '' : ` owner: ${inlineText(owner)}\n`;
  const head = `-\n path: ${inlineText(path)}\n${mode}${of}`;
  const plain = head + keyText('content', content, 2);
  if (pack === undefined) return plain;
  const small = `${head} encoding: gz+b64\n content: ${pack(Buffer.from(content)).toString('base64')}\n`;
  return small.length < plain.length ? small : plain;
}
