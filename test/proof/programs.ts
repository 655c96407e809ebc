/** Programs that the proof runs, as `describeWithRealParts` names them. */
import { FRR_PROGRAMS } from '../idc/frr';

export const PROOF_PROGRAMS = ['ip', 'nft', 'nsenter', 'python3', 'setpriv', ...FRR_PROGRAMS] as const;
