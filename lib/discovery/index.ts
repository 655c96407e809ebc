export { type Registration, readRegistration, unsuitable } from './registration';
export { checkToken, type Fetch, lookUp, requestToken } from './service';
export { type IssueOptions, issueClusterToken } from './token';
export { readTokenUrl } from './token-url';
