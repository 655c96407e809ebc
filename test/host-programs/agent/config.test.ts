import { parseConfig } from '../../../lib/host-programs/agent/config';

const least = { endpoint: 'http://lines.test:8080', files: [{ topic: 'app', paths: ['/var/log/app.log*'] }] };

test('what is not said has a default', () => {
  expect(parseConfig(least)).toMatchObject({
    batchBytes: 524_288,
    connections: 2,
    gzip: false,
    journal: [],
    docker: [],
    metricsPort: 9406,
  });
  expect(parseConfig({ ...least, docker: [{ topic: 'c' }] }).docker).toEqual([
    { topic: 'c', folder: '/var/lib/docker/containers' },
  ]);
});

test('several front ends are named with commas between them', () => {
  const { endpoints } = parseConfig({ ...least, endpoint: 'http://a:8080, http://b:8080' });
  expect(endpoints.map(({ host }) => host)).toEqual(['a:8080', 'b:8080']);
});

test.each([
  ['without an endpoint', { endpoint: undefined }, 'endpoint must be a text, and is missing'],
  ['an endpoint with TLS', { endpoint: 'https://a' }, 'endpoint must be http://NAME:PORT, and is "https://a"'],
  ['no sources', { files: [] }, 'there is nothing to read: name files, journal or docker'],
  ['a topic with a slash', { files: [{ topic: 'a/b', paths: [] }] }, '"a/b" is no topic'],
  ['a relative path', { files: [{ topic: 'a', paths: ['log'] }] }, '"log" is no absolute path'],
  ['a limit that docker cannot keep', { maxLineBytes: 1000 }, 'maxLineBytes must be a number of at least 65536, and is 1000'],
])('%s is refused', (_what, changes, message) => {
  expect(() => parseConfig({ ...least, ...changes })).toThrow(message);
});
