import { CLOUDS } from '../../../clouds/clouds';
import { accountOf } from '../../model/account';
import { type Rule, wholeRegions } from '../rule';

/** Every region has an account: the estate's or its own. Source: the design of this toolkit. */
export const accountIsKnown: Rule = {
  code: 'ACCOUNT_MISSING',
  title: 'Every region has an account.',
  why: 'bucket names, roles and the target of a deploy hold it, and synth asks nobody',
  check: (estate) =>
    wholeRegions(estate)
      .filter((region) => accountOf(region) === '')
      .map(({ name, file, provider }) => ({
        file,
        path: [provider, 'account'],
        message: `no account is written for ${name}`,
        fix: `write \`${provider}: { account: "${'1'.repeat(CLOUDS[provider].accountDigits)}" }\` in estate.yaml or here`,
      })),
};
