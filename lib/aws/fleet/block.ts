/** Emission of resources as one block: the same template as L1 constructs make, at a fraction of their CPU and memory. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CfnElement, type IResolvable, type IResolveContext } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { withTemporaryFolder } from '../../disk/scratch';
import { ResourceReference } from '../references';
import { withoutStackOutputs } from '../stack-outputs';
import { TagCollector, type TagRenderer } from '../tags';
import type { TemplateFragment, TemplateResource, TemplateTag } from '../template';

export interface BlockProps {
  /** Makes the resources when they are written, so that nothing is kept before. Pure. */
  readonly fragment: () => TemplateFragment;
  /** What `fragment` is made from. Tokens in it are resolved; without any, CDK is spared two walks of three. */
  readonly inputs: unknown;
  /** Types among the resources that take CDK's tags. */
  readonly tagged: readonly string[];
  /**
   * Emit CDK's L1 constructs instead of the block: the same logical ids and the same bytes, for aspects, cdk-nag and
   * escape hatches, at 8 times the CPU.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/** Context key under which CDK's CLI asks for `aws:cdk:path`. */
const PATH_METADATA = 'aws:cdk:enable-path-metadata';

/** Resources of one construct. */
export class Block extends Construct {
  private readonly include?: CfnInclude;
  private readonly references = new Map<string, ResourceReference>();

  constructor(scope: Construct, id: string, props: BlockProps) {
    super(scope, id);
    if (props.expand === true) this.include = this.expand(props.fragment());
    else new BlockElement(this, RESOURCES, props);
  }

  /** A token for the resource's `Ref`. In another stack CDK turns it into an export and an import. */
  refOf(logicalId: string): string {
    if (this.include !== undefined) return this.include.getResource(logicalId).ref;
    let reference = this.references.get(logicalId);
    if (reference === undefined) {
      reference = new ResourceReference(this, `Ref${logicalId}`, logicalId);
      this.references.set(logicalId, reference);
    }
    return reference.ref;
  }

  /** CDK's own reading of the block's template, so that nothing is written twice. It reads files only. */
  private expand(fragment: TemplateFragment): CfnInclude {
    return withTemporaryFolder('block', (folder) => {
      const templateFile = join(folder, 'block.json');
      const { template, parameters } = withoutStackOutputs(withPaths(fragment, this));
      writeFileSync(templateFile, JSON.stringify(template));
      // Loaded when it is needed: it loads half of CDK.
      const { CfnInclude } = require('aws-cdk-lib/cloudformation-include') as typeof import('aws-cdk-lib/cloudformation-include');
      return new CfnInclude(this, RESOURCES, { templateFile, parameters });
    });
  }
}

/** Part of every resource's path, with and without `expand`. */
const RESOURCES = 'Resources';

class BlockElement extends CfnElement {
  private readonly collectors: ReadonlyMap<string, TagCollector>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BlockProps,
  ) {
    super(scope, id);
    this.collectors = new Map(props.tagged.map((type) => [type, new TagCollector(this, type)]));
  }

  /**
   * CDK resolves what stands here three times: to find references, to render, and once more with the whole template.
   * Without tokens the first has nothing to find, and the second nothing to do.
   */
  override _toCloudFormation(): object {
    const tags = [...this.collectors.values()].map((collector) => collector.cdkTagManager.tagValues());
    if (mayHoldTokens([this.props.inputs, tags])) return this.render();
    const block: IResolvable = {
      creationStack: [],
      resolve: (context: IResolveContext) => {
        if (context.preparing) return undefined;
        const rendered = this.render();
        context.registerPostProcessor({ postProcess: () => rendered });
        return undefined;
      },
    };
    return block;
  }

  private render(): TemplateFragment {
    const fragment = this.props.fragment();
    const resources = Object.entries(fragment.Resources);
    const tags = this.tagRenderers(resources);
    if (tags.size === 0) return withPaths(fragment, this.node.scope!);
    const rendered: Record<string, TemplateResource> = {};
    for (const [logicalId, resource] of resources) {
      const render = tags.get(resource.Type);
      rendered[logicalId] = render === undefined ? resource : withTags(resource, render(ownTags(resource)));
    }
    return withPaths({ ...fragment, Resources: rendered }, this.node.scope!);
  }

  /** By type; types whose resources keep their own tags are left out. */
  private tagRenderers(resources: readonly (readonly [string, TemplateResource])[]) {
    const keys = new Map([...this.collectors.keys()].map((type) => [type, new Set<string>()]));
    for (const [, resource] of resources) {
      const known = keys.get(resource.Type);
      if (known !== undefined) for (const tag of ownTags(resource)) known.add(tag.Key);
    }
    const renderers = new Map<string, TagRenderer>();
    for (const [type, known] of keys) {
      const renderer = this.collectors.get(type)!.renderer(known);
      if (renderer !== undefined) renderers.set(type, renderer);
    }
    return renderers;
  }
}

/** `aws:cdk:path` on every resource when the app asks for it. `CfnInclude` doesn't add it by itself. */
function withPaths(fragment: TemplateFragment, block: IConstruct): TemplateFragment {
  if (!block.node.tryGetContext(PATH_METADATA)) return fragment;
  const path = `${block.node.path}/${RESOURCES}`;
  const resources = Object.entries(fragment.Resources).map(([id, resource]) => [
    id,
    { ...resource, Metadata: { ...resource.Metadata, 'aws:cdk:path': `${path}/${id}` } },
  ]);
  return { ...fragment, Resources: Object.fromEntries(resources) };
}

function ownTags(resource: TemplateResource): readonly TemplateTag[] {
  return (resource.Properties?.Tags as readonly TemplateTag[] | undefined) ?? [];
}

/** L1 constructs write properties in alphabetical order; tags that nobody had before go where they would stand there. */
function withTags(resource: TemplateResource, tags: readonly TemplateTag[]): TemplateResource {
  const { Tags, ...rest } = resource.Properties ?? {};
  if (tags.length === 0) return Tags === undefined ? resource : { ...resource, Properties: rest };
  if (Tags !== undefined) return { ...resource, Properties: { ...resource.Properties, Tags: tags } };
  const sorted = Object.entries({ ...rest, Tags: tags }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...resource, Properties: Object.fromEntries(sorted) };
}

/** String, list and number tokens as CDK encodes them, and token objects as they print. Reading a false one costs time only. */
function mayHoldTokens(inputs: unknown): boolean {
  const text = JSON.stringify(inputs);
  return text.includes('Token[') || text.includes('e+289') || text.includes('<unresolved-token>');
}
