/** The two requests that change who votes (KIP-853, "AddRaftVoter", "RemoveRaftVoter"), which the client doesn't have. */
import { createAPI, type Reader, Writer } from '@platformatic/kafka';
import { toUuid } from './directory-id';
import { CONTROLLER_PORT } from './kafka-link';
import type { Voter } from './replace-voter';

const TIMEOUT_MS = 8000;

export const addRaftVoter = createAPI<[clusterId: string, voter: Voter, address: string], void>(
  80,
  0,
  (clusterId: string, { id, directoryId }: Voter, address: string) =>
    Writer.create()
      .appendString(clusterId)
      .appendInt32(TIMEOUT_MS)
      .appendInt32(id)
      .appendUUID(toUuid(directoryId))
      .appendArray([address], (writer, host) =>
        writer.appendString('CONTROLLER').appendString(host).appendUnsignedInt16(CONTROLLER_PORT),
      )
      .appendTaggedFields(),
  (_correlation, _key, _version, reader) => answer(reader),
);

export const removeRaftVoter = createAPI<[clusterId: string, voter: Voter], void>(
  81,
  0,
  (clusterId: string, { id, directoryId }: Voter) =>
    Writer.create().appendString(clusterId).appendInt32(id).appendUUID(toUuid(directoryId)).appendTaggedFields(),
  (_correlation, _key, _version, reader) => answer(reader),
);

function answer(reader: Reader): void {
  reader.readInt32();
  const code = reader.readInt16();
  const message = reader.readNullableString();
  if (code !== 0) throw new Error(`Kafka says ${code}${message ? `: ${message}` : ''}`);
}
