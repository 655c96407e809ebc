#!/usr/bin/env bash
# The AWS CLI, with which the pages of docs/runbooks do what meissa has no verb for: it knows its own commands and options.
set -euo pipefail
version=1.46.3
bash "$(dirname "$0")/../python-part" awscli "$version"
ln -sfn "../awscli-$version/bin/aws" "${MEISSA_REAL_PARTS:?}/bin/aws"
