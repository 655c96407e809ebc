/** The outline of a region is what stands beside its clusters, with the lines of the whole file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { withoutClusters } from '../../lib/estate/read/outline';
import { parseYaml } from '../../lib/estate/read/yaml-file';

const NO_REGION = ['estate.yaml', 'beijing.yaml', 'bj-idc.yaml'];
const files = ['regions', 'test/estates/hybrid/regions'].flatMap((folder) =>
  readdirSync(join(__dirname, '../..', folder))
    .filter((f) => f.endsWith('.yaml') && !f.endsWith('.lock.yaml') && !NO_REGION.includes(f))
    .map((f) => `${folder}/${f}`),
);

test.each(files)('the outline of %s is the file without its clusters', (file) => {
  const text = readFileSync(join(__dirname, '../..', file), 'utf8');
  const { clusters, ...rest } = parse(text) as Record<string, unknown>;
  expect(clusters).toBeDefined();
  expect(parseYaml(file, withoutClusters(text)).value).toEqual(rest);
});

test('a finding in an outline has its line', () => {
  const text = '# a comment\nregion: sa-east-1\nclusters:\n  core: {}\nblock: 10.9.0.0/16\n';
  expect(parseYaml('regions/sa-east-1.yaml', withoutClusters(text)).locate(['block'])).toMatchObject({ line: 5 });
});
