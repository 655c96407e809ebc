import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Json, number, record, records, someText, text } from './answer';
import { assumeRole } from './assume-role';
import { type Credentials, type CredentialsOrNone, explicitCredentials, type Surroundings } from './credentials';
import { fromInstanceRole } from './credentials-instance';
import { Secret } from './secret';

type Profile = Record<string, Json>;

/**
 * A profile of the aliyun CLI: `~/.aliyun/config.json`, modes AK, StsToken, RamRoleArn, ChainableRamRoleArn and EcsRamRole (aliyun-cli,
 * "Configure profiles"). The other modes keep logins that only the CLI can renew; it gives their keys out.
 * @param name the profile @default - the file's `current`
 */
export async function fromProfile(surroundings: Surroundings, name?: string): Promise<CredentialsOrNone> {
  const environment = surroundings.environment ?? process.env;
  if (environment.ALIBABA_CLOUD_CLI_PROFILE_DISABLED?.toLowerCase() === 'true')
    return { none: 'profiles are switched off (ALIBABA_CLOUD_CLI_PROFILE_DISABLED)' };
  const file = join(surroundings.home ?? homedir(), '.aliyun', 'config.json');
  const configuration = await read(file);
  if (typeof configuration === 'string') return { none: configuration };
  return ofProfile(surroundings, file, configuration, name ?? (text(configuration.current) || 'default'), []);
}

/** The file, or why it can't be used; never what is in it. */
async function read(file: string): Promise<Profile | string> {
  let written: string;
  try {
    written = await readFile(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? `there is no ${file}`
      : `${file} can't be read (${(error as NodeJS.ErrnoException).code})`;
  }
  try {
    return record(JSON.parse(written.replace(/^\uFEFF/, '')) as Json);
  } catch {
    return `${file} is not JSON`;
  }
}

async function ofProfile(
  surroundings: Surroundings,
  file: string,
  configuration: Profile,
  name: string,
  passed: readonly string[],
): Promise<CredentialsOrNone> {
  const profiles = records(configuration.profiles);
  const profile = profiles.find((one) => one.name === name);
  if (!profile)
    return { none: `${file} has no profile ${name} (it has ${profiles.map((one) => text(one.name)).join(', ') || 'none'})` };
  if (passed.includes(name)) return { none: `${file}: profile ${name} is its own source (source_profile)` };
  const source = `profile ${name} (${file})`;
  switch (text(profile.mode)) {
    case 'AK':
      return keys(profile, source, false);
    case 'StsToken':
      return keys(profile, source, true);
    case 'RamRoleArn': {
      const own = keys(profile, source, false);
      return 'none' in own ? own : role(surroundings, profile, own, source);
    }
    case 'ChainableRamRoleArn': {
      const own = await ofProfile(surroundings, file, configuration, text(profile.source_profile), [...passed, name]);
      return 'none' in own ? own : role(surroundings, profile, own, source);
    }
    case 'EcsRamRole':
      return fromInstanceRole(surroundings, someText(profile.ram_role_name));
    default:
      return {
        none: `${source} has mode ${text(profile.mode) || 'none'}, which only the aliyun CLI can use (here: AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole)`,
      };
  }
}

function keys(profile: Profile, source: string, session: boolean): CredentialsOrNone {
  const id = text(profile.access_key_id);
  const secret = text(profile.access_key_secret);
  const token = text(profile.sts_token);
  if (!id || !secret || (session && !token)) {
    return { none: `${source} lacks ${!id ? 'access_key_id' : !secret ? 'access_key_secret' : 'sts_token'}` };
  }
  return {
    accessKeyId: new Secret(id),
    accessKeySecret: new Secret(secret),
    ...(session ? { securityToken: new Secret(token) } : {}),
    source,
  };
}

/** A role, assumed with the keys of the profile or of the one it names. */
async function role(surroundings: Surroundings, profile: Profile, own: Credentials, source: string): Promise<CredentialsOrNone> {
  const roleArn = text(profile.ram_role_arn);
  if (!roleArn) return { none: `${source} lacks ram_role_arn` };
  return assumeRole({
    with: explicitCredentials({
      accessKeyId: own.accessKeyId.reveal(),
      accessKeySecret: own.accessKeySecret.reveal(),
      ...(own.securityToken ? { securityToken: own.securityToken.reveal() } : {}),
    }),
    roleArn,
    sessionName: text(profile.ram_session_name) || 'meissa',
    seconds: number(profile.expired_seconds) || 3600,
    region: text(profile.sts_region) || text(profile.region_id) || 'cn-hangzhou',
    ...(surroundings.clock ? { clock: surroundings.clock } : {}),
    ...(surroundings.environment ? { environment: surroundings.environment } : {}),
    source,
  });
}
