import { set } from '../../findings/remedy';
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
        const free = [...'fghijklmnop'].map((l) => `/dev/sd${l}`).find((d) => !fleet.volumes.some((v) => v.device === d));
        const example: Record<string, unknown> = { device: free, gb: 100, mount: `/srv/${volume.name}` };
        const message = `the volume "${volume.name}" lacks ${missing.join(' and ')}, and no profile of this fleet asks for a volume of that name`;
        return [
          {
            file: region.file,
            path: [...path, 'volumes', volume.name],
            message,
            write: [missing.flatMap((key) => set([...path, 'volumes', volume.name, key], example[key]))],
          },
        ];
      }),
    ),
};
