/** What a value says of itself: that it is only a reference, or that it was made at random. */

/** Words that switch something, name a kind, or say that there is nothing. */
const SETTING =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|empty|unset|prohibit-password|optional|required|requisite|sufficient|include|substack|files|compat|sss|systemd|string|str|bytes|int|boolean|bool|number|object|any|text|never|always|enabled?|disabled?)$/i;

/** Places to read from, and what stands for a value. */
const PLACE =
  /^(?:file|env|ssm|https?|unix|arn|vault|op|sm|secretsmanager|keyring|pkcs11|akv|gcpkms|awskms|sops|ref\+[a-z]+|data):|^<[^<>\n]{1,80}>$|^(?:%[\w()]{1,60}%|%[A-Za-z]|%%|%\{)|^@[\w/.]+@$|^\{\{|^\{|^\[|^\(|^\*+$|^\.+$|^x+$|^_+$|^#+$/i;

/** A path: begins where paths begin, and its parts are names. */
const PATH = /^(?:~|\.{1,2}|%[dhtESCL])?(?:\/[\w.@%:-]+)+\/?$|^\/$/;

const REFERENCE =
  /\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\{\{[^}\n]{0,200}\}\}|\$[A-Za-z_]\w{0,80}|\$[\d@*?#!]|`[^`\n]{0,200}`/g;

/** A call, an element of a list, or a property of what programs read their settings from. */
const CODE =
  /^[A-Za-z_][\w.]{0,80}(?:\(|\[)|^(?:os|process|sys|self|this|args|argv|env|environ|config|conf|cfg|options|opts|settings|params|var|local|data|module|secrets|vars|inputs|event|request|req|ctx|context|props)\.[A-Za-z_]/;

/** Whether nothing of the value is a secret: a variable, a command, a template, a path or a place to read from. */
export function isReference(value: string): boolean {
  const bare = value.replace(/\\(?=["'$`])/g, '');
  if (SETTING.test(bare) || PLACE.test(bare) || CODE.test(bare)) return true;
  if (/^(?:\$\(|`|\$\{\{|\$\[)/.test(bare)) return true;
  if (PATH.test(bare) && !isMixed(bare.slice(1))) return true;
  if (bare.startsWith('-') && /^--?[a-z][\w-]*(?:=|$)/.test(bare)) return true;
  const rest = withoutReferences(bare);
  // What stands around a variable is a prefix or an ending, unless it is long enough to be what is guarded.
  return rest !== bare && rest.replace(/[^A-Za-z0-9]/g, '').length < 6;
}

export function withoutReferences(value: string): string {
  return value.includes('$') || value.includes('`') || value.includes('{{') ? value.replace(REFERENCE, '') : value;
}

const WORD = /^(?:[A-Za-z]*|\d{1,6}|\d{12}|\d{16}|[A-Za-z]+\d{1,3}|\d{1,3}[a-z]{1,2}|v\d+)$/;

/**
 * Names of things: words, numbers (an account's id, too) and words with a number, joined by hyphens, dots, slashes and the like:
 * `example-us-east-1a-core-g1`. Among several such parts some may be people's own short names, as `k8s` in `k8s-us-east-1-core`.
 */
export function isName(value: string): boolean {
  const parts = value.split(/[-_./:,@ ]+/);
  const odd = parts.filter((part) => !WORD.test(part));
  return (
    odd.length === 0 ||
    (parts.length >= 3 && odd.length * 2 <= parts.length && odd.every((part) => /^[a-z0-9]{1,12}$/.test(part)))
  );
}

/** Letters and digits without the order of a name, at least `least` in a row. */
export function looksMade(value: string, least: number): boolean {
  if (isName(value)) return false;
  for (const [run] of value.matchAll(/[A-Za-z0-9+/_=~!@#$%^&*.-]+/g)) {
    if (run.length < least || isName(run) || !/\d/.test(run) || !/[A-Za-z]/.test(run)) continue;
    if (/^[0-9a-f]+$/i.test(run) ? run.length >= 16 && distinct(run) > 6 : distinct(run) >= Math.min(6, least)) return true;
  }
  return false;
}

/** As many changes between capitals, small letters, digits and signs as chance makes: identifiers have half of that. */
export function isMixed(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Z]/.test(value) || !/[a-z]/.test(value)) return false;
  let changes = 0;
  for (let i = 1; i < value.length; i++) if (classOf(value.charCodeAt(i)) !== classOf(value.charCodeAt(i - 1))) changes++;
  return value.length >= 20 && changes >= value.length * 0.45 && distinct(value) >= 15;
}

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

function distinct(text: string): number {
  return new Set(text.slice(0, 200)).size;
}
