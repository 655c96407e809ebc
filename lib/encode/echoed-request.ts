/**
 * Words of a cloud without the request that they repeat. Gateways and object storage show in their errors what was signed, with what it was
 * signed with, as form data, JSON, XML, headers or a URL, each encoded once more by whatever stands in between; a proxy shows the URL in
 * HTML. From the first mark of a signed request on nothing is kept, because what follows may be in any of these forms.
 */

/** What stands where something was taken out. */
export const REMOVED = '[removed]';

/** Between a name and its value: form data, a header, JSON, XML, also encoded. */
const SEPARATOR = String.raw`(?:\\?["']|&quot;|&#3[49];)?\s*(?:[=:>]|%(?:25)*3[ADad]|&gt;)`;

/** Names that only a signed request has. */
const SIGNED = [
  `(?:oss|aws|x-amz|x-oss|x-acs|x-log)?[-_]?access[-_]?key[-_]?(?:id|secret)`,
  `secret[-_]?access[-_]?key`,
  `(?:security|session|sts|bearer)[-_ ]?token`,
  `x-(?:acs|oss|amz|log)-(?:[a-z-]*-)?(?:signature|token|credential|signature-nonce|content-sha256|date|expires)`,
  `signature(?:[-_]?(?:provided|nonce|method|version|type))?`,
  `(?:proxy-)?authorization`,
  'credential',
  'signedheaders',
  `string[-_]?to[-_]?sign(?:[-_]?bytes)?`,
  `canonical(?:ized)?[-_]?(?:request|query[-_]?string|string|resource|headers)(?:[-_]?bytes)?`,
];

/** From here on a text repeats a signed request. */
const MARKS = [
  new RegExp(`(?<![A-Za-z])(?:${SIGNED.join('|')})${SEPARATOR}`, 'i'),
  /string[ _-]?to[ _-]?sign\b/i,
  /canonical(?:ized)?[ _-]?request\b/i,
  /\b(?:GET|POST|PUT|HEAD|DELETE|PATCH)(?:&|&amp;|%26|\\u0026)%(?:25)*2F/i,
  /\b(?:(?:OSS4|ACS3|AWS4)-HMAC-SHA(?:1|256)|acs_hmac)\b/i,
  /\b(?:OSS|LOG|acs|AWS) [A-Za-z0-9.]{8,}:[A-Za-z0-9+/=%]{16,}/,
  /\bBearer\s+[\w.~+/=-]{8,}/i,
  /<!doctype html|<html[\s>]/i,
];

/** A value of these names is taken out; the text around it is kept. */
const NAMED = new RegExp(
  String.raw`((?:[\w.-]*(?:password|passwd|secret|private[-_]?key|api[-_]?key)[\w.-]*)${SEPARATOR}\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&<>"')\]}]+)`,
  'gi',
);

/** Keys by their own look. Source: RAM, "AccessKey pair" (`LTAI`), STS, "AssumeRole" (`STS.`, tokens `CAIS`); IAM, "Unique identifiers". */
const KEYS = /\b(?:LTAI[A-Za-z0-9]{8,}|STS\.[A-Za-z0-9]{8,}|CAIS[A-Za-z0-9+/=%]{16,}|(?:AKIA|ASIA)[A-Z0-9]{8,})/g;

/** Query, fragment and user of a URL: who has a signed one may do what it says. */
const QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi;
const USER = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'<>/@]*@/gi;

export function withoutRequest(text: string): string {
  const clean = text
    .replace(USER, `$1${REMOVED}@`)
    .replace(QUERY, `$1?${REMOVED}`)
    .replace(NAMED, `$1${REMOVED}`)
    .replace(KEYS, REMOVED);
  const from = Math.min(...MARKS.map((mark) => mark.exec(clean)?.index ?? clean.length));
  if (from === clean.length) return clean;
  // What stands before it without a space is the same request: its other parameters.
  const kept = clean.slice(0, from).replace(/\S*$/, '').trimEnd();
  return kept === '' ? REMOVED : `${kept} ${REMOVED}`;
}

/** The forms in which a value comes back: encoded as in a form, a URL, JSON, XML, Base64; in URLs once or twice. */
export function formsOf(value: string): string[] {
  const strict = encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = JSON.stringify(value).slice(1, -1);
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const forms = [value, json, JSON.stringify(json).slice(1, -1), xml, xml.replaceAll('"', '&quot;').replaceAll("'", '&#39;')];
  for (const once of [strict, encodeURIComponent(value)]) {
    forms.push(
      once,
      once.replaceAll('%20', '+'),
      encodeURIComponent(once),
      once.replace(/%../g, (c) => c.toLowerCase()),
    );
  }
  forms.push(Buffer.from(value).toString('base64'), Buffer.from(value).toString('base64url'));
  return [...new Set(forms)].filter((form) => form !== '');
}

/** A text without values, in whichever form they come back; the longest first, because a short one may be part of it. */
export function withoutValues(text: string, values: readonly string[]): string {
  const forms = [...new Set(values.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  let clean = text;
  for (const form of forms) clean = clean.split(form).join(REMOVED);
  return clean;
}
