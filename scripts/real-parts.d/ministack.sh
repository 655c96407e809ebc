#!/usr/bin/env bash
# ministack, an emulator of AWS written by others: the CDK CLI's life cycle runs on it in test/e2e/ministack.test.ts.
set -euo pipefail
exec bash "$(dirname "$0")/../python-part" ministack 1.5.33
