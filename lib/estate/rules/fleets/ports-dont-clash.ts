import { remove } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import type { ProfilePort } from '../../model/profile';
import { type Problem, type ProfilePlace, profilePlaces, type Rule } from '../rule';

/** Two profiles of one host listen on different ports. Source: bind(2), EADDRINUSE. */
export const portsDontClash: Rule = {
  code: 'PORT_CLASH',
  title: 'No two profiles of a fleet or rack listen on the same port.',
  why: 'the second process to start fails, and which one that is changes from boot to boot',
  check: (estate) =>
    profilePlaces(estate).flatMap((place) => {
      const { file, path } = place;
      const ports = listening(estate, place);
      return ports.flatMap((port, i): Problem[] => {
        const other = ports.slice(0, i).find((o) => o.profile !== port.profile && clash(o.port, port.port));
        if (other === undefined) return [];
        const message = `${port.profile} and ${other.profile} both listen on ${port.port.protocol} ${Math.max(port.port.port, other.port.port)}`;
        return [
          {
            file,
            path: [...path, 'profiles', port.index],
            message,
            write: [remove([...path, 'profiles', port.index])],
            fix: `and give ${port.profile} to other hosts, or change a port in its profile.yaml`,
          },
        ];
      });
    }),
};

interface Listening {
  readonly profile: string;
  readonly index: number;
  readonly port: ProfilePort;
}

function listening(estate: Estate, { profiles, votes }: ProfilePlace): Listening[] {
  return profiles.flatMap((profile, index) =>
    (estate.profiles.get(profile)?.ports ?? []).filter((p) => p.on === 'all' || votes).map((port) => ({ profile, index, port })),
  );
}

function clash(a: ProfilePort, b: ProfilePort): boolean {
  return a.protocol === b.protocol && a.port <= (b.toPort ?? b.port) && b.port <= (a.toPort ?? a.port);
}
