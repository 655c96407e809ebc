#!/usr/bin/env bash
# cfn-lint, AWS's linter of CloudFormation templates: a second opinion on everything that lib/aws emits.
set -euo pipefail
exec bash "$(dirname "$0")/../python-part" cfn-lint 1.58.0
