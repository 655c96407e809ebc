/** Templates as engines give them back: read by who puts back what drifted. */

export interface TemplateResource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** Whether instances stand in it. */
export function hasHosts({ Resources = {} }: Template): boolean {
  return Object.values(Resources).some(({ Type }) => isHost(Type));
}

export const isHost = (type: string | undefined): boolean => type === 'AWS::EC2::Instance' || type === 'ALIYUN::ECS::Instance';

/** A tag of literal text. */
export function tagOf({ Tags }: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const found = (Array.isArray(Tags) ? Tags : []).find((tag: { Key?: unknown }) => tag?.Key === key) as
    | { Value?: unknown }
    | undefined;
  return typeof found?.Value === 'string' ? found.Value : undefined;
}

/** Name of a member's host: of its own resource, or of its instance, interface or disk by its number. */
export function hostOf({ Resources = {} }: Template, logicalId: string): string | undefined {
  const nameOf = ({ Properties = {} }: TemplateResource): string | undefined =>
    tagOf(Properties, 'Name') ?? (typeof Properties.InstanceName === 'string' ? Properties.InstanceName : undefined);
  const number = /^M(\d+)(?=[A-Z])/.exec(logicalId)?.[1];
  const hosts = Object.entries(Resources).filter(([, { Type }]) => /::(Instance|NetworkInterface)$/.test(Type ?? ''));
  const own =
    hosts.find(([id]) => id === logicalId) ??
    hosts.find(([id]) => number !== undefined && new RegExp(`^M${number}(?=[A-Z])`).test(id));
  return own && nameOf(own[1]);
}

/** Name of a member's volume: what its own name has behind its host's. */
export function volumeOf(template: Template, logicalId: string): string | undefined {
  const { Properties = {} } = template.Resources?.[logicalId] ?? {};
  const name = typeof Properties.DiskName === 'string' ? Properties.DiskName : tagOf(Properties, 'Name');
  const host = hostOf(template, logicalId);
  return name !== undefined && host !== undefined && name.startsWith(`${host}-`) ? name.slice(host.length + 1) : undefined;
}
