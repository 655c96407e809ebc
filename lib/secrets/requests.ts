/** What a request is let in by: headers, user and password in a URL, signatures of URLs. */
import { matches, type Rule, type Span, spanOf } from './model';
import { isReference, looksMade } from './value';

const USER_INFO = /(?<![A-Za-z0-9+])[a-zA-Z][a-zA-Z0-9+.-]{1,15}:\/\/[^\s/:@"'`<>]{0,80}:(?<secret>[^\s/@"'`<>]{1,200})@/g;
const ORACLE = /jdbc:oracle:\w{2,6}:[\w$.-]{1,60}\/(?<secret>[^\s@"']{1,100})@/g;
/** A token in the place of the user, as git takes it. */
const USER_ONLY = /https?:\/\/(?<secret>[A-Za-z0-9_-]{20,200})@[\w.-]{1,200}/g;
/** AWS SigV4 and V2, OSS, ROS, GCS, Azure SAS, COS, and the header that holds the same. */
const SIGNED =
  /(?:^|[?&;,\s"']|%26|\\u0026|amp;)(?:x-(?:amz|goog|oss|tos)-(?:signature|security-token|credential-signature)|q-signature|(?:url)?signature|sig|x-amz-signature|security-?token)["']?(?:=|%3D|:\s{0,4}["'])(?<secret>[\w%+/=~.-]{16,2000})/gi;
/** The text that Aliyun signs holds every parameter of the request. */
const TO_SIGN = /(?:GET|POST|PUT|DELETE)&%2F&(?<secret>\S{20,4000})/g;
const HEADER =
  /(?:proxy-)?authorization["']?\]?\s{0,4}[:=,]\s{0,4}["']?(?:(?:bearer|basic|token|apikey|api-key|digest|splunk|negotiate|key|bot|oauth|aws4-hmac-sha256|genieKey|ssws|cos|acs|oss|oss4-hmac-sha256)[ =:]{1,4})?["']?(?<secret>[^\s"'\\,;]{4,2000})/gi;
const BEARER = /\b(?:Bearer|Basic)[ \t]{1,4}(?<secret>[\w.~+/=-]{16,2000})/g;
const COOKIE = /\b(?:Set-)?Cookie:\s{0,4}["']?[\w.-]{1,60}=(?<secret>[^\s;"']{8,2000})/gi;
const OTP = /otpauth:\/\/[^\s?"']{0,200}\?[^\s"']{0,200}?secret=(?<secret>[A-Za-z2-7]{8,200})/g;

export const requests: Rule = { may: (text) => HINT.test(text), find };

/** What one of these patterns needs, each. */
const HINT = /:\/\/|jdbc:|sig|token|&%2F&|authorization|bearer|basic|cookie/i;

function* find(text: string): Iterable<Span> {
  if (text.includes('://')) {
    for (const match of matches(USER_INFO, text))
      if (!isReference(match.groups!.secret!)) yield spanOf(match, 'a password in a URL');
    for (const match of matches(USER_ONLY, text))
      if (looksMade(match.groups!.secret!, 20)) yield spanOf(match, 'a token in a URL');
    for (const match of matches(OTP, text)) yield spanOf(match, 'a seed of one-time passwords');
  }
  if (text.includes('jdbc:'))
    for (const match of matches(ORACLE, text))
      if (!isReference(match.groups!.secret!)) yield spanOf(match, 'a password in a URL');
  if (/sig|token/i.test(text))
    for (const match of matches(SIGNED, text))
      if (!isReference(match.groups!.secret!) && /\d/.test(match.groups!.secret!))
        yield spanOf(match, 'a signed URL or an authorization');
  if (text.includes('&%2F&')) for (const match of matches(TO_SIGN, text)) yield spanOf(match, 'a text that is signed');
  if (/authorization/i.test(text))
    for (const match of matches(HEADER, text)) {
      const value = match.groups!.secret!;
      const schemed = /(?:bearer|basic|token|key|digest|splunk|negotiate|bot|oauth|ssws)[ =:]{1,4}["']?[^ ]{0,2000}$/i.test(
        match[0],
      );
      if (!isReference(value) && (schemed ? /\d|[A-Z+/=]/.test(value) || value.length > 11 : looksMade(value, 8)))
        yield spanOf(match, 'an authorization', value);
    }
  if (/Bearer|Basic/.test(text))
    for (const match of matches(BEARER, text)) if (looksMade(match.groups!.secret!, 12)) yield spanOf(match, 'an authorization');
  if (/cookie/i.test(text))
    for (const match of matches(COOKIE, text)) if (looksMade(match.groups!.secret!, 8)) yield spanOf(match, 'a cookie');
}
