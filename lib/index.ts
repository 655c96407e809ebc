/** What a program takes from this package: an estate from files, its plan, its user-data, and the constructs that emit it. */
export * from './aws';
export { type Finding, FindingsError } from './estate/findings/finding';
export type { Estate } from './estate/model/model';
export { loadEstate } from './estate/read/load';
export { rackUserDataOf, renderFindings, userDataOf } from './host-config/fleet-user-data';
export type { UserData } from './host-config/model';
export { renderIdc } from './idc/render';
export { rackContext } from './plan/idc/context';
export type { EstatePlan, FleetPlan, IdcPlan, LinkPlan, RegionPlan } from './plan/model';
export { type DeployWave, deployOrder } from './plan/order';
export { planEstate } from './plan/plan';
