/** How a stack is deployed, as the cloud assembly says it. Knows no CDK: what only reads an assembly reads this. */

/**
 * Metadata of a stack that deploys with rollback off. Neither a template nor a cloud assembly can say it to the CDK CLI, whose
 * `--no-rollback` (cdk.json: `"rollback": false`) holds for all stacks of a call:
 * `cdk deploy 'sa-east-1/core-voters' --no-rollback`. `meissa deploy` reads this.
 */
export const DEPLOY_METADATA = 'meissa:deploy';
