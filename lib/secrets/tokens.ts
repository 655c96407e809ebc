/**
 * What gives itself away by its own form: prefixes that issuers gave their tokens so that they can be found. The forms are those that the
 * issuers publish, compared with the rules of gitleaks (config/gitleaks.toml) and of secretlint's recommended preset.
 */
import { matches, type Rule, type Span } from './model';

/** Kind, and the sources of its forms. */
const FORMS: readonly (readonly [kind: string, ...sources: string[]])[] = [
  ['an AWS access key id', '(?<![/+-])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![\\w/+])'],
  ['an Aliyun access key id', '(?<![/+-])LTAI[A-Za-z0-9]{12,26}(?![\\w/+])', 'STS\\.[A-Za-z0-9]{20,40}(?![\\w/+])'],
  ['a security token of Aliyun', '(?<![/+-])CAIS[\\w+/%=]{40,}'],
  ['a Tencent Cloud access key id', '(?<![/+-])AKID[A-Za-z0-9]{32}(?!\\w)'],
  ['a GitHub token', 'gh[pousr]_[A-Za-z0-9]{36,}', 'github_pat_[A-Za-z0-9_]{36,}'],
  [
    'a GitLab token',
    'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|oas|ffct|wt)-[\\w-]{20,}',
    '(?<![/+-])GR1348941[\\w-]{20,}',
    '_gitlab_session=[0-9a-f]{32}',
  ],
  ['an Atlassian token', 'ATATT3[\\w=-]{40,}', 'ATCTT3[\\w=-]{40,}', 'ATBB[A-Za-z0-9]{24,}(?:[A-F0-9]{8})?'],
  ['a Slack token', 'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}', 'xapp-\\d-[A-Za-z0-9-]{20,}'],
  ['a webhook of Slack', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/\\w+/\\w+/\\w+'],
  ['a webhook of Discord', '(?:discord|discordapp)\\.com/api/(?:v\\d+/)?webhooks/\\d{10,}/[\\w-]{30,}'],
  ['a webhook of Teams', 'webhook\\.office\\.com/webhookb2/[\\w@-]{20,}'],
  ['a Discord token', '(?<![/+-])[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}(?![\\w.])'],
  ['a Telegram bot token', '(?:bot)?\\d{8,12}:AA[\\w-]{32,34}(?![\\w-])'],
  ['an npm token', 'npm_[A-Za-z0-9]{36}(?!\\w)'],
  ['a PyPI token', 'pypi-AgE[\\w-]{50,}'],
  ['a RubyGems token', 'rubygems_[a-f0-9]{48}'],
  [
    'a token of a package registry',
    'CLOJARS_[a-z0-9]{60}',
    '(?<![/+-])AKCp[A-Za-z0-9]{60,}',
    'cmVmdGtu[A-Za-z0-9]{56}',
    '(?<![/+-])oy2[a-z0-9]{43}(?!\\w)',
  ],
  ['a Docker Hub token', 'dckr_[po]at_[\\w-]{20,}'],
  ['a Stripe key', '[rs]k_(?:live|prod|test)_[A-Za-z0-9]{10,}', 'whsec_[A-Za-z0-9+/=]{24,}'],
  ['a signed token (JWT)', 'ey[JI][A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'],
  [
    'a Google key',
    'AIza[\\w-]{35}(?![\\w-])',
    'ya29\\.[\\w-]{20,}',
    'GOCSPX-[\\w-]{20,}',
    '1//0[\\w-]{40,}',
    'GOOG[\\w]{10,30}(?=["\':=, ])',
  ],
  ['an Azure secret', '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}(?![\\w~.-])'],
  ['an Anthropic key', 'sk-ant-[a-z0-9]+-[\\w-]{20,}'],
  [
    'an OpenAI key',
    'sk-(?:proj|svcacct|admin|None|or-v1)-[\\w-]{20,}',
    'sk-[A-Za-z0-9]{20,24}T3BlbkFJ[A-Za-z0-9]{20,24}',
    'sk-[A-Za-z0-9]{32,64}(?!\\w)',
    'sess-[A-Za-z0-9]{40}',
  ],
  [
    'a key of a model provider',
    'hf_[A-Za-z]{34}(?!\\w)',
    'api_org_[A-Za-z]{34}',
    'gsk_[A-Za-z0-9]{40,}',
    'xai-[A-Za-z0-9]{60,}',
    'pplx-[A-Za-z0-9]{40,}',
    'r8_[A-Za-z0-9]{37}',
    'nvapi-[\\w-]{60,}',
  ],
  ['a SendGrid key', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'],
  ['a Mailgun key', 'key-[a-f0-9]{32}(?!\\w)', '[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}(?![\\w-])'],
  ['a Mailchimp key', '[a-f0-9]{32}-us\\d{1,2}(?!\\w)'],
  ['a Sendinblue key', 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['a Twilio key', '(?<![/+-])SK[a-f0-9]{32}(?!\\w)'],
  [
    'a New Relic key',
    'NRAK-[A-Z0-9]{27}',
    'NRII-[\\w-]{32}',
    'NRJS-[a-f0-9]{19}',
    'NRAA-[a-f0-9]{27}',
    '(?<![/+-])[a-f0-9]{36}NRAL(?!\\w)',
  ],
  [
    'a Vault token',
    'hv[sbr]\\.[\\w-]{20,}',
    '(?<![/.+-])[sbr]\\.(?=[A-Za-z]{0,23}\\d)(?=[a-z\\d]{0,23}[A-Z])[A-Za-z0-9]{24}(?![\\w.])',
  ],
  ['a Terraform Cloud token', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,}'],
  ['an age key', '[Aa][Gg][Ee]-[Ss][Ee][Cc][Rr][Ee][Tt]-[Kk][Ee][Yy]-(?:[Pp][Qq]-)?1[A-Za-z0-9]{58,}'],
  ['a DigitalOcean token', 'do[opr]_v1_[a-f0-9]{64}'],
  ['a Heroku key', 'HRKU-[\\w-]{36,}'],
  ['a Cloudflare key', 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}'],
  ['a Fly.io token', 'fo1_[\\w-]{43}', 'fm[12][ar]?_[A-Za-z0-9+/]{60,}'],
  ['a Grafana token', 'gl(?:c|sa)_[A-Za-z0-9+/_]{32,}={0,3}'],
  ['a Sentry token', 'sntry[su]_[\\w+/=-]{40,}'],
  ['a Dynatrace token', 'dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['a Databricks token', 'dapi[a-f0-9]{32}(?:-\\d)?(?!\\w)'],
  ['a PlanetScale token', 'pscale_(?:tkn|pw|oauth)_[\\w=.-]{32,64}'],
  ['a Doppler token', 'dp\\.(?:pt|ct|st|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}'],
  ['a Supabase key', 'sbp_[a-f0-9]{40}', 'sb_secret_[\\w-]{20,}'],
  ['a Shopify token', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'],
  ['a Square token', 'sq0(?:atp|csp)-[\\w-]{22,43}', '(?<![/+-])EAAA[\\w-]{60}'],
  ['a Tailscale key', 'tskey-[a-z]+-[A-Za-z0-9-]{15,}'],
  [
    'a 1Password key',
    'ops_eyJ[A-Za-z0-9+/]{100,}',
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
  ],
  ['an OpenShift token', 'sha256~[\\w-]{43}(?![\\w-])'],
  [
    'a token of a CI service',
    'CCIPAT_\\w+_[a-f0-9]{40}',
    'bk(?:ua|aa|at|pat)_[a-f0-9]{40}',
    'pul-[a-f0-9]{40}',
    'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
    'API-[A-Z0-9]{26}(?!\\w)',
  ],
  [
    'a token of a service',
    'lin_api_[A-Za-z0-9]{40}',
    'ntn_[A-Za-z0-9]{40,}',
    'secret_[A-Za-z0-9]{43}(?!\\w)',
    'pnu_[A-Za-z0-9]{36}',
    'rdme_[a-z0-9]{70}',
    'ico-[A-Za-z0-9]{32}',
    'tk-us-[\\w-]{48}',
    'tfp_[\\w=.-]{59}',
    '(?<![/+-])EZ[AT]K[A-Za-z0-9]{54}',
    'duffel_(?:test|live)_[\\w=-]{43}',
    'shippo_(?:live|test)_[a-fA-F0-9]{40}',
    'FLWSECK(?:_TEST)?-[a-h0-9]{12,}',
    'CFPAT-[\\w-]{43}',
    'nfp_[A-Za-z0-9]{36,}',
    '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk',
    '(?<![/+-])AQVN[\\w-]{35,38}',
    't1\\.[A-Z0-9a-z_-]+={0,2}\\.[\\w-]{86}={0,2}',
    'fio-u-[\\w=-]{64}',
    'sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}',
    'ctp_[A-Za-z0-9]{36,}',
    'figd_[\\w-]{40}',
    'phx_[A-Za-z0-9]{43}',
    'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}',
    '(?<![/+-])EAA[MC][A-Za-z0-9]{100,}',
    '(?<![/+-])4b1d[A-Za-z0-9]{38}(?!\\w)',
    'p8e-[a-z0-9]{32}',
  ],
];

const KINDS = FORMS.map(([kind, ...sources]) => ({ kind, at: new RegExp(sources.join('|'), 'y') }));
/** What stands in a token of any form, as long as the shortest. */
const SHORTEST = '[\\w.:+/=~%-]{14}';
/** One pass over the text for all of them, only where there is room for one; which one it was is asked where something stands. */
const ANY = new RegExp(`(?<![A-Za-z0-9])(?=${SHORTEST})(?:${FORMS.flatMap(([, ...sources]) => sources).join('|')})`, 'g');

/**
 * The same with one that is no small letter. Most lines need no more: a pattern of two hundred forms tries them all at each character.
 * Begins only where a run does.
 */
const RUN = new RegExp(`(?<![\\w.:+/=~%-])(?=${SHORTEST})[a-z_.:+/=~%-]*[A-Z0-9]`);

function* find(text: string): Iterable<Span> {
  for (const match of matches(ANY, text)) {
    const start = match.index;
    const kind = KINDS.find(({ at }) => {
      at.lastIndex = start;
      return at.test(text);
    })?.kind;
    yield { kind: kind ?? 'a token', start, end: start + match[0].length };
  }
}

export const tokens: Rule = { may: (text) => RUN.test(text), find };
