import { awsRegions, type Rule } from './rule';

/** Every AWS region has an account: the estate's or its own. Source: the design of this toolkit. */
export const accountIsKnown: Rule = {
  code: 'ACCOUNT_MISSING',
  title: 'Every AWS region has an account.',
  why: 'bucket names, roles and the target of a deploy hold it, and synth asks nobody',
  check: (estate) =>
    awsRegions(estate)
      .filter(({ aws }) => aws.account === '')
      .map(({ name, file }) => ({
        file,
        path: ['aws', 'account'],
        message: `no account is written for ${name}`,
        fix: 'write `aws: { account: "111111111111" }` in estate.yaml or here',
      })),
};
