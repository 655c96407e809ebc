/** Profiles, and what the hosts of theirs are. */
import { stringify } from 'yaml';
import { beijing } from '../../estate/cases/joined';
import {
  type AdviceRow,
  about,
  aliyun,
  another,
  FRAGMENT,
  file,
  fragment,
  noise,
  PORT,
  PROFILE,
  profile,
  row,
  SECRET,
  storage,
  twice,
  unit,
} from './row';

export const profilesRows: readonly AdviceRow[] = [
  row(
    'PROFILE_CONFLICT',
    'two profiles with one file',
    twice('other'),
    /Leave file \/etc\/x to one of the two/,
    (w) => (w.more['cloud-config/other/cloud-config.yaml'] = '#cloud-config\n'),
  ),
  row(
    'PROFILE_CONFLICT',
    'the same in both',
    twice('other'),
    /write the same in both/,
    (w) => (w.more['cloud-config/other/cloud-config.yaml'] = file('/etc/x', 'mine')),
  ),
  row(
    'PROFILE_CONFLICT',
    'a file of the configuration itself',
    fragment(file('/etc/meissa/manifest', 'x')),
    /write another path/,
    fragment(file('/etc/mine', 'x')),
  ),
  row(
    'PROFILE_CONFLICT',
    'a file below a file',
    fragment(file('/etc/x', 'x') + file('/etc/x/y', 'x').replace('files:\n', '')),
    /Leave out file \/etc\/x or file \/etc\/x\/y/,
    fragment(file('/etc/x', 'x')),
  ),
  row(
    'UNIT_NEWER',
    "a unit's setting that the oldest image passes over",
    (w) => {
      fragment(unit('/bin/true\n      ExecCondition=/bin/false'))(w);
      aliyun(w);
    },
    /Leave ExecCondition= out, and let the program do it/,
    fragment(unit('/bin/true')),
  ),
  row(
    'UNIT_NETWORK',
    'an order after the network that nothing asks for',
    fragment(unit('/bin/true\n      [Unit]\n      After=network-online.target')),
    /Write Wants=network-online\.target beside/,
    fragment(unit('/bin/true\n      [Unit]\n      Wants=network-online.target\n      After=network-online.target')),
  ),
  row('PROFILE_FILE_UNUSED', 'a file that nothing names', fragment('files: []\n', { 'x.sh': 'true\n' })),
  row(
    'PROFILE_FILE_UNUSED',
    'the same, which is then named',
    fragment('files: []\n', { 'x.sh': 'true\n' }),
    /`source: x\.sh`/,
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh }\n'),
  ),
  row('PROFILE_NAME', 'another name than its folder', profile({ profile: 'other' })),
  row(
    'PROFILE_SCHEMA',
    'a keyword misspelt',
    profile({ parameters: { type: 'object', properties: { a: { type: 'string', defualt: 'x' } } } }),
  ),
  row(
    'PROFILE_SCHEMA',
    'a default that is none',
    profile({ parameters: { properties: { a: { type: 'integer', default: 'x' } } } }),
    /./,
    profile({ parameters: { properties: { a: { type: 'integer', default: 1 } } } }),
  ),
  row(
    'PROFILE_SCHEMA',
    'parameters that are a list',
    profile({ parameters: { type: 'array' } }),
    /`type: object`/,
    profile({ parameters: { type: 'object', properties: {} } }),
  ),
  row('PROFILE_FRAGMENT_MISSING', 'no fragment', (w) => delete w.more[FRAGMENT]),
  row(
    'PROFILE_FILE_MISSING',
    'no profile.yaml',
    (w) => delete w.more[PROFILE],
    /`profile: mine` and `description:` with one sentence/,
    profile({}),
  ),
  row(
    'PROFILE_FILE_MISSING',
    'neither of the two',
    (w) => {
      delete w.more[PROFILE];
      delete w.more[FRAGMENT];
      w.more['cloud-config/mine/README.md'] = 'x';
    },
    /`description:`.*cloud-config\.yaml, for which `#cloud-config`/,
    (w) => {
      profile({})(w);
      w.more[FRAGMENT] = '#cloud-config\n';
    },
  ),
  row(
    'PROFILE_NESTED',
    'a profile within another',
    (w) => {
      w.more['cloud-config/mine/inner/profile.yaml'] = stringify({ ...about, profile: 'inner' });
      w.more['cloud-config/mine/inner/cloud-config.yaml'] = '#cloud-config\n';
    },
    /move the folder to cloud-config\/inner/,
    (w) => {
      for (const name of ['profile.yaml', 'cloud-config.yaml']) {
        w.more[`cloud-config/inner/${name}`] = w.more[`cloud-config/mine/inner/${name}`]!;
        delete w.more[`cloud-config/mine/inner/${name}`];
      }
    },
  ),
  row('PROFILE_NEEDS_CLOUD', 'a rack with artifacts and no mirror', (w) => {
    profile({ needs: { artifacts: ['etcd'] } })(w);
    Object.assign(beijing(w).racks.a01, { profiles: ['base', 'mine'] });
  }),
  row('PROFILE_NEEDS_CLOUD', 'a profile that another one requires', (w) => {
    profile({ needs: { artifacts: ['etcd'] } })(w);
    another(w, { requires: ['mine'] });
    Object.assign(beijing(w).racks.a01, { profiles: ['other', 'base', 'mine'] });
  }),
  row('PORT_RANGE', 'a range the wrong way round', profile({ ports: [{ ...PORT, toPort: 8000 }] })),
  row('REBOOT_STRATEGY_UNKNOWN', 'an image that shall reboot by itself', (w) => {
    aliyun(w);
    fragment('update: { rebootStrategy: reboot }\n')(w);
  }),
  row('REBOOT_STRATEGY_UNKNOWN', 'the same by a template', (w) => {
    aliyun(w);
    fragment('update:\n  rebootStrategy: "{{#if true}}reboot{{/if}}"\n')(w);
  }),
  row(
    'PUBLISHED_PORT',
    'a port of a container with an address',
    (w) => {
      w.places['sa-east-1'].containers = { mode: 'host-gw', block: '172.16.0.0/16' };
      delete w.places['sa-east-1'].clusters.core.fleets.adserver;
      Object.assign(storage(w), { addresses: { first: 64, perZone: 32, firstRange: 48 }, membersPerStack: 20 });
      fragment(unit('/usr/bin/docker run -p 80:80 nginx'))(w);
    },
    /--network host, and the port in profile\.yaml/,
    (w) => {
      fragment(unit('/usr/bin/docker run --network host nginx'))(w);
      profile({ ports: [{ ...PORT, port: 80 }] })(w);
    },
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'a file of noise',
    (w) => {
      fragment(file('/etc/x', noise(40_000)))(w);
    },
    /leave out a profile/,
    (w) => storage(w).profiles.pop(),
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'a file that is not to be packed',
    (w) => {
      storage(w).compress = 'never';
      fragment(file('/etc/x', 'x'.repeat(20_000)))(w);
    },
    /`compress: auto`/,
    (w) => (storage(w).compress = 'auto'),
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'noise, which packing makes no smaller',
    (w) => {
      storage(w).compress = 'never';
      fragment(file('/etc/x', noise(40_000)))(w);
    },
    /^Move large files/,
    (w) => storage(w).profiles.pop(),
  ),
  row(
    'USER_DATA_MISREAD',
    'a substitution of coreos-cloudinit',
    fragment(file('/etc/x', 'a=$private_ipv4')),
    /MEISSA_ADDRESS from \/run\/meissa\/host\.env/,
    fragment(unit('/bin/echo $MEISSA_ADDRESS').replace('ExecStart', 'EnvironmentFile=/run/meissa/host.env\n      ExecStart')),
  ),
  row(
    'SECRET_IN_USER_DATA',
    'a key of a cloud',
    fragment(file('/etc/x', `aws_secret_access_key=${SECRET}`)),
    /fetch it by name/,
    fragment(file('/etc/x', 'secret_name=mine/key')),
  ),
  row(
    'SECRET_IN_DESCRIPTION',
    'a key in a label',
    (w) => (w.estate.tags = { note: `aws_secret_access_key=${SECRET}` }),
    /the name under which a secret store keeps it/,
    (w) => (w.estate.tags = { note: 'mine/key' }),
  ),
];
