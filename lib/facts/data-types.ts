/** Types whose loss is a loss of data, as people call them. */
export const HOLDS_DATA: Readonly<Record<string, string>> = {
  'AWS::EC2::Volume': 'volume',
  'AWS::S3::Bucket': 'bucket',
  'AWS::KMS::Key': 'key',
  'AWS::SSM::Parameter': 'parameter',
  'AWS::Logs::LogGroup': 'log group',
  'ALIYUN::ECS::Disk': 'disk',
  'ALIYUN::OSS::Bucket': 'bucket',
  'ALIYUN::KMS::Key': 'key',
  'ALIYUN::REDIS::Instance': 'Redis instance',
  'ALIYUN::SLS::Project': 'log project',
};
