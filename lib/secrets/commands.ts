/** Passwords among the arguments of programs: every process of a host reads them. */
import { matches, type Rule, type Span, spanOf } from './model';
import { isReference } from './value';

const SECRET = '["\']?(?<secret>[^\\s"\'|;&]{2,200})';

/** Names of the programs, and the option before the secret. */
const OPTIONS: readonly (readonly [programs: string, option: string])[] = [
  [
    'curl|wget|http|https|xh|httpie',
    `(?:-[A-Za-z]{0,8}[uU]|--user|--proxy-user|--auth|-a)[ =]?["']?[^\\s:"'/]{0,80}:${SECRET.slice(5)}`,
  ],
  ['(?:mysql|mariadb)[\\w-]{0,20}', `-p${SECRET}`],
  ['sshpass', `-p ?${SECRET}`],
  ['redis-cli|valkey-cli|keydb-cli', `(?:-a|--pass)[ =]${SECRET}`],
  ['mongo|mongosh|mongodump|mongorestore|mongoexport', `-p ?${SECRET}`],
  ['(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|oc|argocd|harbor|ctr)(?: registry)? login', `-p ?${SECRET}`],
  ['ldap(?:search|add|modify|delete|passwd|whoami|compare|modrdn)', `-[wsa] ?${SECRET}`],
  ['smbclient|rpcclient|mount\\.cifs|net|smbget', `(?:-U|--user)[ =]?["']?[^\\s%"']{1,80}%${SECRET.slice(5)}`],
  ['ipmitool|racadm|fence_\\w{1,20}', `-[Pp] ?${SECRET}`],
  ['snmp\\w{2,20}', `-[cAX] ?${SECRET}`],
  ['htpasswd', `-[A-Za-z]{0,6}b[A-Za-z]{0,6} \\S{1,200}(?: [^\\s-]\\S{0,100})? ${SECRET}`],
  ['zip|unzip|7za?|7zr|unrar|rar', `-[pP] ?${SECRET}`],
  ['keytool|jarsigner|pkcs12', `-(?:store|key|srcstore|deststore|new)pass ${SECRET}`],
  ['openssl', `(?:-pass(?:in|out)?[ =]["']?pass:|-k |-K )${SECRET}`],
  ['vault login|consul login|doppler login|op signin|gh auth login|glab auth login|npm login|wg set', `(?:token=)?${SECRET}`],
  ['sqlcmd|osql|bcp|tsql', `-P ?${SECRET}`],
  ['sqlplus|exp|imp|expdp|impdp', `[\\w$]{1,60}/${SECRET}`],
  ['clickhouse(?:-client)?|cqlsh|influx|etcdctl|nats|rabbitmqadmin|kinit', `(?:--password|-p|--pass)[ =]?${SECRET}`],
  ['rabbitmqctl', `(?:add_user|change_password) \\S{1,100} ${SECRET}`],
];

const PATTERNS = OPTIONS.map(
  ([programs, option]) =>
    new RegExp(`(?:^|[\\s|;&(\`'"/])(?:${programs})(?:[ \\t]+[^\\s|;&]{1,200}){0,20}?[ \\t]+${option}`, 'g'),
);
const PROGRAM = new RegExp(`(?:^|[\\s|;&(\`'"/])(?:${OPTIONS.map(([programs]) => programs).join('|')})[ \\t]`);

/** What stands before the program that takes it: `echo x | passwd --stdin`, `echo root:x | chpasswd`. */
const PIPED = [
  /\b(?:echo|printf)[ \t]+(?:-[ne]+[ \t]+)?["']?[\w.-]{1,60}:(?<secret>[^\s"'|]{3,200})["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?(?:\/usr\/sbin\/)?chpasswd/g,
  /\b(?:echo|printf)[ \t]+(?:-[ne]+[ \t]+)?["']?(?<secret>[^\s"'|]{3,200})["']?[ \t]*\|[ \t]*(?:[\w/-]+[ \t]+){1,12}(?:--(?:password-)?stdin|-S)\b/g,
  /\bchpasswd[ \t]*<<<[ \t]*["']?[\w.-]{1,60}:(?<secret>[^\s"']{3,200})/g,
  /\b(?:IDENTIFIED[ \t]+(?:WITH[ \t]+\w+[ \t]+)?(?:BY|AS)|(?:ENCRYPTED[ \t]+)?PASSWORD)[ \t]*\(?[ \t]*(?:PASSWORD[ \t]*)?\\?["'](?<secret>[^"'\n\\]{3,200})\\?["']/gi,
];

const PIPE = /chpasswd|stdin|-S\b|IDENTIFIED|PASSWORD/i;

export const commands: Rule = {
  may: (text) => PROGRAM.test(text) || PIPE.test(text),
  *find(text) {
    if (PROGRAM.test(text)) for (const pattern of PATTERNS) yield* taken(text, pattern);
    if (PIPE.test(text)) for (const pattern of PIPED) yield* taken(text, pattern);
  },
};

function* taken(text: string, pattern: RegExp): Iterable<Span> {
  for (const match of matches(pattern, text)) {
    const value = match.groups!.secret!;
    if (!isReference(value) && !/^[-:]/.test(value)) yield spanOf(match, 'a password', value);
  }
}
