#!/usr/bin/env bash
# cfn-lint, AWS's linter of CloudFormation templates: a second opinion on everything that lib/aws emits. Beside it stand the templates of
# its own tests (fixtures/{bad,good}), which only its source package has.
set -euo pipefail
version=1.58.0
bash "$(dirname "$0")/../python-part" cfn-lint "$version"
part=$MEISSA_REAL_PARTS/cfn-lint-$version
[ -e "$part/fixtures" ] && exit 0
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
"$part/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary cfn-lint --dest "$source" "cfn-lint==$version"
tar -xzf "$source/cfn_lint-$version.tar.gz" -C "$source" "cfn_lint-$version/test/fixtures/templates"
# Last, and at once: what was cut off is fetched again.
mv "$source/cfn_lint-$version/test/fixtures/templates" "$part/fixtures.partly"
mv "$part/fixtures.partly" "$part/fixtures"
