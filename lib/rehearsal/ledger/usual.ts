/** How long a member is down that stops and starts, seconds, as lib/facts estimates it: of the slower cloud. */
import { BOOT_SECONDS as ALIYUN_BOOT, rosSeconds } from '../../facts/aliyun/durations';
import { BOOT_SECONDS as AWS_BOOT, awsSeconds } from '../../facts/aws/durations';

export const MEMBER_DOWN = Math.max(
  awsSeconds('AWS::EC2::Instance', 'interrupt') + AWS_BOOT,
  rosSeconds('ALIYUN::ECS::Instance', 'interrupt') + ALIYUN_BOOT,
);
