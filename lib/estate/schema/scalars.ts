/** The small values that every file is made of. Each has a description and an example: editors show them, findings quote them. */
import { z } from 'zod';
import { ALIYUN } from '../../clouds/aliyun';
import { AWS } from '../../clouds/aws';
import { parseCidr } from '../addresses/cidr';

/** Names of estates, clusters, fleets: part of host names, stack names and logical ids. */
export const NAME = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Text of a pattern; the rule is what a person is told who wrote something else, here as in an editor. */
export const text = (pattern: RegExp, rule: string, description: string, example: string, most = 1024) =>
  z
    .string()
    .regex(pattern, rule)
    .max(most)
    .meta({ description, examples: [example], patternErrorMessage: rule });

export const name = (description: string, example: string) =>
  text(NAME, 'lower-case letters, digits and hyphens, a letter first and no hyphen last', description, example, 63);

/** An image of AWS. */
export const amiId = text(AWS.imageId.form, AWS.imageId.words, 'Image that hosts start with.', 'ami-0dbd802e72d0b653d');

/** Of either cloud: a rule looks whether it is the region's. */
export const imageId = text(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'an image id', 'Image that hosts start with.', 'ami-0dbd802e72d0b653d');

const RANGE = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const RANGE_RULE = 'an IPv4 range such as 10.9.0.0/16';

export const range = (description: string, example: string) =>
  z
    .string()
    .regex(RANGE, RANGE_RULE)
    .refine((value) => parseCidr(value) !== undefined, 'an IPv4 range whose address is aligned to its length')
    .meta({ description, examples: [example], patternErrorMessage: RANGE_RULE, format: 'ipv4-range' });

export const whole = (description: string, least: number, most: number, example: number) =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({ description, examples: [example] });

/** What CloudWatch Logs takes, and 0 for none ("PutRetentionPolicy": retentionInDays). */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const retention = (description: string) => z.literal([...RETENTION_DAYS]).meta({ description, examples: [30] });

/** Places and what stands in them: also names of files and folders, which Windows keeps for devices ("Naming Files, Paths, and Namespaces"). */
export const placeName = (description: string, example: string) =>
  text(
    /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'lower-case letters, digits and hyphens, a letter first and no hyphen last, and no device of Windows (con, nul, com1 ...)',
    description,
    example,
    63,
  );

/** The same for regions, which stand beside `links` in selectors, and whose names `--` joins to a link's. */
export const REGION_NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d|links)$)(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const REGION_NAME_RULE =
  'at most 63 lower-case letters, digits and single hyphens between them, a letter first, not "links" and no device of Windows (con, nul, com1 ...)';

/** What is seen and stays on its line: no control characters, none that are invisible or turn the direction of writing. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;
const PRINTABLE_RULE = 'one line of text without control characters or invisible ones';

/** Text of one line, 1 to 1,024 characters. */
export const line = (description: string, example: string) => text(PRINTABLE, PRINTABLE_RULE, description, example).min(1);

/** Versions and releases: they are parts of paths on hosts. */
export const version = (description: string, example: string) =>
  text(/^[A-Za-z0-9][A-Za-z0-9._+~-]*$/, 'letters, digits and ._+~-, a letter or digit first', description, example, 128);

/** An address that hosts and scripts use: what would have to be quoted anywhere stands in none. */
export const webAddress = (description: string, example: string) =>
  text(
    /^https?:\/\/([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(\/[A-Za-z0-9._~%+,=@:-]+)*$/,
    'an http or https URL without user, query or trailing slash, of letters, digits and ._~%+,=@:-',
    description,
    example,
  );

export const zoneName = text(/^[a-z][a-z0-9-]*$/, 'the name of a zone', 'Name of a zone.', 'sa-east-1a', 63);

/** Values of tags and metadata: text, never a bare number or boolean, which YAML would read as something else. */
export const labels = (description: string, example: Record<string, string>) =>
  z
    .record(
      z.string().regex(PRINTABLE, PRINTABLE_RULE).min(1).max(128).meta({ patternErrorMessage: PRINTABLE_RULE }),
      text(PRINTABLE, PRINTABLE_RULE, 'Its value.', Object.values(example)[0]!, 256),
    )
    .meta({ description, examples: [example] });

const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_KEY_RULE =
  'up to 63 letters, digits and - _ . with a letter or digit at both ends, after a domain and / if it is not your own';
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_VALUE_RULE = 'up to 63 letters, digits and - _ . with a letter or digit at both ends';

/** Metadata become labels of the nodes of a cluster (Kubernetes, "Labels and Selectors": syntax and character set). */
export const nodeLabels = (description: string, example: Record<string, string>) =>
  z
    .record(
      z.string().regex(LABEL_KEY, LABEL_KEY_RULE).min(1).max(317).meta({ patternErrorMessage: LABEL_KEY_RULE }),
      text(LABEL_VALUE, LABEL_VALUE_RULE, 'Its value.', Object.values(example)[0]!, 63),
    )
    .meta({ description, examples: [example] });

export const profileName = text(NAME, 'the name of a profile', 'Name of a profile.', 'base', 63);

/** Parameters by profile; each profile's own schema checks them once they are merged. */
export const parameters = (description: string) =>
  z
    .record(profileName, z.record(z.string(), z.unknown()))
    .meta({ description, examples: [{ base: { sshAuthorizedKeys: ['ssh-ed25519 AAAA... you@example'] } }] });

export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

/** What of an AWS account an estate gives and a region may override. */
export const aliyunFields = {
  account: text(/^\d{16}$/, 'sixteen digits in quotes', 'Aliyun account id (UID), sixteen digits in quotes.', '1111111111111111'),
  image: text(
    ALIYUN.imageId.form,
    ALIYUN.imageId.words,
    'Id of the image that new hosts get; members keep the one they were made with.',
    'aliyun_3_x64_20G_alibase_20240819.vhd',
  ),
  userDataEncoding: z.enum(['plain', 'base64']).meta({
    description: 'How templates carry user-data. Default: plain, which ROS encodes itself.',
    examples: ['plain'],
  }),
};

export const awsFields = {
  account: text(/^\d{12}$/, 'twelve digits in quotes', 'AWS account id, twelve digits in quotes.', '111111111111'),
  partition: z
    .enum(PARTITIONS)
    .meta({ description: 'AWS partition; China and GovCloud are worlds of their own.', examples: ['aws'] }),
  bootstrapQualifier: text(
    /^(?=.{1,10}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    'at most ten lower-case letters and digits, with single hyphens between them',
    'Qualifier of `cdk bootstrap`. Default: hnb659fds.',
    'hnb659fds',
  ),
  permissionsBoundary: text(
    /^([A-Za-z0-9_+=,.@-]+\/)*[A-Za-z0-9_+=,.@-]{1,128}$/,
    'the name of a managed policy, not its ARN',
    'Name of the managed policy that bounds every role. Default: none.',
    'DeveloperBoundary',
    512,
  ),
};
