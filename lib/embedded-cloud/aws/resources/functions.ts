import { isObject, type Json, type JsonObject } from '../../../engine/json';
import { NAMES } from '../../../facts/aws/names';
import { num, obj, str } from '../../properties';
import { AwsError } from '../aws-error';
import { generatedName } from '../ids';
import type { LambdaFunction } from '../world/functions';
import type { Context, Handler } from './handler';
import { arn, must, tagsOf } from './values';

/** Code in a template, bytes ("AWS::Lambda::Function Code"). */
const INLINE = 4 * 1024 * 1024;

const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);

/** Whether a role's trust names Lambda. */
const trustsLambda = (trust: JsonObject): boolean =>
  [trust.Statement as Json].flat().some((s) => {
    const principal = isObject(s) && isObject(s.Principal) ? s.Principal.Service : undefined;
    return [principal].flat().some((x) => String(x) === 'lambda.amazonaws.com');
  });

function roleOf(c: Context, text: string): string {
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(text)) throw invalid(`Value '${text}' at 'role' failed to satisfy constraint`);
  const found = Object.values(c.account.roles).find((r) => r.arn === text);
  if (!found || !trustsLambda(found.trust)) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  return text;
}

/** Code that stands in the template, of a runtime that can run here. */
function codeOf(p: JsonObject): Pick<LambdaFunction, 'code' | 'runtime' | 'handler'> {
  const code = str(obj(p, 'Code') ?? {}, 'ZipFile');
  if (code === undefined)
    throw invalid('Functions whose code is not in the template (Code.ZipFile) are not in the embedded cloud');
  if (Buffer.byteLength(code) > INLINE) throw invalid(`Code in a template is limited to ${INLINE} bytes`);
  const runtime = str(p, 'Runtime');
  const handler = str(p, 'Handler');
  if (runtime === undefined || handler === undefined)
    throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  if (!/^nodejs\d+\.x$/.test(runtime))
    throw invalid(`Functions of runtime ${runtime} are not in the embedded cloud: Node.js only`);
  // Code in a template becomes a file `index` ("AWS::Lambda::Function Code").
  if (!/^index\.\w+$/.test(handler))
    throw invalid(`Handler '${handler}' is not in the file 'index', which is all that the code has.`);
  return { code, runtime, handler };
}

const between = (p: JsonObject, key: string, least: number, most: number, usual: number): number => {
  const n = num(p, key) ?? usual;
  if (n >= least && n <= most) return n;
  throw invalid(`Value '${n}' at '${key}' failed to satisfy constraint: Member must be between ${least} and ${most}`);
};

function settings(c: Context, p: JsonObject): Omit<LambdaFunction, 'name' | 'arn'> {
  const variables = obj(obj(p, 'Environment') ?? {}, 'Variables') ?? {};
  const reserved = Object.keys(variables).find((k) => /^(AWS_(?!ENDPOINT_URL)|_HANDLER$|LAMBDA_)/.test(k));
  if (reserved !== undefined)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved}`,
    );
  return {
    role: roleOf(c, str(p, 'Role') ?? ''),
    ...codeOf(p),
    timeout: between(p, 'Timeout', 1, 900, 3),
    memory: between(p, 'MemorySize', 128, 10_240, 128),
    environment: Object.fromEntries(Object.entries(variables).map(([k, v]) => [k, String(v)])),
    tags: tagsOf(c, p.Tags),
  };
}

const attributesOf = (f: LambdaFunction) => ({ Arn: f.arn });

/** AWS::Lambda::Function with its code in the template: run in a process of its own when a custom resource calls it. */
export const lambdaFunction: Handler = {
  create(c, p) {
    const name =
      str(p, 'FunctionName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::Lambda::Function FunctionName'].most);
    if (c.region.functions[name]) throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    const made: LambdaFunction = { name, arn: arn(c, 'lambda', `function:${name}`), ...settings(c, p) };
    c.region.functions[name] = made;
    return { physicalId: name, attributes: attributesOf(made) };
  },
  update(c, name, p) {
    const found = must(c.region.functions, name, 'ResourceNotFoundException', `Function not found: ${name}`);
    Object.assign(found, settings(c, p));
    return { attributes: attributesOf(found) };
  },
  delete(c, name) {
    delete c.region.functions[name];
  },
  read: (c, name, p) => c.region.functions[name] && p,
};
