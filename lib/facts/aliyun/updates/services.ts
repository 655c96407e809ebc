import type { UpdateTables } from '../../effect';

/** The other services. */
export const serviceUpdates: UpdateTables = {
  'ALIYUN::OSS::Bucket': {
    none: `AccessControl CORSConfiguration DeletionForce LifecycleConfiguration LoggingConfiguration Policy
      RefererConfiguration ServerSideEncryptionConfiguration VersioningConfiguration`,
  },
  'ALIYUN::RAM::Role': {
    none: 'AssumeRolePolicyDocument DeletionForce Description IgnoreExisting MaxSessionDuration Policies PolicyAttachments',
  },
  'ALIYUN::RAM::ManagedPolicy': { none: 'Groups IgnoreExisting PolicyDocument PolicyDocumentUnchecked Roles Users' },
  'ALIYUN::RAM::AttachPolicyToRole': {},
  'ALIYUN::KMS::Key': {
    none: 'DeletionProtection Description Enable EnableAutomaticRotation PendingWindowInDays RotationInterval',
  },
  'ALIYUN::KMS::Alias': { none: 'KeyId' },
  'ALIYUN::CMS::Contact': { none: 'Channels ContactName Describe' },
  'ALIYUN::CMS::DynamicTagGroup': {},
  'ALIYUN::CMS::ContactGroup': { none: 'ContactNames Describe EnableSubscribed' },
  'ALIYUN::CMS::MonitorGroup': { none: 'ContactGroups GroupName' },
  'ALIYUN::CMS::MonitorGroupInstances': { none: 'Instances' },
  'ALIYUN::CMS::EventRule': { none: 'Description EventPattern EventType GroupId State' },
  'ALIYUN::CMS::EventRuleTargets': {
    none: 'ContactParameters FcParameters MnsParameters OpenApiParameters SlsParameters WebhookParameters',
  },
  'ALIYUN::CMS::ResourceMetricRule': {
    none: `ContactGroups EffectiveInterval EmailSubject Escalations Interval MetricName Namespace
      NoEffectiveInterval Period Resources RuleName SilenceTime Webhook`,
  },
  'ALIYUN::CMS::GroupMetricRule': {
    none: 'EffectiveInterval Escalations Interval MetricName Namespace Period RuleName SilenceTime Webhook',
  },
  'ALIYUN::REDIS::Instance': { none: 'InstanceClass InstanceMaintainTime InstanceName Password' },
  'ALIYUN::ROS::WaitCondition': { none: 'Count ShowProgressEvent Timeout' },
  'ALIYUN::ROS::WaitConditionHandle': { none: 'Count Mode' },
  'ALIYUN::ROS::Sleep': { none: 'CreateDuration DeleteDuration Triggers UpdateDuration' },
};
