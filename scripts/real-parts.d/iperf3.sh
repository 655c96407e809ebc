#!/usr/bin/env bash
# bin/iperf3: measures throughput for bench/host-gw.mjs.
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" iperf3 usr/bin/iperf3 iperf3 libiperf0 libsctp1 libssl3
