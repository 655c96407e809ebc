import { KAFKA_RECORD_BYTES, kafkaBytes, SPOOL_LINE_BYTES, spoolBytes } from '../../lib/collection/framing';

/** Bytes of a signed number as Kafka writes it (zigzag, seven bits a byte). */
function varint(value: number): number {
  let bytes = 1;
  for (let rest = Math.abs(value) * 2; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Bytes of a record of Kafka ("Message Format", Record) beyond its value. */
function recordOverhead(key: string, valueBytes: number): number {
  const body = 1 + varint(5_000) + varint(999) + varint(key.length) + key.length + varint(valueBytes) + valueBytes + varint(0);
  return varint(body) + body - valueBytes;
}

test('a record of Kafka costs no more than the sizing counts, with the key of a line', () => {
  const key = 'us-east-1-collection-front-ends-1/0a0b0c0d-0102-0304-0506-0708090a0b0c/12345678901';
  expect(recordOverhead(key, 500)).toBeLessThanOrEqual(KAFKA_RECORD_BYTES);
});

test('framing is a part of every line: half of what short lines take, and nearly nothing of long ones', () => {
  expect(kafkaBytes(1000, KAFKA_RECORD_BYTES)).toBe(2000);
  expect(kafkaBytes(1e6, 1e6)).toBeCloseTo(1e6 + KAFKA_RECORD_BYTES, 6);
  expect(spoolBytes(1000, 100)).toBeCloseTo(1000 * (1 + SPOOL_LINE_BYTES / 100), 9);
});

test('a measured frame takes the place of the planned one', () => {
  expect(spoolBytes(1000, 100, 20)).toBeCloseTo(1200, 9);
});
