/** An alarm of CloudWatch. */
import { runbookPage } from '../plan/runbook-page';
import type { TemplateResource } from './template';

/**
 * Properties in the order of the alphabet, as L1 constructs write them.
 *
 * @param page name of its page in docs/runbooks, to which its description leads: whoever is woken reads the description first
 * @param description what is wrong while it is in alarm
 * @param action ARN of who is told, or what is done; nobody and nothing where undefined
 */
export function alarm(
  page: string,
  description: string,
  action: string | undefined,
  properties: Record<string, unknown>,
): TemplateResource {
  const all = {
    ...(action === undefined ? {} : { AlarmActions: [action] }),
    AlarmDescription: `${description}. ${runbookPage(page)}`,
    ...properties,
  };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return { Type: 'AWS::CloudWatch::Alarm', Properties: Object.fromEntries(sorted) };
}
