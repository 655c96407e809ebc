/** The stacks of `aliyun.out`: its manifest and their ROS templates, as they were written. */
import type { EstateSource } from '../../../estate/read/source';
import type { WorldFault } from '../../world';
import { ALIYUN, type Mappings, type ParameterSource, parse, readFile, type Stack } from '../assembly';

interface Manifest {
  readonly stacks?: readonly {
    readonly path: string;
    readonly name: string;
    readonly region: string;
    /** What the estate calls it. @default - the same */
    readonly place?: string;
    readonly template: string;
    readonly parameters?: Readonly<Record<string, ParameterSource>>;
    readonly isolatedGroups?: readonly string[];
    readonly configurations?: readonly { readonly fleet: string; readonly file: string }[];
    readonly members?: readonly { readonly instance: string; readonly sourceDestCheck?: boolean }[];
  }[];
}

/**
 * Stacks sorted by path; none where nothing of Aliyun was emitted.
 *
 * @param folder inside the source, usually `aliyun.out`
 */
export function readRosAssembly(files: EstateSource, folder: string, faults: WorldFault[]): Stack[] {
  if (files.list(folder) === undefined) return [];
  const manifest = parse(files, `${folder}/manifest.json`, faults) as Manifest | undefined;
  const stacks = (manifest?.stacks ?? []).flatMap(
    ({
      path,
      name,
      region,
      place = region,
      template: file,
      parameters,
      members,
      isolatedGroups,
      configurations = [],
    }): Stack[] => {
      const template = parse(files, `${folder}/${file}`, faults) as
        | { readonly Resources?: Stack['resources']; readonly Outputs?: Stack['outputs']; readonly Mappings?: Mappings }
        | undefined;
      if (template === undefined) return [];
      return [
        {
          path,
          name,
          account: ALIYUN,
          region,
          prefix: `${ALIYUN}/${region}/${name}/`,
          resources: template.Resources ?? {},
          outputs: template.Outputs ?? {},
          mappings: template.Mappings ?? {},
          configurations: new Map(
            configurations.flatMap(({ fleet, file: text }) => {
              const read = readFile(files, `${folder}/${text}`, faults);
              return read === undefined ? [] : [[`${place}-${fleet.replace('/', '-')}`, read] as const];
            }),
          ),
          parameters: parameters ?? {},
          isolatedGroups: new Set(isolatedGroups),
          uncheckedInstances: new Set((members ?? []).filter((m) => m.sourceDestCheck === false).map((m) => m.instance)),
        },
      ];
    },
  );
  return stacks.sort((a, b) => (a.path < b.path ? -1 : 1));
}
