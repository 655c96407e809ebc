/** Members of a stack that stands, read back from its template. */
import type { MemberOfStack } from '../../estate/standing/member-of-stack';
import { memberId } from '../names';

type Properties = Readonly<Record<string, unknown>>;

/** @param template as CloudFormation has it; of anybody: what isn't as it is emitted is left out */
export function standingMembersOfStack(template: Readonly<Record<string, unknown>>): MemberOfStack[] {
  const resources = Object.entries((template.Resources ?? {}) as Record<string, { Properties?: Properties }>);
  return resources.flatMap(([id, { Properties: own = {} }]) => {
    const number = Number(/^M(\d{1,6})Interface$/.exec(id)?.[1]);
    if (!Number.isSafeInteger(number)) return [];
    const { PrivateIpAddress: address } = own;
    const instance = resources.flatMap(([other, { Properties: found = {} }]) => instanceOf(number, other, found))[0];
    return [{ number, ...(typeof address === 'string' ? { address } : {}), ...(instance === undefined ? {} : { instance }) }];
  });
}

function instanceOf(number: number, id: string, properties: Properties): NonNullable<MemberOfStack['instance']>[] {
  const generation = Number(/InstanceG(\d{1,6})$/.exec(id)?.[1]);
  if (id !== memberId.instance(number, generation)) return [];
  const { ImageId: image, KeyName: key, BlockDeviceMappings: disks } = properties;
  const rootGb = (disks as { Ebs?: { VolumeSize?: unknown } }[] | undefined)?.[0]?.Ebs?.VolumeSize;
  if (typeof image !== 'string' || typeof rootGb !== 'number') return [];
  return [{ generation, image, rootGb, ...(typeof key === 'string' ? { key } : {}) }];
}
