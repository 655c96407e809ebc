import type { Handler } from '../../resources/handler';

/** Every ALIYUN::* resource type of the embedded cloud, but ALIYUN::ROS::* (wait conditions), which are the engine's own. */
export const aliyunHandlers: Record<string, Handler> = {};
