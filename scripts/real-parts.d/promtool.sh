#!/usr/bin/env bash
# bin/promtool: Prometheus' own check of alerting rules and of what exporters print.
set -euo pipefail
exec bash "$(dirname "$0")/../debian-program" promtool usr/bin/promtool prometheus
