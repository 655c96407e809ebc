/** How ids of AWS are written, as of 2026-11-30. */

/** A connection or a group of them that is used as one ("CreateTransitVirtualInterface", connectionId; "Link aggregation groups"). */
export const CONNECTION_ID = {
  form: /^dx(con|lag)-[a-z0-9]{6,17}$/,
  words: 'dxcon- or dxlag- and at least 6 letters and digits',
} as const;

/** An image ("Amazon EC2 resource IDs"). */
export const IMAGE_ID = { form: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, words: 'ami- and 8 or 17 hexadecimal digits' } as const;

/** A key pair, by name: printable ASCII, no space at an end ("CreateKeyPair", KeyName). */
export const KEY_PAIR = {
  form: /^[!-~]([ -~]{0,253}[!-~])?$/,
  words: 'at most 255 printable ASCII characters, no space at an end',
} as const;
