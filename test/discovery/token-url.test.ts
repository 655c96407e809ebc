import { readTokenUrl } from '../../lib/discovery';
import { SERVICE, TOKEN } from './fake-service';

const hex = TOKEN.slice(SERVICE.length + 1);

test.each([
  [SERVICE, TOKEN],
  [SERVICE, `${TOKEN}\n`],
  ['http://discovery.example.com', TOKEN],
  ['http://10.0.0.5:8087', `http://10.0.0.5:8087/${hex}`],
  ['https://example.com/discovery', `https://example.com/discovery/${hex}`],
  [SERVICE, `${SERVICE}/${hex}deadbeef`],
])('%s may give %j', (service, answer) => {
  expect(readTokenUrl(service, answer)).toEqual({ url: answer.trim() });
});

test.each([
  '',
  '<html>Sign in</html>',
  SERVICE,
  `${SERVICE}/`,
  `${SERVICE}/new`,
  `${SERVICE}/${hex.toUpperCase()}`,
  `${SERVICE}/${hex.slice(1)}`,
  `${TOKEN}?x=1`,
  `${TOKEN} ${TOKEN}`,
  `https://me@discovery.example.com/${hex}`,
  `ftp://discovery.example.com/${hex}`,
  'https://[/x',
])('%j is no discovery URL', (answer) => {
  expect(readTokenUrl(SERVICE, answer).refused).toMatchObject({ code: 'DISCOVERY_ANSWER' });
});

test.each([
  `https://discovery.evil.com/${hex}`,
  `https://discovery.example.com:8443/${hex}`,
  `https://discovery.example.com/other/${hex}`,
  `http://discovery.example.com/${hex}`,
])('a token of %s is not that of the configured service, and the refusal says what to write', (answer) => {
  const { refused } = readTokenUrl(SERVICE, answer);
  expect(refused).toMatchObject({ code: 'DISCOVERY_FOREIGN', fix: expect.stringContaining(answer.slice(0, -hex.length - 1)) });
});
