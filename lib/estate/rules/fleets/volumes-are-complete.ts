import { membersFleets, type Problem, type Rule } from '../rule';

/** A volume that no profile asks for says everything about itself. Source: "AWS::EC2::Volume". */
export const volumesAreComplete: Rule = {
  code: 'VOLUME_INCOMPLETE',
  title: 'A volume has a device, a size and a mount, of its own or from its profile.',
  why: 'a disk that is attached and mounted nowhere holds nothing',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) =>
      fleet.volumes.flatMap((volume): Problem[] => {
        const missing = [...(volume.device ? [] : ['device']), ...(volume.gb ? [] : ['gb']), ...(volume.mount ? [] : ['mount'])];
        if (missing.length === 0) return [];
        const message = `the volume "${volume.name}" lacks ${missing.join(' and ')}, and no profile of this fleet asks for a volume of that name`;
        return [
          {
            file: region.file,
            path: [...path, 'volumes', volume.name],
            message,
            fix: 'write for example `{ device: /dev/sdg, gb: 100, type: gp3, mount: /srv/data }`',
          },
        ];
      }),
    ),
};
