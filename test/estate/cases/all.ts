/** The cases of all rules. */
import { addressCases } from './addresses';
import { aliyunCases } from './aliyun';
import type { RuleCases } from './case';
import { clusterCases } from './clusters';
import { fleetCases } from './fleets';
import { gatewayCases } from './gateways';
import { idcCases } from './idc';
import { kafkaCases } from './kafka';
import { linkCases } from './links';
import { memberCases } from './members';
import { placeCases } from './places';
import { singlePointCases } from './single-points';
import { standingCases } from './standing';
import { tagCases } from './tags';

export const ruleCases: readonly RuleCases[] = [
  ...addressCases,
  ...placeCases,
  ...tagCases,
  ...clusterCases,
  ...memberCases,
  ...fleetCases,
  ...kafkaCases,
  ...linkCases,
  ...gatewayCases,
  ...idcCases,
  ...aliyunCases,
  ...singlePointCases,
  ...standingCases,
];
