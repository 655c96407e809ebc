/** What parameters, resources, outputs, mappings and conditions have in common: a place in a template, and a logical id. */
import { Construct } from 'constructs';
import { type Section, Stack } from './stack';

/** Names that say nothing, as in the CDK: they don't stand in logical ids. */
const SILENT = new Set(['Default', 'Resource']);

export abstract class Element extends Construct {
  readonly stack: Stack;
  readonly logicalId: string;

  /** @param logicalId @default the ids on the path below the stack, joined, without what isn't a letter or digit */
  constructor(scope: Construct, id: string, section: Section, logicalId?: string) {
    super(scope, id);
    this.stack = Stack.of(this);
    this.logicalId = logicalId ?? idFromPath(this, this.stack);
    this.stack.put(section, this.logicalId, this.node.path, () => this.toJson());
  }

  /** What is written under the logical id. */
  protected abstract toJson(): unknown;

  /**
   * The logical id of a condition that this hangs on.
   *
   * @throws when the condition stands in another stack
   */
  protected conditionId(condition: Element | undefined): string | undefined {
    if (condition !== undefined && condition.stack !== this.stack) {
      throw new Error(
        `${this.node.path} can't be conditioned by ${condition.node.path}: it stands in stack ${condition.stack.stackName}`,
      );
    }
    return condition?.logicalId;
  }
}

/** No hash and no counter: an id moves only when its path does, and two paths that give one id are refused by the stack. */
function idFromPath(element: Construct, stack: Stack): string {
  const below = element.node.scopes.slice(stack.node.scopes.length);
  return below
    .map(({ node }) => node.id)
    .filter((id) => !SILENT.has(id))
    .map((id) => id.replace(/[^A-Za-z0-9]/g, ''))
    .join('');
}
