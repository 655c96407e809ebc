/** Errors of AWS's SDKs and of the CDK toolkit in words. */

import { withoutRequest } from '../../encode/echoed-request';
import type { AwsAccount, CloudRegionId } from '../../estate/model/model';
import { isOptIn } from '../../facts/aws/regions';
import { runbookPage } from '../../plan/runbook-page';
import { failureOf, knownCause } from '../causes';
import { DeployError } from '../deploy-error';
import type { EngineStack } from '../engine';

interface Cause {
  readonly name: string;
  readonly message: string;
}

/** CloudFormation's ways to say that a change set was overtaken: deleted or made obsolete by another's, or the stack is at work or there by now. */
const CHANGED_MEANWHILE =
  /ChangeSetNotFound|InvalidChangeSetStatus|cannot be executed in its current|cannot be created again with the changeSet|_IN_PROGRESS state and can ?not be (updated|created)/;

/** A stack that was only reviewed takes neither an update nor a policy. */
const REVIEWED = /REVIEW_IN_PROGRESS/;

export function explainAws(
  error: unknown,
  place: EngineStack,
  { account, bootstrapQualifier }: Pick<AwsAccount, 'account' | 'bootstrapQualifier'>,
): DeployError {
  const causes = chain(error);
  const known = causes.find((cause) => cause instanceof DeployError);
  if (known !== undefined) return known;
  const where = `${place.path} (account ${account}, ${place.cloudRegion})`;
  const has = (pattern: RegExp) => causes.some(({ name, message }) => pattern.test(`${name}: ${message}`));
  const bootstrap = `npx cdk bootstrap${bootstrapQualifier === 'hnb659fds' ? '' : ` --qualifier ${bootstrapQualifier}`} aws://${account}/${place.cloudRegion}`;
  if (has(/ExpiredToken|token included in the request is expired|RequestExpired/))
    return new DeployError(
      'CREDENTIALS_EXPIRED',
      `the credentials have expired: ${where}`,
      'log in again, then run the same command',
    );
  if (has(/^CredentialsProviderError|Could not load credentials|Unable to resolve AWS account/))
    return new DeployError(
      'CREDENTIALS_MISSING',
      `there are no AWS credentials for ${where}`,
      'log in (aws sso login, AWS_PROFILE, or the environment), then run the same command',
    );
  if (has(/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|AuthFailure/))
    return new DeployError(
      'CREDENTIALS_REFUSED',
      `AWS does not know these credentials: ${where}`,
      `check AWS_PROFILE and the keys; keys of one partition (aws, aws-cn) are unknown in the other${optIn(place.cloudRegion)}`,
    );
  const cause = knownCause(place, words(causes));
  if (cause !== undefined) return cause;
  if (has(REVIEWED))
    return new DeployError(
      'REVIEW_WAITS',
      `${where}: ${place.name} is REVIEW_IN_PROGRESS: somebody made a change set for it and never executed it; nothing stands in it`,
      `aws cloudformation list-change-sets --region ${place.cloudRegion} --stack-name ${place.name} says whose; then aws cloudformation delete-stack --region ${place.cloudRegion} --stack-name ${place.name}, and run the same command (${runbookPage('incidents/stuck-or-rival-deploy')})`,
    );
  if (has(/bootstrap stack|been bootstrapped|cdk-bootstrap\/|BootstrapStack/i))
    return new DeployError('NOT_BOOTSTRAPPED', `the CDK's bootstrap is missing for ${where}`, bootstrap);
  if (has(/Need to perform AWS calls for account|could not be used to assume|is not authorized to perform: sts:AssumeRole/))
    return new DeployError(
      'WRONG_ACCOUNT',
      `the credentials are not of account ${account} and may not act in it: ${place.path} in ${place.cloudRegion}`,
      `use credentials of account ${account}; not bootstrapped yet? ${bootstrap}`,
    );
  if (has(CHANGED_MEANWHILE))
    return new DeployError(
      'CHANGED_MEANWHILE',
      `${where}: something else changed the stack after this run had read it; what was planned against the earlier state was not applied`,
      'see who deploys it (meissa status, the CloudFormation console), then run the same command: it is planned anew',
    );
  if (has(/AccessDenied|UnauthorizedOperation/))
    return new DeployError(
      'ACCESS_DENIED',
      `not allowed at ${where}: ${words(causes)}`,
      'give the role or user what the message names',
    );
  if (has(/Throttling|Rate exceeded|TooManyRequests/))
    return new DeployError('THROTTLED', `AWS throttles: ${where}`, 'run again, with less --concurrency');
  if (has(/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EAI_AGAIN|TimeoutError|NetworkingError/))
    return new DeployError(
      'UNREACHABLE',
      `AWS was not reached for ${where}: ${words(causes)}`,
      'check the network, the proxy and the region, then run again',
    );
  return failureOf(place, words(causes), { kept: false });
}

/** Every key is unknown in a region that is off. */
function optIn(region: CloudRegionId): string {
  if (!isOptIn(region)) return '';
  return `; ${region} is off until the account enables it: aws account enable-region --region-name ${region}`;
}

/** An error and what caused it, the outermost first. */
function chain(error: unknown): (Error & Cause)[] {
  const causes: (Error & Cause)[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && causes.length < 6; at = (at as { cause?: unknown }).cause) {
    causes.push(at instanceof Error ? at : new Error(String(at)));
    const several = (at as AggregateError).errors;
    if (Array.isArray(several)) causes.push(...several.filter((e): e is Error => e instanceof Error));
  }
  return causes;
}

function words(causes: readonly Cause[]): string {
  const messages = causes.map(({ message }) => message.trim()).filter((message) => message !== '');
  return withoutRequest(messages[0] ?? causes[0]?.name ?? 'unknown error');
}
