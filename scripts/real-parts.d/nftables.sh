#!/usr/bin/env bash
# bin/nft: the packet filter of the hosts' own tables, and of the routers of the proof in network namespaces.
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" nft usr/sbin/nft \
  nftables libnftables1 libnftnl11 libmnl0 libjansson4 libgmp10 libxtables12 libedit2 libbsd0 libmd0 libtinfo6
