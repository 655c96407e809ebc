import { EngineError } from '../../../engine/engine-error';
import { type Backend, place } from '../../backend';
import { ec2Answer, jsonAnswer, queryAnswer } from '../../http/answers';
import type { CloudRequest, CloudResponse } from '../../http/exchange';
import { parseForm, text } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import { AwsError } from '../aws-error';
import { failure, familyOf } from '../signature/refusals';
import { authorize, resourceOf } from './authorize';
import { autoScaling } from './autoscaling';
import { cloudFormation } from './cloudformation';
import { ec2 } from './ec2';
import { loadBalancing } from './elb';
import { jsonService } from './json-services';
import { s3 } from './s3';
import { secretArn } from './secrets';
import { sts } from './sts';

const namespaces = {
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  elasticloadbalancing: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
};

/** Answers one request: the service is the one of its signature's scope. */
export async function dispatch(
  backend: Backend,
  request: CloudRequest,
  unexpected: (error: unknown) => void,
): Promise<CloudResponse> {
  const asAws = (e: unknown): EngineError => {
    if (e instanceof EngineError) return e;
    unexpected(e);
    return new AwsError('InternalFailure', e instanceof Error ? e.message : String(e), 500);
  };
  if (request.service === 's3') {
    try {
      return await s3(backend, request);
    } catch (e) {
      return failure('s3', request, asAws(e));
    }
  }
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    try {
      const region = place(backend, request);
      const input = JSON.parse(request.body.toString('utf8') || '{}');
      const service = ['secretsmanager', 'kms'].find((each) => each === request.service) ?? 'ssm';
      const action = target.split('.').pop();
      const secret = service === 'secretsmanager' ? secretArn(region, String(input.SecretId)) : undefined;
      authorize(backend, request, `${service}:${action}`, secret);
      return jsonAnswer(jsonService(backend, region, target, input));
    } catch (e) {
      return failure('json', request, asAws(e));
    }
  }
  return query(backend, request, asAws);
}

async function query(backend: Backend, request: CloudRequest, asAws: (e: unknown) => EngineError): Promise<CloudResponse> {
  const form = parseForm(request.method === 'GET' ? request.query.toString() : request.body.toString('utf8'));
  const action = text(form, 'Action') ?? '';
  const { requestId } = request;
  const region = place(backend, request);
  const service = request.service as keyof typeof namespaces;
  const namespace = namespaces[service];
  try {
    authorize(backend, request, `${request.service}:${action}`, resourceOf(backend, request, action, form));
    let result: XmlValue;
    if (service === 'cloudformation') result = await cloudFormation(backend, region, action, form);
    else if (service === 'sts') result = sts(backend, request, action, form);
    else if (service === 'autoscaling') result = autoScaling(backend, region, action, form);
    else if (service === 'elasticloadbalancing') result = loadBalancing(region, action, form);
    else if (service === 'ec2') return ec2Answer(namespace, action, ec2(backend, region, action, form), requestId);
    else throw new AwsError('InvalidAction', `The service ${request.service} is not in the embedded cloud`);
    return queryAnswer(namespace, action, result, requestId);
  } catch (e) {
    return failure(familyOf(service, request), request, asAws(e), namespace);
  }
}
