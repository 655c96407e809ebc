import type { AliyunRegionPlan } from '../plan/model';
import type { StackParts } from './parts';

/** Stack `<region>/transit`. Not written yet: it comes with the links. */
export function addTransit(_parts: StackParts, _region: AliyunRegionPlan): void {}
