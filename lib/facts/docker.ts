/** What Docker does without being asked. */
import { BENCHMARK } from './ranges';

/**
 * Ranges that docker0 and then networks take, where the host itself has no route to them: one of another place goes in them without a
 * word ("Networking overview", Subnet allocation; moby, libnetwork/ipamutils: 172.17 to 172.31, then 192.168 in steps of /20).
 */
export const DOCKER_RANGES: readonly string[] = [
  ...['172.17.0.0/16', '172.18.0.0/15', '172.20.0.0/14', '172.24.0.0/13'],
  '192.168.0.0/16',
];

/** Ranges that this toolkit gives Docker instead ("dockerd", default-address-pools): no estate has them. */
export const DOCKER_POOL = BENCHMARK;
