/** What is wrong in a profile is one cause, however many fleets have it. */
import { estates, everything } from '../robustness/everything';

const PROFILE = 'cloud-config/base/cloud-config.yaml';
const valid = estates.hybrid!;
const told = (text: string) => everything({ ...valid, [PROFILE]: text }, false).filter((line) => line.startsWith(PROFILE));

test('a misspelt key and a misspelt variable of a profile that every fleet has are told once each', () => {
  const wrong = valid[PROFILE]!.replace('permissions:', 'permisions:').replace('{{region.id}}', '{{region.idd}}');
  expect(told(wrong).map((line) => line.split(' ')[1])).toEqual(['TEMPLATE_VARIABLE', 'FRAGMENT_UNKNOWN_KEY']);
});

test('ten thousand wrong keys are told of the first fleet, and that others were not looked at', () => {
  const found = told(Array.from({ length: 10_000 }, (_, i) => `key-${i}: ${i}`).join('\n'));
  expect(found).toHaveLength(10_001);
  expect(found.at(-1)).toMatch(/MORE_FINDINGS .*of \d+ fleets and racks 1 were looked at/);
});
