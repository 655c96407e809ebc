/** Tags of any text: what is taken is what the clouds' pages take, and what is written instead is taken. */
import * as fc from 'fast-check';
import type { Estate, Region } from '../../lib/estate/model/model';
import type { Problem } from '../../lib/estate/rules/rule';
import { tagKeysAreTaken } from '../../lib/estate/rules/tags/tag-keys-are-taken';
import { tagValuesAreTaken } from '../../lib/estate/rules/tags/tag-values-are-taken';

const CONTEXT = { profileNames: [] };

/** Keys or values of an estate whose regions are of these clouds. */
function told(clouds: readonly Region['provider'][], tags: Record<string, string>) {
  const regions = clouds.map((provider) => ({ provider, file: 'x', tags: {}, clusters: [] }) as unknown as Region);
  const estate = { tags, regions } as unknown as Estate;
  return { keys: tagKeysAreTaken.check(estate, CONTEXT), values: tagValuesAreTaken.check(estate, CONTEXT) };
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        'aws:',
        'AWS:',
        'aliyun',
        'Aliyun',
        'acs:',
        'http://',
        'HTTPS://',
        'meissa:',
        'Name',
        '_index',
        '.',
        '-',
        ' ',
        'R&D',
        '团队',
        'a',
        'x'.repeat(70),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join('')),
);
const clouds = fc.constantFrom<readonly Region['provider'][]>(['aws'], ['aliyun'], ['aws', 'aliyun']);

test('what is written instead of a key or value that is refused is taken', () => {
  const instead = ({ write }: Problem): string => {
    const step = write![0]![0]!;
    return 'rename' in step ? step.to : 'set' in step ? String(step.value) : '';
  };
  fc.assert(
    fc.property(clouds, text, (of, one) => {
      for (const key of told(of, { [one]: 'x' }).keys) expect(told(of, { [instead(key)]: 'x' }).keys).toEqual([]);
      for (const value of told(of, { a: one }).values) expect(told(of, { a: instead(value) }).values).toEqual([]);
    }),
  );
});

test('what is taken on AWS matches the patterns of roles and of the metadata service', () => {
  fc.assert(
    fc.property(text, (one) => {
      // "TagRole"; "View tags for your EC2 instances using instance metadata".
      const key = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(one) && /^[0-9a-zA-Z\-_+=,.@:]{1,255}$/.test(one);
      const ours = /^(aws:|meissa[:_])/i.test(one) || ['.', '..', '_index', 'Name'].includes(one);
      expect(told(['aws'], { [one]: 'x' }).keys).toHaveLength(key && !ours ? 0 : 1);
      const value = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(one) && !/^aws:/i.test(one);
      expect(told(['aws'], { a: one }).values).toHaveLength(value ? 0 : 1);
    }),
  );
});

test('what is taken on Aliyun has no reserved beginning, no address and fits into the bucket', () => {
  fc.assert(
    fc.property(text, (one) => {
      const free = !/^(aliyun|acs:)/i.test(one) && !/https?:\/\//i.test(one);
      const value = free && new TextEncoder().encode(one).length <= 128;
      expect(told(['aliyun'], { a: one }).values).toHaveLength(value ? 0 : 1);
      const key = free && /^[A-Za-z0-9 +\-=._:/]{1,64}$/.test(one) && !/^meissa[:_]/i.test(one) && one !== 'Name';
      expect(told(['aliyun'], { [one]: 'x' }).keys).toHaveLength(key ? 0 : 1);
    }),
  );
});
