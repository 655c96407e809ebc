#!/bin/bash
# collection-certificates: fetches this host's key and certificate, proves them, and puts them into /run/meissa/tls for the
# collection's programs (user collection). What doesn't prove right replaces nothing. All files change at once: tls is a link.
#
#   key.pem   cert.pem (leaf, intermediates)   keystore.pem (key, then cert.pem: Kafka's PEM)   ca.pem (the root)
#
# The secret is one text: key, leaf, intermediates, root. The root is the one whose fingerprint user-data pins.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"
# shellcheck source=/dev/null
. "$root/run/meissa/host.env"
umask 077
# {{#if numbering}}
name={{certificate}}/$MEISSA_MEMBER
# {{else}}
name={{certificate}}/fleet
# {{/if}}
run=$root/run/meissa work=$(mktemp -d "$root/run/meissa/tls-XXXXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
ssl() {
  openssl "$@" 2>/dev/null
}
"$bin/meissa-cloud" secret-get "$name" >secret || die "no certificate $name"
awk '/-----BEGIN .*PRIVATE KEY/ { out = "key" } /-----BEGIN CERT/ { out = ++n ".crt" } out { print > out }' secret
chain=$(find . -name '*.crt' | wc -l)
[[ -s key && $chain -gt 1 ]] || die "$name is not a key, a certificate and a root"
mv "$chain.crt" ca.pem
found=$(ssl x509 -in ca.pem -noout -fingerprint -sha256 | tr -d :) found=${found#*=}
[[ ${found,,} == {{params.caFingerprint}} ]] || die "the root of $name is ${found,,}"
for ((n = 1; n < chain; n++)); do cat "$n.crt"; done >cert.pem
ssl verify -no-CApath -CAfile ca.pem -untrusted cert.pem 1.crt >/dev/null || die "the chain of $name does not verify"
ssl pkcs8 -topk8 -nocrypt -in key -out key.pem || die "the key of $name can't be read"
[[ $(ssl pkey -in key.pem -pubout) == "$(ssl x509 -in 1.crt -noout -pubkey)" ]] || die "key and certificate of $name are no pair"
# {{#if numbering}}
[[ $(ssl x509 -in 1.crt -noout -checkip "$MEISSA_ADDRESS") != *NOT* ]] || die "$name is not for $MEISSA_ADDRESS"
# {{/if}}
cat key.pem cert.pem >keystore.pem
rm -f secret key ./*.crt
! cmp -s keystore.pem "$run/tls/keystore.pem" || exit 0
chown -R 60990:60990 .
chmod 500 .
ln -sfn "${work##*/}" "$run/tls.new"
old=$(readlink "$run/tls") || :
mv -T "$run/tls.new" "$run/tls"
trap - EXIT
# Programs that have just opened the old one may still read it.
find "$run" -maxdepth 1 -name 'tls-*' ! -name "${work##*/}" ! -name "${old:-none}" -exec rm -rf {} +
echo "certificate of $name: $(ssl x509 -in cert.pem -noout -enddate)"
