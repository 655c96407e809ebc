/** ROS templates as they would stand once they are deployed: every reference is the id of what it means. */
import type { Origin } from '../../lib/reach/world';
import type { Files } from '../estate/arbitrary';

export interface Made {
  /** `aliyun/<region>/<stack>/<logical id>`, as every resource of a World is named. */
  readonly id: string;
  /** Logical id. */
  readonly name: string;
  readonly region: string;
  readonly from: Origin;
  /** Properties; a reference to nothing is a text that is nobody's id. */
  // biome-ignore lint/suspicious/noExplicitAny: properties of every type
  readonly value: Record<string, any>;
  /** The manifest says that its source/destination check is switched off. */
  readonly unchecked: boolean;
  /** The manifest says that hosts of this group reach each other by rule only. */
  readonly isolated: boolean;
}

interface Stack {
  readonly path: string;
  readonly name: string;
  readonly region: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, { readonly path: string; readonly output: string }>>;
  readonly members: readonly { readonly instance: string; readonly sourceDestCheck: boolean }[];
  readonly isolatedGroups?: readonly string[];
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Made['value'] }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** Everything that stands, by its type without `ALIYUN::`. */
export function deployed(files: Files): { of(type: string): readonly Made[] } {
  const manifest = files['aliyun.out/manifest.json'];
  const stacks = manifest === undefined ? [] : (JSON.parse(manifest) as { stacks: Stack[] }).stacks;
  const templates = new Map(stacks.map((s) => [s.path, JSON.parse(files[`aliyun.out/${s.template}`]!) as Template]));
  const byPath = new Map(stacks.map((stack) => [stack.path, stack]));

  const put = (value: unknown, stack: Stack): unknown => {
    if (Array.isArray(value)) return value.map((each) => put(each, stack));
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
    if (Ref !== undefined) return stack.parameters[Ref] === undefined ? idOf(Ref, stack) : given(stack.parameters[Ref]);
    if (attribute !== undefined) return idOf(attribute[0], stack) + (attribute[1] === 'RouteTableId' ? '.RouteTableId' : '');
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, put(each, stack)]));
  };
  const given = ({ path, output }: { readonly path: string; readonly output: string }): unknown => {
    const other = byPath.get(path);
    const found = templates.get(path)?.Outputs?.[output];
    return other === undefined || found === undefined ? `nothing: ${path} ${output}` : put(found.Value, other);
  };
  const idOf = (name: string, stack: Stack): string =>
    templates.get(stack.path)!.Resources[name] === undefined
      ? `nothing: ${stack.path} ${name}`
      : `aliyun/${stack.region}/${stack.name}/${name}`;

  const made = new Map<string, Made[]>();
  for (const stack of stacks) {
    const unchecked = stack.members.filter((member) => !member.sourceDestCheck).map((member) => member.instance);
    for (const [name, { Type, Properties = {} }] of Object.entries(templates.get(stack.path)!.Resources)) {
      const type = Type.replace(/^ALIYUN::/, '');
      const each: Made = {
        id: idOf(name, stack),
        name,
        region: stack.region,
        from: { stack: stack.path, logicalId: name },
        value: put(Properties, stack) as Made['value'],
        unchecked: unchecked.includes(name),
        isolated: (stack.isolatedGroups ?? []).includes(name),
      };
      made.set(type, [...(made.get(type) ?? []), each]);
    }
  }
  return { of: (type) => made.get(type) ?? [] };
}
