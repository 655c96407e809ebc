/** Members as a version emitted them that put no gates between members which do not vote. */
import type { Anything } from '../estate/written';

/** Changes a template of members: the next one waits until the one before runs. */
export function ungate({ Resources }: Anything): void {
  for (const [id, { Type, Properties, ...rest }] of Object.entries<Anything>(Resources)) {
    if (Type === 'AWS::CloudFormation::WaitCondition') delete Resources[id];
    if (Type !== 'AWS::EC2::Instance') continue;
    Properties.Tags = Properties.Tags.filter(({ Key }: { Key: string }) => Key !== 'meissa:gate');
    Resources[id] = {
      Type,
      Properties,
      ...rest,
      ...(rest.DependsOn && { DependsOn: rest.DependsOn.map((on: string) => on.replace(/Gate.*/, 'InstanceG1')) }),
    };
  }
}
