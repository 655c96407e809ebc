import type { RpcAction } from './request';
import {
  createChangeSet,
  deleteChangeSet,
  executeChangeSet,
  getChangeSet,
  getTemplate,
  listChangeSets,
  previewStack,
  validateTemplate,
} from './ros-changes';
import { detectStackDrift, detectStackResourceDrift, getStackDriftDetectionStatus, listStackResourceDrifts } from './ros-drift';
import { type RosCall, rosCall } from './ros-request';
import {
  cancelOperation,
  continueCreateStack,
  createStack,
  deleteStack,
  describeRegions,
  getStack,
  getStackResource,
  listStackEvents,
  listStackResources,
  listStacks,
  setDeletionProtection,
  signalResource,
  tagResources,
  updateStack,
} from './ros-stacks';

const action =
  (run: (call: RosCall) => object): RpcAction =>
  (backend, request) =>
    run(rosCall(backend, request));

/** ROS's actions, API version 2019-09-10. */
export const rosActions: Record<string, RpcAction> = {
  CreateStack: action(createStack),
  UpdateStack: action(updateStack),
  DeleteStack: action(deleteStack),
  ContinueCreateStack: action(continueCreateStack),
  CancelUpdateStack: action(cancelOperation),
  CancelStackOperation: action(cancelOperation),
  GetStack: action(getStack),
  ListStacks: action(listStacks),
  ListStackEvents: action(listStackEvents),
  ListStackResources: action(listStackResources),
  GetStackResource: action(getStackResource),
  GetTemplate: action(getTemplate),
  ValidateTemplate: action(validateTemplate),
  PreviewStack: action(previewStack),
  CreateChangeSet: action(createChangeSet),
  GetChangeSet: action(getChangeSet),
  ListChangeSets: action(listChangeSets),
  ExecuteChangeSet: action(executeChangeSet),
  DeleteChangeSet: action(deleteChangeSet),
  DetectStackDrift: action(detectStackDrift),
  DetectStackResourceDrift: action(detectStackResourceDrift),
  GetStackDriftDetectionStatus: action(getStackDriftDetectionStatus),
  ListStackResourceDrifts: action(listStackResourceDrifts),
  SignalResource: action(signalResource),
  SetDeletionProtection: action(setDeletionProtection),
  TagResources: action(tagResources),
  UntagResources: action(tagResources),
  DescribeRegions: action(describeRegions),
};
