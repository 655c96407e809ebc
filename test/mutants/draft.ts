/** An emission that is being changed: what a mutant writes on. */
import type { RehearsedStack } from '../../lib/rehearsal/stack';
import type { Anything } from '../estate/written';
import { type Emission, templateFile } from './emission';

export class Draft {
  private readonly templates = new Map<string, Anything>();
  private readonly files: Record<string, string>;
  private readonly stacks: RehearsedStack[];

  constructor(private readonly emission: Emission) {
    this.files = { ...emission.files };
    this.stacks = [...emission.stacks];
  }

  /** @throws when no stack of the path was emitted */
  template(path: string): Anything {
    const known = this.templates.get(path);
    if (known !== undefined) return known;
    const parsed = JSON.parse(this.stack(path).body);
    this.templates.set(path, parsed);
    return parsed;
  }

  /** @throws when there is none: a mutant that changes nothing proves nothing */
  resource(path: string, id: string): Anything {
    const resources = this.template(path).Resources;
    const found = resources[id] ?? resources[Object.keys(resources).find((one) => one.startsWith(id))!];
    if (found === undefined) throw new Error(`${path} has no resource ${id}`);
    return found;
  }

  properties(path: string, id: string): Anything {
    return this.resource(path, id).Properties;
  }

  /** Logical ids that begin so. */
  ids(path: string, begin: string | RegExp): string[] {
    const all = Object.keys(this.template(path).Resources);
    const found = all.filter((id) => (typeof begin === 'string' ? id.startsWith(begin) : begin.test(id)));
    if (found.length === 0) throw new Error(`${path} has no resource ${begin}`);
    return found;
  }

  remove(path: string, id: string | RegExp): void {
    const ids = this.ids(path, id);
    const { Resources, Outputs = {} } = this.template(path);
    for (const one of ids) delete Resources[one];
    for (const [name, output] of Object.entries<Anything>(Outputs))
      if (ids.some((one) => JSON.stringify(output.Value).includes(`"${one}"`))) delete Outputs[name];
    for (const resource of Object.values<Anything>(Resources))
      if (resource.DependsOn) resource.DependsOn = resource.DependsOn.filter((one: string) => !ids.includes(one));
  }

  /** How a stack is deployed, beside its template. */
  deployed(path: string): RehearsedStack {
    return this.stack(path);
  }

  policy(path: string): string {
    return this.stack(path).policyBody ?? '';
  }

  /** @param manifest and `other` say the same where files are read */
  deployedAs(
    path: string,
    change: Partial<RehearsedStack>,
    manifest: (text: string) => string,
    other?: { readonly path: RegExp; readonly edit: (text: string) => string },
  ): void {
    const at = this.stacks.findIndex((stack) => stack.path === path);
    this.stacks[at] = { ...this.stack(path), ...change };
    const name = this.stacks[at]!.provider === 'aws' ? 'cdk.out/manifest.json' : 'aliyun.out/manifest.json';
    if (other === undefined) {
      this.file(name, manifest);
      return;
    }
    const found = Object.keys(this.files).find((one) => other.path.test(one) && !one.includes('worker'));
    if (found === undefined) throw new Error(`no file ${other.path}`);
    this.file(found, other.edit);
  }

  file(path: string, edit: (text: string) => string): void {
    const text = this.files[path];
    if (text === undefined) throw new Error(`no file ${path}`);
    const edited = edit(text);
    if (edited === text) throw new Error(`nothing to edit in ${path}`);
    this.files[path] = edited;
  }

  /** Of a fleet whose members fetch theirs. */
  configuration(path: string, fleet: string, edit: (text: string) => string): void {
    const at = this.stacks.findIndex((stack) => stack.path === path);
    const stack = this.stack(path);
    const text = stack.configurations!.get(fleet)!;
    this.stacks[at] = { ...stack, configurations: new Map([...stack.configurations!, [fleet, edit(text)]]) };
    const found = Object.entries(this.files).find(([name, one]) => name.startsWith('aliyun.out') && one === text);
    if (found === undefined) throw new Error(`no file of the configuration of ${fleet}`);
    this.files[found[0]] = edit(text);
  }

  done(): Emission {
    const stacks = this.stacks.map((stack) => {
      const template = this.templates.get(stack.path);
      if (template === undefined) return stack;
      const body = JSON.stringify(template, null, 1);
      this.files[templateFile({ files: this.files }, stack)] = body;
      return { ...stack, body };
    });
    return { ...this.emission, files: this.files, stacks };
  }

  private stack(path: string): RehearsedStack {
    const found = this.stacks.find((stack) => stack.path === path);
    if (found === undefined) throw new Error(`no stack ${path}: ${this.stacks.map((one) => one.path).join(', ')}`);
    return found;
  }
}

/** Replaces in a text. @throws when it is not there */
export function replaced(from: string | RegExp, to: string): (text: string) => string {
  return (text) => {
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`nothing to replace: ${from}`);
    return edited;
  };
}
