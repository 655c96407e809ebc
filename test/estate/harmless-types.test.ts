/** What of an estate enters files of hosts has types that let nothing through but what its domain needs. */
import { ARTIFACTS, ESTATE, IDC, IMAGES, MEMBERS, TOKENS } from '../../lib/estate/schema/files';
import { checkJson } from '../../lib/estate/schema/json-check';
import { canaries } from '../encode/hostile';

const artifact = {
  name: 'etcd',
  version: '3.5.21',
  architecture: 'amd64',
  file: 'etcd.tar.gz',
  sha256: 'ad'.repeat(32),
  source: 'https://example.com/etcd.tar.gz',
};
const token = { region: 'sa-east-1', cluster: 'core', size: 3, generation: 1, url: 'https://a.example/x1', state: 'issued' };
const member = { image: 'ami-1', rootGb: 20, zone: 'sa-east-1a', generation: 1 };
const images = { release: '1.2.3', published: '2023-07-14', architecture: 'amd64', images: {} };

/** Problems at the place of the value alone. */
const places: Readonly<
  Record<string, (value: string) => { readonly problems: readonly { readonly path: readonly (string | number)[] }[] }>
> = {
  'a version': (version) => checkJson(ARTIFACTS.json, { artifacts: [{ ...artifact, version }] }),
  'the file of an artifact': (file) => checkJson(ARTIFACTS.json, { artifacts: [{ ...artifact, file }] }),
  'the name of an artifact': (name) => checkJson(ARTIFACTS.json, { artifacts: [{ ...artifact, name }] }),
  'a digest': (sha256) => checkJson(ARTIFACTS.json, { artifacts: [{ ...artifact, sha256 }] }),
  'the URL of a token': (url) => checkJson(TOKENS.json, { tokens: [{ ...token, url: `https://a.example/${url}` }] }),
  'a whole URL of a token': (url) => checkJson(TOKENS.json, { tokens: [{ ...token, url }] }),
  'the image of a member': (image) =>
    checkJson(MEMBERS.json, { region: 'sa-east-1', members: { 'core/a/1': { ...member, image } } }),
  'the zone of a member': (zone) =>
    checkJson(MEMBERS.json, { region: 'sa-east-1', members: { 'core/a/1': { ...member, zone } } }),
  'a release': (release) => checkJson(IMAGES.json, { ...images, release }),
  'the discovery service': (url) => checkJson(ESTATE.json, { estate: 'a', discovery: { url: `https://${url}` } }),
  'the mirror of a data centre': (path) => checkJson(IDC.json, { idc: 'a', block: '10.0.0.0/16', artifacts: `http://x/${path}` }),
  'the host of a mirror': (host) => checkJson(IDC.json, { idc: 'a', block: '10.0.0.0/16', artifacts: `http://${host}/x` }),
};

test.each(Object.entries(places))(
  '%s holds nothing that a shell, a unit or a URL would read as something else',
  (name, check) => {
    const at = (value: string) =>
      check(value).problems.filter(({ path }) =>
        path.join('.').match(/version|file|name|sha256|url|image|zone|release|discovery|artifacts/),
      );
    for (const value of canaries.filter((each) => /[^A-Za-z0-9._~%+,=@:-]/.test(each)))
      expect([name, value, at(value).length]).toEqual([name, value, 1]);
  },
);

test('what is used every day is taken, and the advice works', () => {
  expect(places['a version']!('3.5.21-rc.1+build~2').problems).toEqual([]);
  expect(places['the URL of a token']!('3e86b59982e49066c5d813af1c2e2579cbf573de').problems).toEqual([]);
  expect(places['the mirror of a data centre']!('artifacts/v1').problems).toEqual([]);
  expect(places['the host of a mirror']!('10.0.0.1:8080').problems).toEqual([]);
  expect(places['the host of a mirror']!('[2001:db8::1]:80').problems).toEqual([]);
  for (const bad of ['user:secret@host', 'a b', 'a"b']) expect(places['the host of a mirror']!(bad).problems).toHaveLength(1);
});
