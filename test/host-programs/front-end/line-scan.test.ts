import fc from 'fast-check';
import { LineScan } from '../../../lib/host-programs/front-end/line-scan';

test('lines are counted alike however their bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', '\n') })), (chunks) => {
      const scan = new LineScan(1000);
      for (const chunk of chunks) expect(scan.add(Buffer.from(chunk))).toBeUndefined();
      const text = chunks.join('');
      const ended = text.split('\n').length - 1;
      expect(scan.unended).toBe(text !== '' && !text.endsWith('\n'));
      expect(scan.count).toBe(ended + (scan.unended ? 1 : 0));
    }),
  );
});

test('the first line that is too long is told by its number, as soon as it is', () => {
  const scan = new LineScan(3);
  expect(scan.add(Buffer.from('abc\nab'))).toBeUndefined();
  expect(scan.add(Buffer.from('c\nabc'))).toBeUndefined();
  expect(scan.add(Buffer.from('d'))).toBe(3);
  expect(new LineScan(3).add(Buffer.from('a\nabcd\nabcde\n'))).toBe(2);
});
