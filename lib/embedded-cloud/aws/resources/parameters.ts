import type { JsonObject } from '../../../engine/json';
import { str } from '../../properties';
import { AwsError } from '../aws-error';
import { generatedName } from '../ids';
import type { Context, Handler } from './handler';
import { arn } from './values';

const put = (c: Context, name: string, p: JsonObject): void => {
  const value = str(p, 'Value') ?? '';
  c.region.parameters[name] = {
    name,
    type: str(p, 'Type') ?? 'String',
    value,
    version: (c.region.parameters[name]?.version ?? 0) + 1,
    modified: c.clock.now(),
  };
};

const attributes = (c: Context, name: string, p: JsonObject) => ({
  Type: str(p, 'Type') ?? 'String',
  Value: str(p, 'Value') ?? '',
  Arn: arn(c, 'ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`),
});

/** AWS::SSM::Parameter */
export const parameter: Handler = {
  create(c, p) {
    const name = str(p, 'Name') ?? generatedName('CFN', c.logicalId, 1000);
    if (str(p, 'Type') === 'SecureString')
      throw new AwsError('ValidationException', 'Secure strings can not be made by CloudFormation.');
    if (c.region.parameters[name])
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    put(c, name, p);
    return { physicalId: name, attributes: attributes(c, name, p) };
  },
  update(c, name, p) {
    put(c, name, p);
    return { attributes: attributes(c, name, p) };
  },
  delete(c, name) {
    delete c.region.parameters[name];
  },
  read(c, name, p) {
    const found = c.region.parameters[name];
    return found && { ...p, Value: found.value };
  },
};
