/** What a stack's status means for who deploys it. Source: AWS CloudFormation, "Stack status codes". */
import { runbookPage } from '../../plan/runbook-page';
import { DeployError } from '../deploy-error';
import type { StackPlace } from '../engine';

export type Standing =
  /** None of that name, or one that was only reviewed. */
  | 'absent'
  /** Its creation was rolled back: nothing stands in it, and it can only be deleted. */
  | 'failed-creation'
  /** An operation goes on. */
  | 'busy'
  /** Left half-made by an operation with rollback off: goes on by an update with rollback off. */
  | 'half-made'
  /** Takes no update. */
  | 'stuck'
  | 'whole';

export function standingOf(status: string | undefined): Standing {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE') return 'absent';
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED') return 'failed-creation';
  if (status.endsWith('_IN_PROGRESS')) return 'busy';
  if (status === 'CREATE_FAILED' || status === 'UPDATE_FAILED') return 'half-made';
  if (status.endsWith('_FAILED')) return 'stuck';
  return 'whole';
}

/** Why a stuck stack can't be deployed, and the way on. */
export function stuck({ path, name, region, cloudRegion }: StackPlace, status: string, reason?: string): DeployError {
  const message = `${path} is ${status}: CloudFormation takes no update of it${reason === undefined ? '' : ` (${reason})`}`;
  if (status === 'DELETE_FAILED')
    return new DeployError('STACK_STUCK', message, `finish its deletion: meissa destroy ${region}, or delete ${name} by hand`);
  return new DeployError(
    'ROLLBACK_STUCK',
    message,
    `its update failed and so did the way back; what stands is whole. Put right what its events name (aws cloudformation describe-stack-events --region ${cloudRegion} --stack-name ${name}), then: aws cloudformation continue-update-rollback --region ${cloudRegion} --stack-name ${name}; of a resource that is gone for good, with --resources-to-skip <logical id>. Deploy again when it is UPDATE_ROLLBACK_COMPLETE (${runbookPage('incidents/stuck-or-rival-deploy')})`,
  );
}
