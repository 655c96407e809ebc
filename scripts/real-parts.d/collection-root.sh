#!/usr/bin/env bash
# collection-root/base.tar.gz: what scripts/collection-root packs our own programs behind, for the test that boots hosts of a
# collection. About 90 s and 222 MB, besides Kafka's jars; nothing when it is there.
set -euo pipefail
exec "$(dirname "$0")/../collection-root" --base
