#!/usr/bin/env bash
# bin/frr-exporter, bin/blackbox-exporter: what tells Prometheus of a data centre's routers (Debian 12's, as the routers run them).
set -euo pipefail
scripts=$(dirname "$0")/..
bash "$scripts/debian-program" frr-exporter usr/bin/prometheus-frr-exporter prometheus-frr-exporter
bash "$scripts/debian-program" blackbox-exporter usr/bin/prometheus-blackbox-exporter prometheus-blackbox-exporter
