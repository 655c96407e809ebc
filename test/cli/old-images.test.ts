import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuseOldImages } from '../../lib/cli/estate-app';
import type { Finding } from '../../lib/estate/findings/finding';
import { ADSERVER, estate, region, VOTERS } from '../plan/estate-fixture';

const OLD: Finding = {
  code: 'IMAGE_OLD',
  severity: 'warning',
  file: 'regions/images.lock.yaml',
  line: 3,
  path: 'published',
  message: 'release 3510.2.5 is old',
  why: 'it goes away',
  fix: 'run `meissa images update`',
};

function errorsOf(findings: readonly Finding[], copies: Record<string, string> = {}): [string, string][] {
  const made = estate({ regions: [region([ADSERVER, VOTERS])] });
  const app = new App();
  const scope = new Construct(app, 'sa-east-1');
  const stacks = ['core-adserver', 'core-voters'].map((id) => new Stack(scope, id));
  refuseOldImages(app, { ...made, locks: { ...made.locks, images: { ...made.locks.images, copies } } }, findings);
  return stacks.flatMap((s) =>
    s.node.metadata.filter((m) => m.type === 'aws:cdk:error').map((m): [string, string] => [s.node.path, String(m.data)]),
  );
}

const endpoint = process.env.AWS_ENDPOINT_URL;
afterEach(() => {
  if (endpoint === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = endpoint;
});

test('an old published image stops the deploy of elastic fleets, and of nothing else', () => {
  delete process.env.AWS_ENDPOINT_URL;
  expect(errorsOf([OLD])).toEqual([['sa-east-1/core-adserver', expect.stringContaining('images update')]]);
});

test('a copy in the own account, or an accepted release, does not', () => {
  delete process.env.AWS_ENDPOINT_URL;
  expect(errorsOf([OLD], { 'sa-east-1': 'ami-0aaaaaaaaaaaaaaaa' })).toEqual([]);
  expect(errorsOf([])).toEqual([]);
});

test('an emulator on this machine is no real account', () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  expect(errorsOf([OLD])).toEqual([]);
});
