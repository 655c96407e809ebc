/** Which partition a line goes to. */
import { crc32 } from 'node:zlib';

/** So many lines in a row go to the same partition: single lines that are strewn over all partitions make many small batches. */
const ROW = 1024;

/**
 * It follows from the line's key alone, so that a line that is sent twice comes to the same partition twice: who reads one partition can remove what
 * is double without knowing the others.
 *
 * @param sender the front end's boot, or the sender's own key
 * @param sequence of the line of that sender
 */
export function partitionOf(sender: string, sequence: number, partitions: number): number {
  return crc32(`${sender}/${Math.floor(sequence / ROW)}`) % partitions;
}
