/** All cases. */

import { filesRows } from './files';
import { fragmentsRows } from './fragments';
import { keysRows } from './keys';
import { linksRows } from './links';
import { parametersRows } from './parameters';
import { profilesRows } from './profiles';
import type { AdviceRow } from './row';
import { templatesRows } from './templates';

export const adviceRows: readonly AdviceRow[] = [
  ...fragmentsRows,
  ...keysRows,
  ...templatesRows,
  ...profilesRows,
  ...parametersRows,
  ...linksRows,
  ...filesRows,
];
