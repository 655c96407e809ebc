/** Passwords in files whose words stand beside each other: netrc, .pgpass, ipsec.secrets, routers, redis.conf, snmpd.conf. */
import { matches, type Rule, type Span, spanOf } from './model';
import { isReference } from './value';

const WORD = '["\']?(?<secret>[^\\s"\';]{3,200})';

const LINES: readonly RegExp[] = [
  // netrc: on one line or on several.
  new RegExp(
    `\\b(?:machine|default)\\s{1,20}(?:[\\w.-]{1,200}\\s{1,20})?login\\s{1,20}\\S{1,200}\\s{1,20}password\\s{1,20}${WORD}`,
    'g',
  ),
  // .pgpass: host:port:database:user:password.
  /^[\w.*-]{1,200}:(?:\d{2,5}|\*):[\w.*-]{1,100}:[\w.*-]{1,100}:(?<secret>[^\s:]{3,200})$/gm,
  // ipsec.secrets.
  new RegExp(`:\\s{1,8}(?:PSK|EAP|XAUTH|NTLM|PIN)\\s{1,8}${WORD}`, 'g'),
  // Routers: FRR and what is like it.
  new RegExp(`^[ \\t]{0,40}(?:enable[ \\t]+)?(?:password|secret)(?:[ \\t]+\\d)?[ \\t]+${WORD}[ \\t]*$`, 'gm'),
  new RegExp(
    `\\b(?:neighbor|peer-group|username)[ \\t]+\\S{1,100}(?:[ \\t]+\\S{1,40}){0,3}?[ \\t]+(?:password|secret)(?:[ \\t]+\\d)?[ \\t]+${WORD}`,
    'g',
  ),
  new RegExp(
    `\\b(?:ip (?:ospf|rip|eigrp)|ospf|isis|vrrp|area-password|domain-password)[ \\t]+(?:authentication-key|authentication string|message-digest-key \\d+ md5|password (?:clear|md5)|authentication)[ \\t]+${WORD}`,
    'g',
  ),
  new RegExp(`\\bkey-string[ \\t]+${WORD}`, 'g'),
  new RegExp(`\\b(?:snmp-server[ \\t]+community|r[ow]community6?|com2sec[ \\t]+\\S{1,80}[ \\t]+\\S{1,80})[ \\t]+${WORD}`, 'g'),
  new RegExp(`\\bcreateUser[ \\t]+\\S{1,80}[ \\t]+(?:MD5|SHA[\\w-]*)[ \\t]+${WORD}`, 'g'),
  // redis.conf and its ACLs.
  new RegExp(`^[ \\t]{0,40}(?:requirepass|masterauth)[ \\t]+${WORD}`, 'gm'),
  /\buser[ \t]+\S{1,80}[ \t]+on[ \t][^\n]{0,100}?>(?<secret>[^\s"']{3,200})/g,
];

const HINT =
  /password|secret|login|PSK|EAP|XAUTH|NTLM|authentication|message-digest|community|com2sec|createUser|requirepass|masterauth|key-string|\buser[ \t]|:(?:\d{2,5}|\*):/;

export const directives: Rule = { may: (text) => HINT.test(text), find };

function* find(text: string): Iterable<Span> {
  for (const pattern of LINES) {
    for (const match of matches(pattern, text)) {
      const value = match.groups!.secret!;
      if (!isReference(value) && !/^(?:[=:(]|file|is|of|and|or|the|to|in|for|at|from|manager)$|^[=:<]/.test(value))
        yield spanOf(match, 'a password', value);
    }
  }
}
