/** Members of a stack that stands, read back from its template. The address of a member goes with its instance; its disks stay. */
import type { MemberOfStack } from '../../estate/standing/member-of-stack';
import { memberId } from '../names';

type Properties = Readonly<Record<string, unknown>>;

/** @param template as ROS has it; of anybody: what isn't as it is emitted is left out */
export function standingMembersOfStack(template: Readonly<Record<string, unknown>>): MemberOfStack[] {
  const found = new Map<number, MemberOfStack>();
  for (const [id, { Properties: own = {} }] of Object.entries(
    (template.Resources ?? {}) as Record<string, { Properties?: Properties }>,
  )) {
    const [, digits, rest = ''] = /^M(\d{1,6})(Instance|Volume)/.exec(id) ?? [];
    if (digits === undefined) continue;
    const number = Number(digits);
    const zone = typeof own.ZoneId === 'string' ? { zone: own.ZoneId } : {};
    if (rest === 'Volume') found.set(number, { number, ...zone, ...found.get(number) });
    else found.set(number, { ...found.get(number), number, ...zone, ...instanceOf(number, id, own) });
  }
  return [...found.values()];
}

function instanceOf(number: number, id: string, properties: Properties): Pick<MemberOfStack, 'instance' | 'address'> {
  const generation = Number(/InstanceG(\d{1,6})$/.exec(id)?.[1]);
  const { ImageId: image, KeyPairName: key, SystemDiskSize: rootGb, PrivateIpAddress: address } = properties;
  if (id !== memberId.instance(number, generation) || typeof image !== 'string' || typeof rootGb !== 'number') return {};
  return {
    instance: { generation, image, rootGb, ...(typeof key === 'string' ? { key } : {}) },
    ...(typeof address === 'string' ? { address } : {}),
  };
}
