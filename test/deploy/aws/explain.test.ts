import { explainAws } from '../../../lib/deploy/aws/explain';
import { standingOf, stuck } from '../../../lib/deploy/aws/status';
import { withoutRequest } from '../../../lib/encode/echoed-request';
import { cloudRegionId } from '../../../lib/facts/region';

const PLACE = {
  provider: 'aws',
  path: 'sa-east-1/network',
  name: 'sa-east-1-network',
  cloudRegion: cloudRegionId('sa-east-1'),
} as const;
const ACCOUNT = { account: '111111111111', bootstrapQualifier: 'hnb659fds' };

const named = (name: string, message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name });

test.each([
  [named('ExpiredTokenException', 'The security token included in the request is expired'), 'CREDENTIALS_EXPIRED'],
  [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'CREDENTIALS_MISSING'],
  [named('InvalidClientTokenId', 'The security token included in the request is invalid.'), 'CREDENTIALS_REFUSED'],
  [
    named('ToolkitError', 'x: SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped?'),
    'NOT_BOOTSTRAPPED',
  ],
  [
    named('AuthenticationError', 'Need to perform AWS calls for account 1, but the current credentials are for 2'),
    'WRONG_ACCOUNT',
  ],
  [named('AccessDenied', 'User is not authorized to perform: cloudformation:DescribeStacks'), 'ACCESS_DENIED'],
  [named('Throttling', 'Rate exceeded'), 'THROTTLED'],
  [named('Error', 'outer', named('Error', 'connect ECONNREFUSED 127.0.0.1:1')), 'UNREACHABLE'],
  [named('ValidationError', 'Stack:arn:x is in REVIEW_IN_PROGRESS state and can not be updated.'), 'REVIEW_WAITS'],
  [
    named('ToolkitError', 'No bucket named "cdk-hnb659fds-assets-1-sa-east-1". Is account 1 bootstrapped?'),
    'BOOTSTRAP_BUCKET_GONE',
  ],
  [named('ValidationError', 'Stack:arn:x is in UPDATE_IN_PROGRESS state and can not be updated.'), 'CHANGED_MEANWHILE'],
  [named('ValidationError', 'Template error: instance of Fn::GetAtt references undefined resource X'), 'STACK_FAILED'],
])('%s is %s, with the place and a way on', (error, code) => {
  const explained = explainAws(error, PLACE, ACCOUNT);
  expect(explained.code).toBe(code);
  expect(explained.message).toContain('sa-east-1/network');
  expect(explained.fix).not.toBe('');
});

test('the command that bootstraps holds the account, the region and an own qualifier', () => {
  const error = named('ToolkitError', 'Has the environment been bootstrapped?');
  expect(explainAws(error, PLACE, ACCOUNT).fix).toBe('npx cdk bootstrap aws://111111111111/sa-east-1');
  expect(explainAws(error, PLACE, { ...ACCOUNT, bootstrapQualifier: 'meissa1' }).fix).toContain('--qualifier meissa1');
});

test('of a region that is off until it is enabled, that is told with keys that are unknown there', () => {
  const refused = named('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const there = { ...PLACE, cloudRegion: cloudRegionId('ap-southeast-5') };
  expect(explainAws(refused, there, ACCOUNT).fix).toContain('aws account enable-region --region-name ap-southeast-5');
  expect(explainAws(refused, PLACE, ACCOUNT).fix).not.toContain('enable-region');
});

test('no access key, signature or token is in what is said', () => {
  const said = withoutRequest(
    'GET https://s3/x?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F2026&X-Amz-Signature=abc123&X-Amz-Security-Token=tok by ASIAIOSFODNN7EXAMPLE',
  );
  expect(said).not.toMatch(/EXAMPLE|abc123|tok /);
  const { message } = explainAws(named('Error', 'key AKIAIOSFODNN7EXAMPLE failed'), PLACE, ACCOUNT);
  expect(message).not.toContain('AKIA');
});

test.each([
  [undefined, 'absent'],
  ['REVIEW_IN_PROGRESS', 'absent'],
  ['ROLLBACK_COMPLETE', 'failed-creation'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'busy'],
  ['CREATE_FAILED', 'half-made'],
  ['UPDATE_ROLLBACK_FAILED', 'stuck'],
  ['UPDATE_ROLLBACK_COMPLETE', 'whole'],
])('a stack that is %s is %s', (status, standing) => {
  expect(standingOf(status)).toBe(standing);
});

test('a stuck stack has a way on', () => {
  const place = { ...PLACE, region: 'south', path: 'south/x', name: 'south-x' };
  expect(stuck(place, 'UPDATE_ROLLBACK_FAILED').fix).toContain(
    'continue-update-rollback --region sa-east-1 --stack-name south-x',
  );
  expect(stuck(place, 'DELETE_FAILED').fix).toContain('meissa destroy south');
});
