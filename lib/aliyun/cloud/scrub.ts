/** What stands where something was taken out. */
const REMOVED = '[removed]';
const MOST_CHARACTERS = 1000;

/** Parameters that only name things; everything else that was sent is taken out of what comes back. */
const NAMES =
  /^(Action|RegionId|StackName|StackId|ChangeSetName|ChangeSetId|ChangeSetType|LogicalResourceId|InstanceId|NetworkInterfaceId|UniqueId|Status|Type|Mode|RamRoleName|RoleArn|DriftDetectionId|InvokeId)(\.|$)/;

/**
 * A text of the service with everything taken out that a log must not hold: what was sent (values of parameters, bodies), keys, and every
 * URL's query. Aliyun repeats requests in its errors: `SignatureDoesNotMatch` holds the whole string that was signed.
 * @param said the service's words
 * @param sent the parameters of the call
 * @param secrets keys and tokens that the call was signed with
 */
export function scrub(said: string, sent: Readonly<Record<string, string>> = {}, secrets: readonly string[] = []): string {
  let clean = said.replace(/(https?:\/\/[^\s"'?]+)\?[^\s"']*/g, `$1?${REMOVED}`).replace(/\b(POST|GET)&%2F&\S*/g, REMOVED);
  const values = Object.entries(sent)
    .filter(([name, value]) => !NAMES.test(name) && value.length > 3 && !/^(true|false|\d{1,5}|Enabled|Disabled)$/.test(value))
    .map(([, value]) => value);
  const forms = [...secrets, ...values].filter(Boolean).flatMap((value) => [value, encodeURIComponent(value)]);
  // The longest first: a short one may be part of it.
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length)) clean = clean.split(form).join(REMOVED);
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS)}...` : clean;
}
