/** Stacks as they stand, read back from their engines: what a review compares with what is described. */
import { askEach } from './ask';
import type { Engines, StackWithMembers } from './engine';

/** A stack that stands; a review takes it as it is (lib/review/diff). */
export interface ReadBack {
  readonly path: string;
  readonly name: string;
  readonly provider: 'aws' | 'aliyun';
  readonly region: string;
  readonly template: Record<string, unknown>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly configurations: readonly { readonly fleet: string; readonly text: string }[];
}

/** Those of the stacks that stand. */
export async function readBack(stacks: readonly StackWithMembers[], engines: Engines): Promise<ReadBack[]> {
  const read = await askEach(stacks, engines, async (engine, stack): Promise<ReadBack[]> => {
    const [standing, template] = await Promise.all([engine.read(stack), engine.readTemplate(stack)]);
    if (standing === undefined || template === undefined) return [];
    const { provider, path, name, region } = stack;
    const configurations = (await engine.configurations?.(stack)) ?? [];
    return [{ path, name, provider, region, template, parameters: standing.parameters, configurations }];
  });
  return read.flat();
}
