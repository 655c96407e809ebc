import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BESIDE_TYPES, PATH_TYPES, pathPart } from '../../lib/reach/read/path-part';
import { ROOT } from '../root';

test('every type that reach reads decides paths, or is said to be of something beside them', () => {
  const folder = join(ROOT, 'lib/reach/read');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('path-part.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const read = new Set(
    texts.flatMap((text) => [...text.matchAll(/'((?:AWS|ALIYUN|Custom)::\w+(?:::\w+)?)'/g)].map((m) => m[1]!)),
  );
  const pseudo = /^(AWS|ALIYUN)::(AccountId|Partition|Region|StackName)$/;
  const asked = [...read].filter((type) => !pseudo.test(type));
  expect(asked.length).toBeGreaterThan(40);
  expect(asked.filter((type) => PATH_TYPES.has(type) === BESIDE_TYPES.has(type))).toEqual([]);
});

test('of an instance only its interfaces decide, and words never do', () => {
  const instance = (more: object) => pathPart({ Type: 'AWS::EC2::Instance', Properties: { NetworkInterfaces: [], ...more } });
  expect(instance({ UserData: 'a', Tags: [] })).toBe(instance({ ImageId: 'b' }));
  const route = (more: object) => pathPart({ Type: 'AWS::EC2::Route', Properties: { RouteTableId: 'a', ...more } });
  expect(route({})).not.toBe(route({ DestinationCidrBlock: '0.0.0.0/0' }));
  expect(pathPart({ Type: 'AWS::S3::Bucket' })).toBeUndefined();
});
