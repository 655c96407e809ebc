/** What is wrong in a profile is one cause, however many fleets have it. */
import { MOST_FINDINGS } from '../../lib/host-config/fragment-values';
import { estates, everything } from '../robustness/everything';

const PROFILE = 'cloud-config/base/cloud-config.yaml';
const valid = estates.hybrid!;
const told = (text: string) => everything({ ...valid, [PROFILE]: text }, false).filter((line) => line.startsWith(PROFILE));

test('a misspelt key and a misspelt variable of a profile that every fleet has are told once each', () => {
  const wrong = valid[PROFILE]!.replace('permissions:', 'permisions:').replace('{{region.id}}', '{{region.idd}}');
  expect(told(wrong).map((line) => line.split(' ')[1])).toEqual(['TEMPLATE_VARIABLE', 'FRAGMENT_UNKNOWN_KEY']);
});

/** Five thousand items of two errors each, and as many lines of one. */
const many = (item: (i: number) => string, head = ''): string =>
  `${head}${Array.from({ length: 5000 }, (_, i) => item(i)).join('\n')}\n`;

test.each([
  ['keys', many((i) => `key-${i}: ${i}`)],
  ['templates', many((i) => `  - { path: "/etc/{{regoin.name}}/${i}", content: "{{cluster.nam}}" }`, 'files:\n')],
])('of five thousand wrong %s the first thousand are told, of the first fleet, and that others were not looked at', (_, text) => {
  const found = told(text);
  expect(found.length).toBeGreaterThan(MOST_FINDINGS);
  expect(found.length).toBeLessThan(MOST_FINDINGS + 10);
  expect(found.at(-1)).toMatch(/MORE_FINDINGS .*of \d+ fleets and racks 1 were looked at/);
});
