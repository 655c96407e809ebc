import { checkToken, requestToken } from '../../lib/discovery';
import { SERVICE, service, TOKEN, token } from './fake-service';

const asks = `${SERVICE}/new?size=3`;

test('a token is asked for by its size and read back before it is given on', async () => {
  const fetch = service({ [asks]: TOKEN, ...token(TOKEN, 3) });
  expect(await requestToken(fetch, SERVICE, 3)).toEqual({ url: TOKEN });
  expect(fetch.asked).toEqual([asks, `${TOKEN}/_config/size`, TOKEN]);
});

test.each([
  [
    'that is away',
    { [asks]: new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }) },
    'DISCOVERY_UNREACHABLE',
  ],
  [
    'that never answers',
    { [asks]: new DOMException('The operation was aborted due to timeout', 'TimeoutError') },
    'DISCOVERY_UNREACHABLE',
  ],
  ['that fails', { [asks]: 500 }, 'DISCOVERY_FAILED'],
  ['that is something else', { [asks]: '<html></html>' }, 'DISCOVERY_ANSWER'],
  ['that gives the token of another', { [asks]: TOKEN.replace('example', 'other') }, 'DISCOVERY_FOREIGN'],
  ['that does not know its own token', { [asks]: TOKEN }, 'DISCOVERY_FAILED'],
  ['whose token is no token', { [asks]: TOKEN, ...token(TOKEN, 3), [TOKEN]: 'not JSON' }, 'DISCOVERY_ANSWER'],
  ['that registers another size', { [asks]: TOKEN, ...token(TOKEN, 1) }, 'TOKEN_SIZE'],
  ['that gives a used token', { [asks]: TOKEN, ...token(TOKEN, 3, ['x=http://10.0.0.9:2380']) }, 'TOKEN_TAKEN'],
])('a service %s is refused with words', async (_which, answers, code) => {
  const { refused } = await requestToken(service(answers), SERVICE, 3);
  expect(refused).toMatchObject({ code, message: expect.any(String), fix: expect.stringMatching(/\w/) });
});

test('the cause of a failing network is told, not that something failed', async () => {
  const fetch = service({ [asks]: new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }) });
  expect((await requestToken(fetch, SERVICE, 3)).refused?.message).toContain('ECONNREFUSED');
});

test('a token that stands is checked for its size and for strangers', async () => {
  const fetch = service(token(TOKEN, 3, ['a=http://10.0.0.1:2380']));
  expect(await checkToken(fetch, TOKEN, 3)).toMatchObject({ code: 'TOKEN_TAKEN' });
  expect(await checkToken(fetch, TOKEN, 3, ['a=http://10.0.0.1:2380'])).toBeUndefined();
});
