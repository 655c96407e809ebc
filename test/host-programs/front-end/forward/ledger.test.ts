import fc from 'fast-check';
import { Batches } from '../../../../lib/host-programs/front-end/forward/batches';
import { Ledger } from '../../../../lib/host-programs/front-end/forward/ledger';
import { partitionOf } from '../../../../lib/host-programs/front-end/forward/partition';
import type { Tailed } from '../../../../lib/host-programs/front-end/forward/tail';

/** A frame that ends at `offset`, taken at `time`. */
function tailed(offset: number, time: number, topic = 'logs', count = 1): Tailed {
  const segment = {
    number: 1,
    boot: '',
    path: '',
    bytes: 0,
    total: 0,
    first: 1,
    mark: undefined,
    next: 100,
    taken: 0,
    confirmed: 0,
    damaged: false,
  };
  const frame = { topic, sequence: 1, count, time, body: Buffer.alloc(0) };
  return { frame, segment, host: '', boot: '', start: { segment: 1, offset: offset - 10 }, end: { segment: 1, offset }, lost: 0 };
}

test('confirmed is only what has nothing unconfirmed before it, in whatever order acknowledgements come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (order) => {
      const ledger = new Ledger({ segment: 1, offset: 0 });
      const entries = order.map((_, i) => ledger.add(tailed((i + 1) * 10, i), 1));
      const left = new Set(entries.keys());
      for (const pick of order) {
        const next = [...left][pick % left.size]!;
        left.delete(next);
        entries[next]!.settle(1);
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
  const entry = ledger.add(tailed(99, 5, 'logs', 5), 5);
  const sent: (() => void)[] = [];
  const batches = new Batches({ batchBytes: 100 }, (batch) => {
    full.push(batch.messages.length);
    sent.push(() => {
      for (const each of batch.entries) {
        each.entry.settle(each.lines);
        each.entry.release();
      }
    });
  });
  const body = Buffer.from('a line of twenty xx\n'.repeat(5));
  const frame = { topic: 'logs', sequence: 1, count: 5, time: 5, body };
  batches.add({ frame, host: 'host', boot: 'boot' }, 1, entry);
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

test('a topic that leaves takes its frames along, and holds nobody back any more', () => {
  const ledger = new Ledger({ segment: 1, offset: 0 });
  const entries = ['a', 'b', 'a', 'b'].map((topic, i) => ledger.add(tailed((i + 1) * 10, i, topic), 1));
  const done = (i: number): void => {
    entries[i]!.settle(1);
    entries[i]!.release();
  };
  done(1);
  done(3);
  const other = ledger.split('a');
  expect(ledger.confirmed.offset).toBe(40);
  expect(other.confirmed.offset).toBe(0);
  expect([ledger.left, other.left]).toEqual([0, 2]);
  done(0);
  expect(other.confirmed.offset).toBe(10);
});

test('an entry that is let go with lines that have not arrived is a fault', () => {
  const entry = new Ledger({ segment: 1, offset: 0 }).add(tailed(10, 1), 1);
  expect(() => entry.release()).toThrow('let go before they arrived');
});
