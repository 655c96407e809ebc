import type { Estate } from '../../lib/estate/model/model';
import { hybrid } from '../plan/linked-fixture';

/** test/estates/hybrid with rack a01 behind both routers, r1 the preferred one. */
export function paired(): Estate {
  const estate = hybrid();
  const [idc, ...others] = estate.idcs;
  const racks = idc!.racks.map((rack) => (rack.name === 'a01' ? { ...rack, routers: ['r1', 'r2'] } : rack));
  return { ...estate, idcs: [{ ...idc!, racks }, ...others] };
}
