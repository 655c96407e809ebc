/** Values by two names, said once and used by many resources. */
import type { Construct } from 'constructs';
import { Element } from './element';
import { findInMap } from './functions';
import { own } from './owners';
import type { FindInMapFunction, RosMappingJson, Value } from './template';

export interface MappingProps {
  /** @default from the construct's path */
  readonly logicalId?: string;
  readonly map: RosMappingJson;
}

export class Mapping extends Element {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MappingProps,
  ) {
    super(scope, id, 'Mappings', props.logicalId);
  }

  /** @throws when both names are literals and the mapping has no such value */
  find(top: Value<string>, second: Value<string>): FindInMapFunction {
    if (typeof top === 'string' && typeof second === 'string' && this.props.map[top]?.[second] === undefined) {
      throw new Error(`the mapping ${this.logicalId} has no ${top}.${second}`);
    }
    return own(findInMap(this.logicalId, top, second), this.stack);
  }

  protected toJson(): RosMappingJson {
    return this.props.map;
  }
}
