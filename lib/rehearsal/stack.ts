/** A stack as a rehearsal deploys it. */
import type { AwayHost } from '../clouds/away-host';
import type { DeployStack } from '../deploy/engine';

export interface RehearsedStack extends DeployStack {
  /** The template's text. */
  readonly body: string;
  /** Account that it stands in. */
  readonly account: string;
  /** Text of the stack's policy. @default - it has none */
  readonly policyBody?: string;
  /** Texts that members fetch at boot, by fleet. @default - their user-data is all */
  readonly configurations?: ReadonlyMap<string, string>;
  /** Hosts of it that do not run, where it stands. @default - all do */
  readonly away?: readonly AwayHost[];
}
