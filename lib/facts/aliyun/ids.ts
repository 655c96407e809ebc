/** How ids of Aliyun are written, as of 2026-11-30. */

/** A physical connection ("CreatePhysicalConnection", PhysicalConnectionId). */
export const CONNECTION_ID = { form: /^pc-[a-z0-9]{6,32}$/, words: 'pc- and at least 6 letters and digits' } as const;

/** An image of one's own, or a public one, which is a file ("DescribeImages", ImageId). */
export const IMAGE_ID = {
  form: /^(?!ami-)[A-Za-z][A-Za-z0-9_.-]*$/,
  words: 'm- with at least 6 letters and digits, or a public one such as aliyun_3_x64_20G_alibase_20240819.vhd',
} as const;

/** A key pair, by name ("CreateKeyPair", KeyPairName). */
export const KEY_PAIR = {
  form: /^[A-Za-z][A-Za-z0-9:._-]{1,127}$/,
  words: '2 to 128 letters, digits and : . _ -, a letter first',
} as const;
