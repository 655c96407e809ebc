/** Limits of ROS. */

/** ROS, "CreateStack": more than 200 resources are advised against. */
export const ADVISED_RESOURCES = 200;
/** ROS, "Limits": resources in a stack. */
export const MOST_RESOURCES = 300;
/** ROS, "CreateStack": Parameters. */
export const MOST_PARAMETERS = 200;
/** ROS, "CreateStack": TemplateBody, bytes. */
export const MOST_TEMPLATE_BYTES = 524_288;
/** ROS, "ALIYUN::ECS::Instance" and "ALIYUN::ESS::ScalingConfiguration": UserData, bytes before base64. */
export const MOST_USER_DATA_BYTES = 16_384;
