import fc from 'fast-check';
import { Batches } from '../../../../lib/host-programs/front-end/forward/batches';
import { Ledger } from '../../../../lib/host-programs/front-end/forward/ledger';
import { partitionOf } from '../../../../lib/host-programs/front-end/forward/partition';

test('confirmed is only what has nothing unconfirmed before it, in whatever order acknowledgements come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (order) => {
      const ledger = new Ledger({ segment: 1, offset: 0 });
      const entries = order.map((_, i) => ledger.add({ segment: 1, offset: (i + 1) * 10 }, i));
      const left = new Set(entries.keys());
      for (const pick of order) {
        const next = [...left][pick % left.size]!;
        left.delete(next);
        entries[next]!.release();
        const first = Math.min(...left, order.length);
        expect(ledger.confirmed.offset).toBe(first * 10);
        expect(ledger.oldest).toBe(left.size === 0 ? undefined : first);
      }
    }),
  );
});

test('a frame whose lines are in several batches is done when all of them are acknowledged', () => {
  const full: number[] = [];
  const ledger = new Ledger({ segment: 1, offset: 0 });
  const entry = ledger.add({ segment: 1, offset: 99 }, 5);
  const sent: (() => void)[] = [];
  const batches = new Batches(100, (batch) => {
    full.push(batch.messages.length);
    sent.push(() => {
      for (const each of batch.entries) each.release();
    });
  });
  const body = Buffer.from('a line of twenty xx\n'.repeat(5));
  batches.add({ topic: 'logs', sequence: 1, count: 5, time: 5, body }, 'host', 'boot', 1, entry);
  batches.flush();
  entry.release();
  expect(full).toEqual([1, 1, 1, 1, 1]);
  for (const acknowledge of sent.slice(1)) acknowledge();
  expect(ledger.confirmed.offset).toBe(0);
  sent[0]!();
  expect(ledger.confirmed.offset).toBe(99);
});

test('lines in a row share a partition, and rows are spread over all', () => {
  expect(new Set(Array.from({ length: 1024 }, (_, i) => partitionOf('0123456789ab', 1024 + i, 6))).size).toBe(1);
  expect(new Set(Array.from({ length: 100 }, (_, i) => partitionOf('0123456789ab', i * 1024, 6))).size).toBe(6);
});
