export { type AssumeRoleProps, assumeRole } from './assume-role';
export { type Attempt, RETRY_POLICY, type RetryPolicy } from './backoff';
export { type Clock, SYSTEM_CLOCK } from './clock';
export {
  type Credentials,
  type CredentialsProvider,
  explicitCredentials,
  type Surroundings,
} from './credentials';
export { defaultCredentials } from './default-credentials';
export { type AskHostOptions, askHost, type HostAnswer } from './ecs/ask-host';
export { isolateGroups, openGroups } from './ecs/inner-access';
export { describeInstances, type HostInstance, rebootInstance } from './ecs/instances';
export { startInstance } from './ecs/power';
export {
  type PrimaryInterface,
  primaryInterfaces,
  sourceDestCheckedInstances,
  switchOffSourceDestCheck,
} from './ecs/source-dest-check';
export { setTags, type Tag } from './ecs/tags';
export { API_VERSIONS, ENDPOINT_VARIABLE, endpointOf, givenEndpoint, type Product } from './endpoint';
export * from './errors';
export { type ScalingInstance, scalingInstances } from './ess';
export { addToGroup, groupInstances, markUnhealthy, removeFromGroup } from './ess/group';
export { flattenParameters, type Parameter, type Parameters } from './flatten';
export { type ObjectHead, type ObjectTail, OssClient, type OssClientProps, type PutOptions } from './oss';
export { type RequestSeen, type RpcCall, RpcClient, type RpcClientProps } from './rpc';
export { Secret } from './secret';
export { type BorderRouterBfd, otherwiseBfd, setBfd } from './vpc/border-router-bfd';
