// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `BucketCORSConfiguration`: CORSRule. */
export interface BucketCORSConfigurationCORSRule {
  readonly AllowedHeader?: Value<readonly Value<string>[]>;
  readonly AllowedMethod?: Value<readonly Value<string>[]>;
  readonly AllowedOrigin?: Value<readonly Value<string>[]>;
  readonly ExposeHeader?: Value<readonly Value<string>[]>;
  readonly MaxAgeSeconds?: Value<number>;
}

/** Part of `BucketProps`: CORSConfiguration. */
export interface BucketCORSConfiguration {
  readonly CORSRule?: Value<readonly Value<BucketCORSConfigurationCORSRule>[]>;
  readonly ResponseVary?: Value<boolean>;
}

/** Part of `BucketLifecycleConfigurationRule`: AbortMultipartUpload. */
export interface BucketLifecycleConfigurationRuleAbortMultipartUpload {
  readonly CreatedBeforeDate?: Value<string>;
  readonly Days?: Value<number>;
}

/** Part of `BucketLifecycleConfigurationRule`: Expiration. */
export interface BucketLifecycleConfigurationRuleExpiration {
  readonly CreatedBeforeDate?: Value<string>;
  readonly Days?: Value<number>;
  readonly ExpiredObjectDeleteMarker?: Value<boolean>;
}

/** Part of `BucketLifecycleConfigurationRuleFilter`: Not. */
export interface BucketLifecycleConfigurationRuleFilterNot {
  readonly Prefix?: Value<string>;
  /** At most 1 items. */
  readonly Tag?: Value<readonly Value<string>[]>;
}

/** Part of `BucketLifecycleConfigurationRule`: Filter. */
export interface BucketLifecycleConfigurationRuleFilter {
  readonly Not?: Value<BucketLifecycleConfigurationRuleFilterNot>;
}

/** Part of `BucketLifecycleConfigurationRule`: Transition. */
export interface BucketLifecycleConfigurationRuleTransition {
  readonly AllowSmallFile?: Value<boolean>;
  readonly CreatedBeforeDate?: Value<string>;
  /** At least 1. */
  readonly Days?: Value<number>;
  readonly IsAccessTime?: Value<boolean>;
  readonly ReturnToStdWhenVisit?: Value<boolean>;
  readonly StorageClass?: Value<'IA' | 'Archive' | 'ColdArchive' | 'DeepColdArchive'>;
}

/** Part of `BucketLifecycleConfiguration`: Rule. */
export interface BucketLifecycleConfigurationRule {
  readonly AbortMultipartUpload?: Value<BucketLifecycleConfigurationRuleAbortMultipartUpload>;
  readonly Expiration?: Value<BucketLifecycleConfigurationRuleExpiration>;
  readonly Filter?: Value<BucketLifecycleConfigurationRuleFilter>;
  readonly ID?: Value<string>;
  readonly Prefix: Value<string>;
  readonly Status?: Value<'Enabled' | 'Disabled'>;
  /** 1 to 10 items. */
  readonly Transition?: Value<readonly Value<BucketLifecycleConfigurationRuleTransition>[]>;
}

/** Part of `BucketProps`: LifecycleConfiguration. */
export interface BucketLifecycleConfiguration {
  readonly Rule: Value<readonly Value<BucketLifecycleConfigurationRule>[]>;
}

/** Part of `BucketProps`: LoggingConfiguration. */
export interface BucketLoggingConfiguration {
  readonly TargetBucket?: Value<string>;
  readonly TargetPrefix?: Value<string>;
}

/** Part of `BucketProps`: RefererConfiguration. */
export interface BucketRefererConfiguration {
  readonly AllowEmptyReferer?: Value<boolean>;
  readonly RefererList?: Value<readonly Value<unknown>[]>;
}

/** Part of `BucketProps`: ServerSideEncryptionConfiguration. */
export interface BucketServerSideEncryptionConfiguration {
  readonly KMSMasterKeyID?: Value<string>;
  readonly SSEAlgorithm: Value<'KMS' | 'AES256' | 'SM4'>;
}

/** Part of `BucketProps`: VersioningConfiguration. */
export interface BucketVersioningConfiguration {
  readonly Status: Value<'Enabled' | 'Suspended'>;
}

/** Part of `BucketWebsiteConfigurationV2`: ErrorDocument. */
export interface BucketWebsiteConfigurationV2ErrorDocument {
  readonly HttpStatus?: Value<'200' | '404'>;
  readonly Key: Value<string>;
}

/** Part of `BucketWebsiteConfigurationV2`: IndexDocument. */
export interface BucketWebsiteConfigurationV2IndexDocument {
  readonly Suffix: Value<string>;
  readonly SupportSubDir?: Value<'true' | 'false'>;
  readonly Type?: Value<'0' | '1' | '2'>;
}

/** Part of `BucketWebsiteConfigurationV2RoutingRulesCondition`: IncludeHeaders. */
export interface BucketWebsiteConfigurationV2RoutingRulesConditionIncludeHeaders {
  readonly Equals?: Value<string>;
  readonly Key: Value<string>;
}

/** Part of `BucketWebsiteConfigurationV2RoutingRules`: Condition. */
export interface BucketWebsiteConfigurationV2RoutingRulesCondition {
  readonly HttpErrorCodeReturnedEquals?: Value<string>;
  /** At most 10 items. */
  readonly IncludeHeaders?: Value<readonly Value<BucketWebsiteConfigurationV2RoutingRulesConditionIncludeHeaders>[]>;
  readonly KeyPrefixEquals?: Value<string>;
  readonly KeySuffixEquals?: Value<string>;
}

/** Part of `BucketWebsiteConfigurationV2RoutingRulesRedirectMirrorHeaders`: Sets. */
export interface BucketWebsiteConfigurationV2RoutingRulesRedirectMirrorHeadersSets {
  /** Matches `^[-a-zA-Z0-9]{1,1024}$`. */
  readonly Key: Value<string>;
  /** At most 1024 characters. */
  readonly Value: Value<string>;
}

/** Part of `BucketWebsiteConfigurationV2RoutingRulesRedirect`: MirrorHeaders. */
export interface BucketWebsiteConfigurationV2RoutingRulesRedirectMirrorHeaders {
  /** At most 10 items. */
  readonly Pass?: Value<readonly Value<string>[]>;
  readonly PassAll?: Value<boolean>;
  /** At most 10 items. */
  readonly Remove?: Value<readonly Value<string>[]>;
  /** At most 10 items. */
  readonly Sets?: Value<readonly Value<BucketWebsiteConfigurationV2RoutingRulesRedirectMirrorHeadersSets>[]>;
}

/** Part of `BucketWebsiteConfigurationV2RoutingRules`: Redirect. */
export interface BucketWebsiteConfigurationV2RoutingRulesRedirect {
  readonly EnableReplacePrefix?: Value<boolean>;
  readonly HostName?: Value<string>;
  readonly HttpRedirectCode?: Value<'301' | '302' | '307'>;
  readonly MirrorCheckMd5?: Value<boolean>;
  readonly MirrorFollowRedirect?: Value<boolean>;
  readonly MirrorHeaders?: Value<BucketWebsiteConfigurationV2RoutingRulesRedirectMirrorHeaders>;
  readonly MirrorPassQueryString?: Value<boolean>;
  readonly MirrorURL?: Value<string>;
  readonly PassQueryString?: Value<boolean>;
  readonly Protocol?: Value<'http' | 'https'>;
  readonly RedirectType: Value<'Mirror' | 'External' | 'AliCDN'>;
  readonly ReplaceKeyPrefixWith?: Value<string>;
  readonly ReplaceKeyWith?: Value<string>;
}

/** Part of `BucketWebsiteConfigurationV2`: RoutingRules. */
export interface BucketWebsiteConfigurationV2RoutingRules {
  readonly Condition: Value<BucketWebsiteConfigurationV2RoutingRulesCondition>;
  readonly Redirect: Value<BucketWebsiteConfigurationV2RoutingRulesRedirect>;
  /** 1 to 20. */
  readonly RuleNumber: Value<number>;
}

/** Part of `BucketProps`: WebsiteConfigurationV2. */
export interface BucketWebsiteConfigurationV2 {
  readonly ErrorDocument?: Value<BucketWebsiteConfigurationV2ErrorDocument>;
  readonly IndexDocument?: Value<BucketWebsiteConfigurationV2IndexDocument>;
  /** At most 20 items. */
  readonly RoutingRules?: Value<readonly Value<BucketWebsiteConfigurationV2RoutingRules>[]>;
}

/** Properties of `ALIYUN::OSS::Bucket`. */
export interface BucketProps {
  readonly AccessControl?: Value<'private' | 'public-read' | 'public-read-write'>;
  readonly BlockPublicAccess?: Value<boolean>;
  readonly BucketName: Value<string>;
  readonly CORSConfiguration?: Value<BucketCORSConfiguration>;
  readonly DeletionForce?: Value<boolean>;
  readonly EnableOssHdfsService?: Value<boolean>;
  readonly LifecycleConfiguration?: Value<BucketLifecycleConfiguration>;
  readonly LoggingConfiguration?: Value<BucketLoggingConfiguration>;
  readonly Policy?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly RedundancyType?: Value<'LRS' | 'ZRS'>;
  readonly RefererConfiguration?: Value<BucketRefererConfiguration>;
  readonly ResourceGroupId?: Value<string>;
  readonly ServerSideEncryptionConfiguration?: Value<BucketServerSideEncryptionConfiguration>;
  readonly StorageClass?: Value<'Standard' | 'IA' | 'Archive' | 'ColdArchive'>;
  readonly Tags?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly VersioningConfiguration?: Value<BucketVersioningConfiguration>;
  readonly WebsiteConfigurationV2?: Value<BucketWebsiteConfigurationV2>;
}

/** Attributes of `ALIYUN::OSS::Bucket`. */
export type BucketAttribute = 'Arn' | 'DomainName' | 'InternalDomainName' | 'Name';

/** `ALIYUN::OSS::Bucket`. */
export class Bucket extends RosResource<BucketProps, BucketAttribute> {
  static readonly TYPE = 'ALIYUN::OSS::Bucket';

  constructor(scope: Construct, id: string, properties: BucketProps, options: ResourceOptions = {}) {
    super(scope, id, Bucket.TYPE, properties, options);
  }
}
