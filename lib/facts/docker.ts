/** What Docker does without being asked. */
import { BENCHMARK } from './ranges';

/** The network of docker0 where nobody says another one ("Bridge network driver", default address pools; moby, libnetwork/ipamutils). */
export const DOCKER_BRIDGE = '172.17.0.0/16';

/**
 * Ranges that docker0 and the first six networks beside it take, where the host itself has no route to them: one of another place goes
 * in them without a word. From the eighth on docker goes on with 172.24 to 172.31 and 192.168 in steps of /20, which a host of units in
 * the host's network doesn't come to ("Networking overview", Subnet allocation; moby, libnetwork/ipamutils).
 */
export const DOCKER_RANGES: readonly string[] = [DOCKER_BRIDGE, '172.18.0.0/15', '172.20.0.0/14'];

/** What this toolkit gives docker instead ("dockerd", default-address-pools): no estate has them. */
export const DOCKER_POOL = BENCHMARK;
