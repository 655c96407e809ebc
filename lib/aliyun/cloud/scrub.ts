import { withoutRequest, withoutValues } from '../../encode/echoed-request';

const MOST_CHARACTERS = 1000;

/** Parameters that only name things; everything else that was sent is taken out of what comes back. */
const NAMES =
  /^(Action|RegionId|StackName|StackId|ChangeSetName|ChangeSetId|ChangeSetType|LogicalResourceId|InstanceId|NetworkInterfaceId|UniqueId|Status|Type|Mode|RamRoleName|RoleArn|DriftDetectionId|InvokeId)(\.|$)/;

/** Keys of a document under which something secret stands. */
const SECRET = /passw|secret|token|credential|private/i;

/**
 * A text of the service with everything taken out that a log must not hold: what was sent (values of parameters, bodies), keys, every URL's
 * query, and from a repeated request on all of it. Aliyun repeats requests in its errors: `SignatureDoesNotMatch` holds the whole string
 * that was signed.
 * @param said the service's words
 * @param sent the parameters of the call
 * @param secrets keys, tokens and signatures that the call was signed with
 */
export function scrub(said: string, sent: Readonly<Record<string, string>> = {}, secrets: readonly string[] = []): string {
  const values = Object.entries(sent).flatMap(([name, value]) => {
    if (SECRET.test(name)) return [value];
    const inside = secretsInside(value);
    const plain = NAMES.test(name) || value.length <= 3 || /^(true|false|\d{1,5}|Enabled|Disabled)$/.test(value);
    return plain ? inside : [value, ...inside];
  });
  const clean = withoutRequest(withoutValues(said, [...secrets, ...values].filter(Boolean)));
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS)}...` : clean;
}

/** Of a document that was sent (a template), what stands under a secret's name: the service may repeat a part of it. */
function secretsInside(value: string): string[] {
  if (!/^\s*[{[]/.test(value)) return [];
  const found: string[] = [];
  try {
    JSON.parse(value, (key, entry) => {
      if (SECRET.test(key) && typeof entry === 'string' && entry.length > 3) found.push(entry);
      return entry;
    });
  } catch {
    return [];
  }
  return found;
}
