/** The profile `line-agent`: what an application host gets, and that the agent reads what was written for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkJson } from '../../lib/estate/schema/json-check';
import { hostConfig } from '../../lib/host-config/host-config';
import { renderUserData } from '../../lib/host-config/user-data';
import { parseConfig } from '../../lib/host-programs/agent/config';
import type { FleetContext } from '../../lib/plan/model';
import { expectGolden } from '../golden';
import { context, defaults, ownProfiles, repository } from './fixtures';
import { misread } from './misread';

const profiles = ownProfiles('base', 'docker', 'line-agent');
const sources = {
  endpoint: 'http://lines.example.internal:8080',
  files: [{ topic: 'app', paths: ['/var/log/app/*.log*'] }],
  journal: [{ topic: 'system', units: ['sshd.service'], fields: ['MESSAGE', 'PRIORITY'] }],
  docker: [{ topic: 'containers' }],
};

/** An application host of a cluster without Kafka. */
function host(): FleetContext {
  const parameters = defaults(profiles);
  return context({
    artifacts: {
      url: 'https://meissa-example.s3.sa-east-1.amazonaws.com',
      items: { collection: { version: '4.3.1-1', file: 'collection-root.tar.gz', sha256: 'a'.repeat(64) } },
    },
    parameters: { ...parameters, 'line-agent': { ...parameters['line-agent'], ...sources } },
  } as Partial<FleetContext>);
}

test('a host with the agent gets what test/golden/agents says', () => {
  const { userData, findings } = renderUserData(host(), profiles, { compress: 'auto' });
  expect(findings).toEqual([]);
  expect(userData!.bytes).toBeLessThanOrEqual(16_384);
  expect(misread(userData!.text, userData!.format)).toEqual([]);
  expectGolden('agents/line-agent.yaml', userData!.text);
});

test('the agent takes the configuration that is written for it', () => {
  const { config } = hostConfig(host(), profiles);
  const written = parseConfig(JSON.parse(config.files.find(({ path }) => path === '/etc/meissa/line-agent.json')!.content));
  expect(written).toEqual({
    ...parseConfig(sources),
    files: [{ topic: 'app', paths: ['/var/log/app/*.log*'] }],
    journal: sources.journal,
  });
});

test('the defaults of the profile are those of the agent', () => {
  const written = parseConfig({ ...host().parameters['line-agent'], ...sources });
  expect(written).toEqual(parseConfig(sources));
});

test.each([
  ['no endpoint', { files: [] }],
  ['an endpoint with TLS', { endpoint: 'https://lines:8080' }],
  ['a relative path', { endpoint: sources.endpoint, files: [{ topic: 'a', paths: ['log'] }] }],
  ['a topic with a slash', { endpoint: sources.endpoint, docker: [{ topic: 'a/b' }] }],
])('%s is refused where the region file is read', (_what, parameters) => {
  expect(checkJson(profiles.find(({ name }) => name === 'line-agent')!.parameters, parameters).problems).not.toEqual([]);
});

// Both may be on one host, and an application host needs no certificate: so each writes it, in the same words.
test('it installs the programs of the collection as the profile collection does', () => {
  const read = (profile: string): string =>
    readFileSync(join(repository, 'cloud-config', profile, 'collection-install.sh'), 'utf8');
  expect(read('line-agent')).toBe(read('collection'));
  const both = [...profiles, ...ownProfiles('collection')];
  const parameters = { ...host().parameters, collection: { caFingerprint: 'a'.repeat(64), renewHours: 6 } };
  expect(hostConfig({ ...host(), parameters }, both).findings).toEqual([]);
});
