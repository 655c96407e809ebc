import { CLOUDS } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { accountOf } from '../../model/account';
import type { Region } from '../../model/model';
import { some } from '../links/link-entry';
import { ESTATE_PATH, type Problem, type Rule, wholeRegions } from '../rule';

/** Every region has an account: the estate's or its own. Source: the design of this toolkit. */
export const accountIsKnown: Rule = {
  code: 'ACCOUNT_MISSING',
  title: 'Every region has an account.',
  why: 'bucket names, roles and the target of a deploy hold it, and synth asks nobody',
  check: (estate) =>
    (['aws', 'aliyun'] as const).flatMap((provider): Problem[] => {
      const all = wholeRegions(estate).filter((region) => region.provider === provider);
      const without = all.filter((region) => accountOf(region) === '');
      const [first] = without;
      if (first === undefined) return [];
      const path = [provider, 'account'];
      const value = '1'.repeat(CLOUDS[provider].accountDigits);
      // One cause: the estate names no account, and no region one of its own.
      if (without.length === all.length && all.length > 1) return [problem(ESTATE_PATH, path, value, without)];
      return without.map((region) => problem(region.file, path, value, [region]));
    }),
};

function problem(file: string, path: readonly string[], value: string, regions: readonly Region[]): Problem {
  const message = `no account is written for ${some(regions.map(({ name }) => name))}`;
  return { file, path, message, write: [set(path, value)], fix: "with your account's own digits" };
}
