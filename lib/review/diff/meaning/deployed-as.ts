/** What a deploy does with a stack that no template says: whether it goes back by itself, what its policy forbids, what is set behind it. */
import type { DeployedAs } from '../state';
import type { DiffContext } from './context';
import type { Meaning } from './meaning';
import { plainId } from './references';

type Told = Pick<Meaning, 'kind' | 'severity' | 'what'> & { readonly details?: readonly string[] };
type Rule = (before: DeployedAs, after: DeployedAs) => Told[];

export function deploysThatChange({ change: { path, deployedAs } }: DiffContext): Meaning[] {
  if (deployedAs === undefined) return [];
  const { before, after } = deployedAs;
  return [goesBack, forbids, isolates, watchesLines]
    .flatMap((rule) => rule(before, after))
    .map((told) => ({ stack: path, hosts: [], details: [], explains: [], ...told }));
}

/** Quorum stacks alone are emitted without: a rollback interrupts voters past every gate. */
const goesBack: Rule = (before, after) => {
  if (before.rollback === after.rollback) return [];
  const what = after.rollback
    ? 'its engine rolls back by itself when it fails, past every gate: several voters may be down at once'
    : 'its engine no longer rolls back when it fails: it stays half-made until the next deploy';
  return [{ kind: 'stack-rollback', severity: after.rollback ? 'quorum' : 'network', what }];
};

const forbids: Rule = (before, after) => {
  const [less, more] = [without(before.forbidden, after.forbidden), without(after.forbidden, before.forbidden)];
  return [
    ...(less.length === 0
      ? []
      : [{ kind: 'stack-policy', severity: 'security', what: 'its policy no longer forbids', details: less } as const]),
    ...(more.length === 0
      ? []
      : [{ kind: 'stack-policy', severity: 'addition', what: 'its policy forbids from now on', details: more } as const]),
  ];
};

const isolates: Rule = (before, after) => {
  const open = without(before.isolatedGroups, after.isolatedGroups).map(plainId);
  const closed = without(after.isolatedGroups, before.isolatedGroups).map(plainId);
  return [
    ...(open.length === 0
      ? []
      : [
          {
            kind: 'group-open',
            severity: 'security',
            what: `hosts of a group reach each other on every port: ${open.join(', ')}`,
          } as const,
        ]),
    ...(closed.length === 0
      ? []
      : [
          {
            kind: 'group-closed',
            severity: 'access',
            what: `hosts of a group reach each other by rule only: ${closed.join(', ')}`,
          } as const,
        ]),
  ];
};

const watchesLines: Rule = (before, after) =>
  JSON.stringify(before.borderRouters) === JSON.stringify(after.borderRouters)
    ? []
    : [
        {
          kind: 'line-timers',
          severity: 'network',
          what: "the timers of a line's BFD at its border router change",
          details: [
            ...without(before.borderRouters.map(textOf), after.borderRouters.map(textOf)).map((one) => `- ${one}`),
            ...without(after.borderRouters.map(textOf), before.borderRouters.map(textOf)).map((one) => `+ ${one}`),
          ],
        },
      ];

const textOf = (value: object): string => JSON.stringify(value);

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one));
}
