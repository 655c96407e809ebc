import type { Finding } from '../estate/findings/finding';
import type { ContainerMode } from '../estate/model/model';
import type { HostPart } from './host-parts';
import { findPublished } from './published-ports';

/** Ports that are to be published where containers have addresses of their own. */
export function publishedIn(parts: readonly HostPart[], mode: ContainerMode): Finding[] {
  return parts.flatMap(({ what, profile, text, at }) =>
    findPublished(text).map(({ line, written }) => ({
      ...at,
      code: 'PUBLISHED_PORT',
      severity: 'error' as const,
      path: what,
      message: `Profile ${profile}: ${what} publishes a port with ${written} (line ${line}), and containers here are \`${mode}\`.`,
      why: "Docker's iptables are off, because they would hide and drop what comes for a container's own address: nothing would be published.",
      fix: "Leave it out: others reach the port at the container's own address. For a port of the host write --network host, and the port in profile.yaml.",
    })),
  );
}
