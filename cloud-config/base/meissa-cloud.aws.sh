#!/bin/bash
# meissa-cloud: what the units of this host ask of the cloud; this is AWS's.
#
#   address | instance-id             from the metadata service
#   tag KEY                           live tag of this instance; exit 3: it has none
#   configuration                     SHA-256 of this instance's user-data, as it is sent
#   report FILE                       this host's report, into the region's bucket
#   beat VALUE                        1: this host is applied and well, 0: it is not
#   prefixes                          the /28 that are delegated to the first interface; fails while there is none
#   signal STACK LOGICAL ID STATUS    SUCCESS or FAILURE to a resource of CloudFormation that waits
#   marker-get NAME                   value of a parameter; exit 3: surely absent; any other failure: can't tell
#   marker-put NAME VALUE             writes it once; already there counts as done
#   secret-get NAME                   value of a SecureString parameter; exit 3: surely absent. Neither it nor an answer is ever told
#   lifecycle-state                   where the scaling group wants this host: InService, Terminated; exit 3: it doesn't say
#   lifecycle-beat GROUP HOOK         this host still works on its leave
#   lifecycle-done GROUP HOOK         it may go
#   fetch DIGEST DEST                 the region's artifact of that SHA-256, unless DEST already is it
#
# A template: what a fleet has no use for is left out. Tests point MEISSA_IMDS_URL and MEISSA_ENDPOINT_{SSM,CFN,ASG,CW,S3} at servers of their own.
# shellcheck source=cloud-config/base/lib.sh
. "${0%/*}/../lib.sh"

# Sets code and body; what may pass by itself is tried again. Credentials come in $auth, which curl reads as its
# configuration from standard input: they are never arguments, which every process could read.
call() {
  local wait
  for wait in 0 1 3 9; do
    sleep $wait
    body=$(curl -gsSK- --connect-timeout 3 -m 15 -w '\n%{http_code}' "$@" <<<"$auth") || :
    code=${body##*$'\n'} body=${body%$'\n'*}
    [[ $code != [24]* || $code == 429 || $body == *Throttl* ]] || return 0
  done
}

need() {
  [[ $code == 200 ]] || die "$1 ($code): $body"
}

# The metadata service, by its second version only.
meta() {
  local url=${MEISSA_IMDS_URL-http://169.254.169.254}/latest
  auth=
  call -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$url/api/token"
  need 'no metadata session'
  auth="header=\"X-aws-ec2-metadata-token: $body\""
  call "${@:2}" "$url/meta-data/$1"
  [[ $code != 404 ]] || return 3
  need "no $1"
}

say() {
  meta "$1"
  echo "$body"
}

# A call signed with the credentials of the host's role.
aws() {
  local role=iam/security-credentials/
  meta $role || die 'no role'
  meta "$role$body" || die 'no credentials'
  auth=$(jq -er '"user=\"\(.AccessKeyId):\(.SecretAccessKey)\"\nheader=\"X-Amz-Security-Token: \(.Token)\""' <<<"$body")
  call --aws-sigv4 "aws:amz:$MEISSA_REGION:$1" "${@:2}"
}

ssm() {
  aws ssm -H "X-Amz-Target: AmazonSSM.$1" -H 'Content-Type: application/x-amz-json-1.1' -d "$2" "${MEISSA_ENDPOINT_SSM-https://ssm.$domain}/"
}

# {{#if fleet.drain}}
lifecycle() {
  meta instance-id
  aws autoscaling -d "Action=$1&Version=2011-01-01&AutoScalingGroupName=$2&LifecycleHookName=$3&InstanceId=$body${4-}" \
    "${MEISSA_ENDPOINT_ASG-https://autoscaling.$domain}/"
  need "$1 of $2 not taken"
}

# {{/if}}
is() {
  sha256sum -c --status <<<"$digest  $1" 2>/dev/null
}

domain=$MEISSA_REGION.$MEISSA_DNS_SUFFIX
case ${1-} in
address) say local-ipv4 ;;
instance-id) say instance-id ;;
tag) say "tags/instance/$2" ;;
configuration)
  part=$(mktemp)
  trap 'rm -f "$part"' EXIT
  meta ../user-data -o "$part"
  sha256sum <"$part" | cut -d ' ' -f 1
  ;;
report)
  meta instance-id
  aws s3 -T "$2" -H x-amz-content-sha256:UNSIGNED-PAYLOAD "${MEISSA_ENDPOINT_S3-$MEISSA_ARTIFACTS}/$MEISSA_REPORTS$body"
  need 'report not taken'
  ;;
# {{#if fleet.heartbeat}}
beat)
  # {{#if numbering}}
  meta instance-id
  of="InstanceId&MetricData.member.1.Dimensions.member.1.Value=$body"
  # {{else}}
  of="Fleet&MetricData.member.1.Dimensions.member.1.Value=$MEISSA_HOST_PREFIX"
  # {{/if}}
  aws monitoring -d "Action=PutMetricData&Version=2010-08-01&Namespace=meissa&MetricData.member.1.MetricName=Healthy&MetricData.member.1.Value=$2&MetricData.member.1.Dimensions.member.1.Name=$of" \
    "${MEISSA_ENDPOINT_CW-https://monitoring.$domain}/"
  need 'heartbeat not taken'
  ;;
# {{/if}}
# {{#if (eq containers.mode "prefix")}}
prefixes)
  meta mac
  meta "network/interfaces/macs/$body/ipv4-prefix" || die 'no prefix yet'
  echo "$body"
  ;;
# {{/if}}
signal)
  aws cloudformation -d "Action=SignalResource&Version=2010-05-15&StackName=$2&LogicalResourceId=$3&UniqueId=$4&Status=$5" \
    "${MEISSA_ENDPOINT_CFN-https://cloudformation.$domain}/"
  need "signal to $2/$3 not taken"
  ;;
marker-get)
  ssm GetParameter "{\"Name\":\"$2\"}"
  [[ $code != 400 || $body != *ParameterNotFound\"* ]] || exit 3
  need "can't tell of $2"
  jq -er .Parameter.Value <<<"$body"
  ;;
marker-put)
  ssm PutParameter "$(jq -nc --arg n "$2" --arg v "$3" '{Name:$n,Value:$v,Type:"String"}')"
  [[ $body == *ParameterAlreadyExists\"* ]] || need "$2 not written"
  ;;
# {{#if certificate}}
secret-get)
  ssm GetParameter "{\"Name\":\"$2\",\"WithDecryption\":true}"
  [[ $code != 400 || $body != *ParameterNotFound\"* ]] || exit 3
  [[ $code == 200 ]] || die "no secret $2 ($code)"
  # Not by <<<, which may be a file.
  printf %s "$body" | jq -er .Parameter.Value
  ;;
# {{/if}}
# {{#if fleet.drain}}
lifecycle-state) say autoscaling/target-lifecycle-state ;;
lifecycle-beat) lifecycle RecordLifecycleActionHeartbeat "$2" "$3" ;;
lifecycle-done) lifecycle CompleteLifecycleAction "$2" "$3" '&LifecycleActionResult=CONTINUE' ;;
# {{/if}}
fetch)
  digest=$2 part=$3.$$
  ! is "$3" || exit 0
  trap 'rm -f "$part"' EXIT
  mkdir -p "${3%/*}"
  aws s3 -m 900 -o "$part" -H x-amz-content-sha256:UNSIGNED-PAYLOAD "${MEISSA_ENDPOINT_S3-$MEISSA_ARTIFACTS}/$2"
  need "no artifact $2"
  is "$part" || die "artifact $2 has other bytes"
  chmod 755 "$part"
  sync "$part"
  mv "$part" "$3"
  ;;
*) die "no verb ${1-}" ;;
esac
