export { acknowledgeEngine } from './acknowledged';
export { type AliyunStacksOptions, addAliyunStacks, type HomeRegion } from './region-stacks';
export { type IRosEngine, RosEngine, type RosEngineProps } from './ros-engine';
export { ROS_STACK, RosStack, type RosStackProps } from './ros-stack';
