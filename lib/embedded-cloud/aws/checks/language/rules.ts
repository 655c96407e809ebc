import { isObject } from '../../../../engine/json';
import type { Template } from '../../../../engine/template';

/** What is wrong with the form of Rules: each asserts something ("CloudFormation template Rules syntax"). */
export const ruleFaults = ({ Rules }: Template): string[] =>
  Object.entries(Rules).flatMap(([name, rule]) => {
    const assertions = isObject(rule) && Array.isArray(rule.Assertions) ? rule.Assertions : [];
    const right = assertions.length > 0 && assertions.every((a) => isObject(a) && a.Assert !== undefined);
    return right ? [] : [`Template format error: Rule ${name} must have Assertions, each with an Assert`];
  });
