#!/usr/bin/env python3
# meissa-cloud: what the units of this host ask of the cloud; this is Aliyun's. Python, because every image with cloud-init has
# it (3.6 or later) and curl signs for AWS only.
#
#   address | instance-id             from the metadata service
#   tag KEY                           tag of this instance (ECS, ListTagResources); exit 3: it has none
#   signal STACK LOGICAL ID STATUS    SUCCESS or FAILURE to a resource of ROS that waits (SignalResource)
#   marker-get NAME                   value of an object of the region's bucket; exit 3: surely absent; any other failure: can't tell
#   marker-put NAME VALUE             writes it once; already there counts as done
#   secret-get NAME                   value of an object of the region's bucket, below `secret`; exit 3: surely absent
#   report FILE                       this host's report, into the region's bucket
#   beat VALUE                        1: this host is applied and well, 0: it is not (CloudMonitor, PutCustomMetric); of an elastic fleet 0 as
#                                     well where the next host of its group says nothing (Auto Scaling, DescribeScalingInstances)
#   fetch DIGEST DEST                 the bucket's artifact of that SHA-256, unless DEST already is it
#
# Credentials are those of the host's RAM role, and stay in this process: never an argument, never said. Neither is what a server
# answers to a wrong signature, which repeats it: of an answer only its code is told.
# A template: what a fleet has no use for is left out, between comments that hold Handlebars. Elastic fleets have no tags to read
# and no gate.
# Tests point MEISSA_IMDS_URL and MEISSA_ENDPOINT_{ECS,ROS,CMS,OSS,ESS} at servers of their own, MEISSA_ROOT at a root.
import base64
import calendar
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import re
import shlex
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

root = os.environ.get('MEISSA_ROOT', '')
with open(root + '/etc/meissa/env') as lines:
    env = dict(line.rstrip('\n').split('=', 1) for line in lines if '=' in line)
region = shlex.split(env['MEISSA_REGION'])[0]


def die(text):
    sys.exit('meissa-cloud: ' + text)


# The answer's status and body; 0 where there is none. What may pass by itself is tried again.
def call(url, method='GET', headers=(), body=None, to=None, timeout=15):
    for wait in (0, 1, 3, 9):
        time.sleep(wait)
        given = headers() if callable(headers) else dict(headers)
        data = body() if callable(body) else body
        status, text = send(urllib.request.Request(url, data, given, method=method), to, timeout)
        if status // 100 in (2, 4) and status != 429 and b'Throttling' not in text:
            break
    return status, text


# No proxy of somebody's environment: all of this is the cloud's own.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def send(request, to, timeout):
    try:
        with opener.open(request, timeout=timeout) as answer:
            if to is None:
                return answer.status, answer.read()
            with open(to, 'wb') as file:
                for part in iter(lambda: answer.read(1 << 20), b''):
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            return answer.status, b''
    except urllib.error.HTTPError as error:
        return error.code, error.read(1 << 16)
    except (OSError, ValueError, http.client.HTTPException):
        return 0, b''


def code_of(text):
    found = re.search(rb'"Code" *: *"([\w.]+)"|<Code>([\w.]+)</Code>', text)
    return (found.group(1) or found.group(2)).decode() if found else ''


def need(answer, what):
    status, text = answer
    if status != 200:
        die('%s (%s)' % (what, ' '.join([str(status), code_of(text)]).strip()))
    return text


# The metadata service, by its hardened mode only.
def meta(path):
    url = os.environ.get('MEISSA_IMDS_URL', 'http://100.100.100.200') + '/latest/'
    ttl = {'X-aliyun-ecs-metadata-token-ttl-seconds': '60'}
    token = need(call(url + 'api/token', 'PUT', ttl), 'no metadata session').decode()
    return call(url + 'meta-data/' + path, headers={'X-aliyun-ecs-metadata-token': token})


def heard(path):
    return need(meta(path), 'no ' + path).decode().strip()


def say(path):
    return remembered(path, lambda: heard(path))


# What never changes while a host stands is kept, for boots with the last good configuration at which nobody can be asked (docs/boots.md).
# Not by a host that was made of another's disk: it has another address.
def remembered(name, ask):
    kept = root + '/var/lib/meissa/said/'
    try:
        value = ask()
    except SystemExit as error:
        try:
            if not os.path.exists(root + '/run/meissa/last-good'):
                raise error
            with open(kept + 'private-ipv4') as file, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
                own.bind((file.read(), 0))
            with open(kept + name) as file:
                value = file.read()
        except OSError:
            raise error
        print('%s: %s is as it was said last' % (error, name), file=sys.stderr)
        return value
    try:
        with open(kept + name) as file:
            same = file.read() == value
    except OSError:
        same = False
    # Of the units only meissa-host and those of volumes may write there; and no answer fails for want of room on a disk.
    with contextlib.suppress(OSError):
        same or write(kept + name, value)
    return value


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + '.new', 'w') as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + '.new', path)


# Of the host's RAM role. They are asked for anew each time: the service has new ones long before these end.
def credentials():
    path = 'ram/security-credentials/'
    role = need(meta(path), 'no role').decode().strip()
    try:
        given = json.loads(need(meta(path + role), 'no credentials').decode())
        return given['AccessKeyId'], given['AccessKeySecret'], given['SecurityToken']
    except (ValueError, KeyError):
        die('no credentials')


def quote(text):
    return urllib.parse.quote(text, '~')


# Calls of ECS, ROS and CloudMonitor: form parameters, signed with HMAC-SHA1 (Alibaba Cloud SDK, "Request syntax and signature method V2 for
# RPC-style APIs"). A try more is signed anew: a nonce counts once.
def rpc(service, version, host, action, **given):
    key, secret, token = credentials()

    def form():
        fields = dict(given, Action=action, Version=version, Format='JSON', RegionId=region, AccessKeyId=key)
        fields.update(SecurityToken=token, SignatureMethod='HMAC-SHA1', SignatureVersion='1.0', SignatureNonce=str(uuid.uuid4()))
        fields['Timestamp'] = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())
        text = '&'.join(quote(name) + '=' + quote(fields[name]) for name in sorted(fields))
        signed = hmac.new((secret + '&').encode(), ('POST&%2F&' + quote(text)).encode(), 'sha1').digest()
        return (text + '&Signature=' + quote(base64.b64encode(signed).decode())).encode()

    url = os.environ.get('MEISSA_ENDPOINT_' + service, 'https://' + host) + '/'
    return call(url, 'POST', {'Content-Type': 'application/x-www-form-urlencoded'}, form)


# An object of the region's bucket, signed with V4 (OSS, "Include a V4 signature in the Authorization header").
def oss(method, name, body=None, more=(), **options):
    key, secret, token = credentials()
    home = urllib.parse.urlsplit(shlex.split(env['MEISSA_ARTIFACTS'])[0])
    bucket = home.hostname.split('.')[0]

    def headers():
        now = time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())
        scope = [now[:8], region, 'oss', 'aliyun_v4_request']
        signed = {'x-oss-content-sha256': 'UNSIGNED-PAYLOAD', 'x-oss-date': now, 'x-oss-security-token': token}
        signed.update(more)
        # urllib would add one of its own to a body, which is signed wherever it stands.
        signed['content-type'] = 'application/octet-stream'
        lines = [method, quote_path('/' + bucket + '/' + name), '']
        lines += [header + ':' + signed[header] for header in sorted(signed)] + ['', '', 'UNSIGNED-PAYLOAD']
        digest = hashlib.sha256('\n'.join(lines).encode()).hexdigest()
        proof = ('aliyun_v4' + secret).encode()
        for part in scope + ['\n'.join(['OSS4-HMAC-SHA256', now, '/'.join(scope), digest])]:
            proof = hmac.new(proof, part.encode(), 'sha256').digest()
        signed['Authorization'] = 'OSS4-HMAC-SHA256 Credential=%s/%s,Signature=%s' % (key, '/'.join(scope), proof.hex())
        return signed

    url = os.environ.get('MEISSA_ENDPOINT_OSS', home.scheme + '://' + home.netloc)
    return call(url + quote_path('/' + name), method, headers, body, **options)


def quote_path(path):
    return urllib.parse.quote(path, '/~')


# {{#if numbering}}
# Tags of volumes can't change while the host is up, and whoever waits for one asks every other second: they are remembered, and
# that there is none yet is asked again after half a minute.
def tag(key):
    kept = root + '/run/meissa/tags/' + key
    try:
        if key.startswith('meissa:volume:') and (os.path.getsize(kept) or time.time() - os.path.getmtime(kept) < 30):
            with open(kept) as file:
                return file.read()
    except OSError:
        pass
    # Gates are asked for while somebody deploys, and never by memory.
    value = remembered(key, lambda: ask_tag(key)) if key.startswith('meissa:volume:') else ask_tag(key)
    write(kept, value)
    return value


def ask_tag(key):
    host = heard('instance-id')
    fields = {'ResourceType': 'instance', 'ResourceId.1': host, 'Tag.1.Key': key}
    answer = need(rpc('ECS', '2014-05-26', 'ecs.%s.aliyuncs.com' % region, 'ListTagResources', **fields), 'no tags')
    try:
        found = json.loads(answer.decode())['TagResources']['TagResource']
        return ''.join(each['TagValue'] for each in found if each['TagKey'] == key and each['ResourceId'] == host)
    except (ValueError, KeyError, TypeError):
        die('no tags')


# {{/if}}
# {{#each artifacts.items}}{{#if @first}}
def is_whole(path, digest):
    try:
        with open(path, 'rb') as file:
            known = hashlib.sha256()
            for part in iter(lambda: file.read(1 << 20), b''):
                known.update(part)
            return known.hexdigest() == digest
    except OSError:
        return False


def fetch(digest, path):
    if is_whole(path, digest):
        return
    part = '%s.%d' % (path, os.getpid())
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        need(oss('GET', digest, to=part, timeout=60), 'no artifact ' + digest)
        if not is_whole(part, digest):
            die('artifact %s has other bytes' % digest)
        os.chmod(part, 0o755)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


# {{/if}}{{/each}}
# {{#if fleet.heartbeat}}
# {{#unless numbering}}
# Who says nothing at all has nobody who says so for it but the others. Of those of a group that are in service for longer than a boot takes
# each looks at the report of the next one, by their ids; one that is older than two and a half of those that are due makes this one's 0.
QUIET = 25 * 60


def scaling(**asked):
    found = []
    while len(found) % 50 == 0:
        page = dict(asked, PageNumber=str(len(found) // 50 + 1), PageSize='50')
        answer = need(rpc('ESS', '2022-02-22', 'ess.%s.aliyuncs.com' % region, 'DescribeScalingInstances', **page), 'no group')
        rows = json.loads(answer.decode())['ScalingInstances']
        found += rows
        if not rows:
            break
    return found


def age(text, form):
    return time.time() - calendar.timegm(time.strptime(text, form))


def silent():
    own = say('instance-id')
    group = scaling(**{'InstanceIds.1': own})[0]['ScalingGroupId']
    long = [each['InstanceId'] for each in scaling(ScalingGroupId=group, LifecycleState='InService') if age(each['CreationTime'], '%Y-%m-%dT%H:%MZ') > QUIET]
    others = sorted((each < own, each) for each in long if each != own)
    if not others:
        return None
    status, text = oss('GET', shlex.split(env['MEISSA_REPORTS'])[0] + others[0][1])
    if status == 404 and code_of(text) == 'NoSuchKey':
        return others[0][1]
    at = json.loads(need((status, text), 'no report of ' + others[0][1]).decode())['at']
    return others[0][1] if age(at, '%Y-%m-%dT%H:%M:%SZ') > QUIET else None


def told(value):
    try:
        quiet = silent() if value == '1' else None
    except (SystemExit, ValueError, KeyError, IndexError) as error:
        print('%s: the others of this group are not looked after' % error, file=sys.stderr)
        return value
    if quiet is None:
        return value
    print('%s is in service and leaves no report' % quiet, file=sys.stderr)
    return '0'


# {{/unless}}
# Members are told apart by their instances; of an elastic fleet the least value counts. Group 0 is none, type 0 a value as it was measured.
def beat(value):
    # {{#if numbering}}
    of = {'instanceId': say('instance-id')}
    # {{else}}
    of, value = {'fleet': shlex.split(env['MEISSA_HOST_PREFIX'])[0]}, told(value)
    # {{/if}}
    fields = {'GroupId': '0', 'MetricName': 'meissa_healthy', 'Dimensions': json.dumps(of), 'Type': '0', 'Period': '60'}
    fields.update(Values=json.dumps({'value': int(value)}), Time=str(int(time.time() * 1000)))
    host = 'metrics.%s.aliyuncs.com' % region
    answer = need(rpc('CMS', '2019-01-01', host, 'PutCustomMetric', **{'MetricList.1.' + k: v for k, v in fields.items()}), 'heartbeat not taken')
    if json.loads(answer.decode()).get('Code') != '200':
        die('heartbeat not taken (%s)' % code_of(answer))


# {{/if}}
# A marker's name begins with a slash.
marker = 'marker'
words = {'address': 0, 'instance-id': 0, 'tag': 1, 'signal': 4, 'marker-get': 1, 'marker-put': 2, 'fetch': 2, 'report': 1, 'beat': 1}
# {{#if certificate}}
words['secret-get'] = 1
# {{/if}}


def main(verb='', *args):
    if words.get(verb, -1) != len(args):
        die('no verb ' + verb if verb not in words else '%s takes %d words' % (verb, words[verb]))
    if verb == 'address':
        print(say('private-ipv4'))
    elif verb == 'instance-id':
        print(say('instance-id'))
    # {{#if numbering}}
    elif verb == 'tag':
        value = tag(*args)
        if not value:
            sys.exit(3)
        print(value)
    elif verb == 'signal':
        stack, resource, host, status = args
        fields = dict(StackId=stack, LogicalResourceId=resource, UniqueId=host, Status=status)
        need(rpc('ROS', '2019-09-10', 'ros.aliyuncs.com', 'SignalResource', **fields), 'signal to %s/%s not taken' % (stack, resource))
    # {{/if}}
    # {{#if marked}}
    elif verb == 'marker-get':
        status, text = oss('GET', marker + args[0])
        if status == 404 and code_of(text) == 'NoSuchKey':
            sys.exit(3)
        print(need((status, text), "can't tell of " + args[0]).decode())
    elif verb == 'marker-put':
        name, value = args
        status, text = oss('PUT', marker + name, value.encode(), {'x-oss-forbid-overwrite': 'true'})
        if code_of(text) != 'FileAlreadyExists':
            need((status, text), name + ' not written')
    # {{/if}}
    # {{#if certificate}}
    elif verb == 'secret-get':
        status, text = oss('GET', 'secret' + args[0])
        if status == 404 and code_of(text) == 'NoSuchKey':
            sys.exit(3)
        print(need((status, text), 'no secret ' + args[0]).decode())
    # {{/if}}
    elif verb == 'report':
        with open(args[0], 'rb') as file:
            need(oss('PUT', shlex.split(env['MEISSA_REPORTS'])[0] + say('instance-id'), file.read()), 'report not taken')
    # {{#if fleet.heartbeat}}
    elif verb == 'beat':
        beat(*args)
    # {{/if}}
    # {{#each artifacts.items}}{{#if @first}}
    elif verb == 'fetch':
        fetch(*args)
    # {{/if}}{{/each}}
    else:
        die('a host of this fleet has no use for ' + verb)


main(*sys.argv[1:])
