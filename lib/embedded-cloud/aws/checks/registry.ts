/**
 * CloudFormation Validate (AWS's own, which the CDK carries and `lib/aws/template-check` asks as well): the registry's schemas with
 * enums, patterns, ranges and what excludes what, and rules beside them. Made at the first template that a server is sent: it takes over
 * a second and 300 MB.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

interface Diagnostic {
  readonly ruleId: string;
  readonly severity: 'FATAL' | 'ERROR' | 'WARN';
  readonly message: string;
  readonly propertyPath?: string;
  readonly entity?: { readonly logicalId?: string };
}

/** What is used of it; the CDK bundles it, so that its own types can't be imported. */
interface Validator {
  validateTemplate(template: unknown, config: object): { readonly diagnostics: readonly Diagnostic[] };
}
interface Package {
  readonly CompositeEngine: new () => Validator;
  readonly TemplateContent: new (text: string, name: string) => unknown;
}

/** Where a template is sent to, and with which values. */
export interface Asked {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Warnings that are refusals: what no schema has in its enum, functions that don't exist or can't be called so, parameter types and rules'
 * keys that don't exist, lists that hold something twice, merge keys. It warns because a service
 * may know more than the schema that it ships; cfn-lint counts them as errors too.
 */
const REFUSED_WARNINGS = new Set(['W1100', 'W1102', 'W1103', 'W2002', 'W3030', 'W8602', 'W8608', 'W9007']);

/** What is said better here: documents (policies.ts knows `Fn::If` that leaves a statement out), and networks with bits of the host. */
const OURS = new Set(['E3510', 'E3511', 'E3512', 'E3513', 'E3530']);

/** Templates whose answers are remembered. */
const REMEMBERED = 200;

let made: { readonly validator: Validator; readonly of: Package } | undefined;
const answers = new Map<string, readonly string[]>();

function validator(): { readonly validator: Validator; readonly of: Package } {
  if (made) return made;
  const of = createRequire(require.resolve('aws-cdk-lib'))('@aws/cloudformation-validate') as Package;
  made = { validator: new of.CompositeEngine(), of };
  return made;
}

/** What the registry refuses of a template, in words with the rule, the resource and the path. */
export function registryFaults(body: string, asked: Asked): readonly string[] {
  const key = createHash('sha256')
    .update(JSON.stringify([body, asked]))
    .digest('hex');
  const known = answers.get(key);
  if (known) return known;
  const { validator: engine, of } = validator();
  const { account: accountId, region, partition, parameters: parameterOverrides } = asked;
  const { diagnostics } = engine.validateTemplate(new of.TemplateContent(body, 'template'), {
    detailLevel: 'STANDARD',
    severityLevel: 'WARN',
    parameterOverrides,
    pseudoParameterOverrides: { accountId, region, partition },
  });
  const faults = diagnostics
    .filter(({ ruleId, severity }) => (severity === 'WARN' ? REFUSED_WARNINGS.has(ruleId) : !OURS.has(ruleId)))
    .map(
      ({ ruleId, entity, propertyPath, message }) =>
        `${[entity?.logicalId, propertyPath].filter(Boolean).join('.') || 'template'}: ${message} (${ruleId})`,
    );
  if (answers.size >= REMEMBERED) answers.delete(answers.keys().next().value as string);
  answers.set(key, faults);
  return faults;
}
