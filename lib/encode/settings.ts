/** Files of settings, one a line under `#` comments: sysctl.d(5), and `/etc/frr/daemons`, which a shell reads. Values are words. */
import { type FileText, fileText } from './file-text';
import { fill, type Value } from './template';

/** Parts of one file, one after the other. */
export function joined(parts: readonly FileText[]): FileText {
  return fileText(parts.join(''));
}

/**
 * A file: ``settings`# Router ${rest(name)}\nip_forward = ${1}\n` ``.
 *
 * @throws Unencodable for a value that is no word
 */
export function settings(literals: TemplateStringsArray, ...values: readonly Value[]): FileText {
  return fileText(fill(literals, values, 'a file of settings', '#'));
}
