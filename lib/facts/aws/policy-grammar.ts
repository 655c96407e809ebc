/** "Grammar of the IAM JSON policy language", and what each kind of document may hold, as of 2026-11-30. */

export const POLICY_VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17'];

/** Keys of a document and of a statement. */
export const DOCUMENT_KEYS: readonly string[] = ['Version', 'Id', 'Statement'];
export const STATEMENT_KEYS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** A statement's name ("IAM JSON policy elements: Sid"; documents of resources take more where their services say so). */
export const STATEMENT_NAME = /^[0-9A-Za-z]*$/;

/** An action ("IAM JSON policy elements: Action"), and those of a trust ("Actions, resources, and condition keys for AWS Security Token Service"). */
export const POLICY_ACTION = /^(\*(:\*)?|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/;
export const TRUST_ACTION = /^sts:/i;

/** "IAM JSON policy elements: Resource". */
export const POLICY_RESOURCE = /^(\*|arn:[^:]+:[^:]+:[^:]*(:[^:]*:.+)?)$/;

/** "AWS JSON policy elements: Principal": kinds, and how each is written. */
export const PRINCIPALS: Readonly<Record<string, RegExp>> = {
  AWS: /^(\*|\d{12}|arn:[^:]+:(iam|sts)::(\d{12}|cloudfront):.+|A[A-Z0-9]{15,})$/,
  Service: /^(\*|[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|internal))$/,
  Federated: /^(\*|arn:[^:]+:iam::\d{12}:(saml-provider|oidc-provider)\/.+|[A-Za-z0-9.-]+\.[a-z]+(\/.*)?)$/,
  CanonicalUser: /^(\*|[0-9a-f]{64})$/,
};

/** "IAM JSON policy elements: Condition operators". */
export const CONDITION_OPERATOR = new RegExp(
  '^(ForAllValues:|ForAnyValue:)?(' +
    '(String(Equals|NotEquals|EqualsIgnoreCase|NotEqualsIgnoreCase|Like|NotLike)' +
    '|(Numeric|Date)(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)' +
    '|Bool|BinaryEquals|(Not)?IpAddress|Arn(Equals|Like|NotEquals|NotLike))(IfExists)?|Null)$',
);

/** Characters without white space ("IAM and AWS STS quotas"): a managed policy, and all of a role's inline ones together. */
export const POLICY_SIZE = { managed: 6144, inline: 10_240 } as const;
