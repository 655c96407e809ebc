/** `/etc/frr/daemons`: which of FRR's daemons a router runs. Source: FRR user guide, "Basic Setup". */
import type { FileText } from '../encode/file-text';
import { settings } from '../encode/settings';
import { rest } from '../encode/template';
import type { RouterPlan } from '../plan/model';

/** zebra and staticd always run; the rest only where it has something to do. */
export function frrDaemons({ name, neighbors }: RouterPlan): FileText {
  const bgpd = neighbors.length > 0 ? 'yes' : 'no';
  const bfdd = neighbors.some(({ bfd }) => bfd !== undefined) ? 'yes' : 'no';
  return settings`# FRR's daemons on router ${rest(name)}. Written by meissa synth: change the estate, not this file.
bgpd=${bgpd}
bfdd=${bfdd}
ospfd=no
ospf6d=no
ripd=no
ripngd=no
isisd=no
pimd=no
ldpd=no
nhrpd=no
eigrpd=no
babeld=no
sharpd=no
pbrd=no
fabricd=no
vrrpd=no
pathd=no
vtysh_enable=yes
zebra_options="  -A 127.0.0.1 -s 90000000"
staticd_options="-A 127.0.0.1"
bgpd_options="   -A 127.0.0.1"
bfdd_options="   -A 127.0.0.1"
`;
}
