/** Values that a stack needs of others, of whichever cloud: read from their engines right before it is deployed. */
import type { StackOutput } from '../aliyun/assembly';
import { cloudRegionId } from '../facts/region';
import { DeployError } from './deploy-error';
import type { DeployingEngines, DeployStack, StandingStack } from './engine';

/** Reads each stack once. */
export class StackOutputs {
  private readonly read = new Map<string, Promise<StandingStack | undefined>>();

  constructor(private readonly engines: DeployingEngines) {}

  /**
   * Values of a stack's parameters.
   *
   * @throws DeployError naming the stack that is to be deployed first
   */
  async of(stack: Pick<DeployStack, 'path' | 'parameters'>): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const [name, from] of Object.entries(stack.parameters)) {
      const value = await this.value(from);
      if (value !== undefined) values[name] = value;
      else throw await this.missing(stack.path, name, from);
    }
    return values;
  }

  /** For a preview: what isn't there yet is left out. */
  async known(stack: Pick<DeployStack, 'parameters'>): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const [name, from] of Object.entries(stack.parameters)) {
      const value = await this.value(from);
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  /** What was read of it is no longer true. */
  forget(path: string): void {
    this.read.delete(path);
  }

  private async value(from: StackOutput): Promise<string | undefined> {
    return (await this.standing(from))?.outputs[from.output];
  }

  private standing(from: StackOutput): Promise<StandingStack | undefined> {
    const known = this.read.get(from.path);
    if (known !== undefined) return known;
    const engine = this.engines.get(from.provider);
    if (engine === undefined) throw new Error(`no engine for ${from.provider}`);
    const place = { provider: from.provider, path: from.path, name: from.stack, cloudRegion: cloudRegionId(from.region) };
    const read = engine.read(place).catch((error) => {
      throw engine.explain(error, place);
    });
    this.read.set(from.path, read);
    // A failed read is asked again by the next who needs it.
    read.catch(() => this.read.delete(from.path));
    return read;
  }

  private async missing(path: string, parameter: string, from: StackOutput): Promise<DeployError> {
    const stands = (await this.standing(from)) !== undefined;
    const what = stands ? `${from.path} stands without its output ${from.output}` : `${from.path} does not stand`;
    return new DeployError(
      'OUTPUT_MISSING',
      `${path} needs ${from.output} of ${from.path} (${from.provider}) for its parameter ${parameter}, and ${what}`,
      `deploy ${from.path} first: ${deployCommand(from.path)}`,
    );
  }
}

/** How a person deploys the unit that a stack belongs to. */
export function deployCommand(path: string): string {
  const [first, second] = path.split('/');
  return first === 'links' ? `meissa deploy --links ${second}` : `meissa deploy ${first}`;
}
