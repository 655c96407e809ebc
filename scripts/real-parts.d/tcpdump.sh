#!/usr/bin/env bash
# bin/tcpdump: reads on the wire that nothing is wrapped around containers' packets.
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" tcpdump usr/bin/tcpdump tcpdump libpcap0.8 libdbus-1-3 libsystemd0 libssl3
