import { EngineError } from '../../../engine/engine-error';
import { uuid } from '../../../engine/ids';

const services: Record<string, string> = {
  EC2: 'Ec2',
  AutoScaling: 'AutoScaling',
  IAM: 'Iam',
  S3: 'S3',
  KMS: 'Kms',
  Logs: 'CloudWatchLogs',
  CloudWatch: 'CloudWatch',
  SSM: 'Ssm',
  SNS: 'Sns',
  ECR: 'Ecr',
  DirectConnect: 'DirectConnect',
  Lambda: 'Lambda',
};

/** A failure as CloudFormation writes it into the history, with the service's own error code. */
export function reasonOf(error: unknown, type: string): string {
  if (!(error instanceof EngineError)) return error instanceof Error ? `Internal Failure: ${error.message}` : String(error);
  const service = services[type.split('::')[1] ?? ''];
  if (error.code === 'ValidationError' || !service) return error.message;
  return `${error.message} (Service: ${service}; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${uuid()}; Proxy: null)`;
}
