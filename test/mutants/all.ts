/** Every mutant. */
import { ads } from './ads';
import { aliyun } from './aliyun';
import { awsHosts } from './aws-hosts';
import { awsNetwork } from './aws-network';
import { awsRights } from './aws-rights';
import { dataCentre } from './data-centre';
import type { Mutant } from './mutant';

export const MUTANTS: readonly Mutant[] = [...awsHosts, ...awsRights, ...awsNetwork, ...ads, ...aliyun, ...dataCentre];
