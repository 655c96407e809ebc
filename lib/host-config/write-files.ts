import { inlineText, keyText } from './yaml-text';

/** An item of `write_files`, which both readers know. Indentation is one column; `permissions: 0644` and `owner: root` are their defaults. */
export function fileItem(path: string, content: string, permissions = '0644', owner = 'root'): string {
  const mode = permissions === '0644' ? '' : ` permissions: ${inlineText(permissions)}\n`;
  const of = owner === 'root' ? '' : ` owner: ${inlineText(owner)}\n`;
  return `-\n path: ${inlineText(path)}\n${mode}${of}${keyText('content', content, 2)}`;
}
