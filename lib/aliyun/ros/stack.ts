/** A ROS stack as a construct: it gathers what its children are and says it as one template. */
import { Construct } from 'constructs';
import { written } from './owners';
import { FORMAT_VERSION, type RosTemplate } from './template';

export interface StackProps {
  /** ROS's name of the stack: a letter, then letters, digits, `-` and `_`; at most 255. @default the construct's id */
  readonly stackName?: string;
  readonly region: string;
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Sections in the order in which they are written. */
export const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;
export type Section = (typeof SECTIONS)[number];

interface Entry {
  /** Who put it there, for the message when another does it again. */
  readonly from: string;
  readonly value: () => unknown;
}

/** Source: ROS, "CreateStack": StackName. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,254}$/;
/** Letters and digits; ROS takes nothing else for parameters. Source: ROS, "Parameters". */
const LOGICAL_ID = /^[A-Za-z][A-Za-z0-9]{0,254}$/;

export class Stack extends Construct {
  /** The stack that a construct stands in. */
  static of(construct: Construct): Stack {
    for (let at: Construct | undefined = construct; at !== undefined; at = at.node.scope as Construct | undefined) {
      if (at instanceof Stack) return at;
    }
    throw new Error(`${construct.node.path} stands in no ROS stack: make it below a Stack of lib/aliyun/ros`);
  }

  readonly stackName: string;
  readonly region: string;
  private readonly description: string | undefined;
  private readonly metadata: Readonly<Record<string, unknown>> | undefined;
  private readonly sections = new Map<Section, Map<string, Entry>>(SECTIONS.map((section) => [section, new Map()]));

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id);
    this.stackName = props.stackName ?? id;
    this.region = props.region;
    this.description = props.description;
    this.metadata = props.metadata;
    if (!STACK_NAME.test(this.stackName)) {
      throw new Error(`${this.stackName} is no name of a ROS stack: write a letter, then letters, digits, - and _, at most 255`);
    }
  }

  /**
   * Puts one thing into the template; constructs and `addFragment` call it.
   *
   * @param from who puts it there
   * @param value asked when the template is made
   * @throws when the logical id is taken, or isn't one
   */
  put(section: Section, logicalId: string, from: string, value: () => unknown): void {
    if (!LOGICAL_ID.test(logicalId)) {
      throw new Error(
        `"${logicalId}" of ${from} can't be a logical id: write a letter, then letters and digits, at most 255 (logicalId says it explicitly)`,
      );
    }
    const other = this.taken(section, logicalId);
    if (other !== undefined) {
      throw new Error(`${logicalId} stands twice in stack ${this.stackName}: from ${other.from} and from ${from}`);
    }
    this.sections.get(section)!.set(logicalId, { from, value });
  }

  /** The template. The same for the same children, in whatever order they were made. */
  toTemplate(): RosTemplate {
    const template: Record<string, unknown> = { ROSTemplateFormatVersion: FORMAT_VERSION };
    if (this.description !== undefined) template.Description = this.description;
    if (this.metadata !== undefined) template.Metadata = written(this.metadata, this, 'Metadata');
    for (const [section, entries] of this.sections) {
      if (entries.size === 0 && section !== 'Resources') continue;
      const all: Record<string, unknown> = {};
      for (const id of [...entries.keys()].sort()) all[id] = written(entries.get(id)!.value(), this, `${section}.${id}`);
      template[section] = all;
    }
    return template as unknown as RosTemplate;
  }

  /** A `Ref` doesn't say whether it means a parameter or a resource, so these share their names. */
  private taken(section: Section, logicalId: string): Entry | undefined {
    const own = this.sections.get(section)!.get(logicalId);
    if (own !== undefined || (section !== 'Resources' && section !== 'Parameters')) return own;
    return this.sections.get(section === 'Resources' ? 'Parameters' : 'Resources')!.get(logicalId);
  }
}
