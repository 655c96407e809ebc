/** Cases of advice: what somebody writes in a profile or a file, and where only a person can mend it, what a person does. */
import { stringify } from 'yaml';
import { beijing as inAliyun } from '../../estate/cases/aliyun';
import { type Anything, type Written, written } from '../../estate/written';

export interface AdviceRow {
  readonly code: string;
  readonly is: string;
  readonly change: (w: Written) => unknown;
  /** @default - steps are followed */
  readonly by?: { readonly says: RegExp; readonly hand: (w: Written) => unknown };
}

export const PROFILE = 'cloud-config/mine/profile.yaml';
export const FRAGMENT = 'cloud-config/mine/cloud-config.yaml';

export const about = { profile: 'mine', description: 'A profile of a test.' };
export const PORT = { name: 'web', port: 8080, protocol: 'tcp', from: 'cluster', why: 'a test' };

/** The small estate with a profile of its own on one fleet. */
export function estateWithMine(): Written {
  const w = written();
  w.places['sa-east-1'].clusters.core.fleets.storage.profiles.push('mine');
  w.more[PROFILE] = stringify(about);
  w.more[FRAGMENT] = '#cloud-config\n';
  return w;
}

/** In place of a text: there is no such file. */
export const GONE = '\0gone';

/** Where `says` is given, the advice says that, and is followed by `hand`. */
export function row(
  code: string,
  is: string,
  change: AdviceRow['change'],
  ...[says, hand]: [] | [says: RegExp, hand: AdviceRow['change']]
): AdviceRow {
  return { code, is, change, ...(says !== undefined && hand !== undefined && { by: { says, hand } }) };
}

/** Of the fragment of the profile, and of files beside it. */
export function fragment(text: string, files: Readonly<Record<string, string>> = {}): (w: Written) => void {
  return (w) => {
    w.more[FRAGMENT] = text;
    for (const [name, content] of Object.entries(files)) w.more[`cloud-config/mine/${name}`] = content;
  };
}

/** Of the profile.yaml. */
export function profile(change: Record<string, unknown>): (w: Written) => void {
  return (w) => {
    w.more[PROFILE] = stringify({ ...about, ...change });
  };
}

export function profileText(text: string): (w: Written) => void {
  return (w) => {
    w.more[PROFILE] = text;
  };
}

export const head = 'profile: mine\ndescription: A profile of a test.\n';
export const SECRET = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYzEXAMPLEKE2'].join('/');
export const storage = (w: Written): Anything => w.places['sa-east-1'].clusters.core.fleets.storage;
export const file = (name: string, text: string, more = ''): string =>
  `files:\n  - { path: ${name}, content: '${text}'${more} }\n`;
export const unit = (text: string): string =>
  `units:\n  - name: x.service\n    content: |\n      [Service]\n      ExecStart=${text}\n`;

/** The profile on a fleet of Aliyun, too. */
export function aliyun(w: Written): void {
  inAliyun(w, ({ clusters }) => clusters.core.fleets.storage.profiles.push('mine'));
}

/** Another profile beside it, of a fleet that has it only where it is added. */
export function another(w: Written, change: Record<string, unknown>, text = '#cloud-config\n'): void {
  w.more['cloud-config/other/profile.yaml'] = stringify({ ...about, profile: 'other', ...change });
  w.more['cloud-config/other/cloud-config.yaml'] = text;
}

/** Two profiles of one fleet with one file. */
export function twice(name: string): (w: Written) => void {
  return (w) => {
    another(w, {}, file('/etc/x', 'other'));
    fragment(file('/etc/x', 'mine'))(w);
    storage(w).profiles.push(name);
  };
}

/** Text that gzip can do nothing with. */
export function noise(length: number): string {
  let [text, seed] = ['', 1];
  while (text.length < length) {
    seed = (seed * 48271) % 2147483647;
    text += seed.toString(36);
  }
  return text;
}
