/** ROS templates as plain data, typed from `schemas/ros-resources.json`, and their linter. See README.md. */
export * from './functions';
export * from './lint';
export * from './resource';
export * from './schema';
export * from './stack';
export * from './template';
