import type { Finding } from '../../lib/estate/findings/finding';
import { secretsInOutput, withoutSecrets } from '../../lib/estate/read/secret-findings';
import { memorySource } from '../../lib/estate/read/source';

/** Made here, so that nobody takes it for a token. */
const token = (n: number) => `ghp_${'Zk3x9Qw2aB7Lm4Rt8Yv1Nc6Pd5Hs0Fg'.padEnd(34, 'J')}${String(n).padStart(2, '0')}`;
const lines = (count: number) => Array.from({ length: count }, (_, n) => `a${n}: ${token(n)}\n`).join('');

function told(count: number): readonly Finding[] {
  const findings: Finding[] = [];
  withoutSecrets(memorySource({ 'regions/estate.yaml': lines(count) }), findings).read('regions/estate.yaml');
  return findings;
}

test('of a file that holds more secrets than are told, the last finding says how many more there are', () => {
  expect(told(20)).toHaveLength(20);
  expect(told(20).at(-1)?.message).not.toContain('more');
  expect(told(23)).toHaveLength(20);
  expect(told(23).at(-1)).toMatchObject({ line: 20, message: expect.stringMatching(/; 3 more in this file$/) });
});

test('and of a text that is about to be written', () => {
  const findings = secretsInOutput('idc.out/x', lines(21));
  expect(findings).toHaveLength(20);
  expect(findings.map(({ message }) => message.includes('more'))).toEqual([...Array<boolean>(19).fill(false), true]);
});
