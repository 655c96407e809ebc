// A cloud of its own: makes a stack (and deletes it), asks for its status as a client does, and is gone the moment it hears the one it was told.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { credentialsOf, Driver } from './driver';

const [folder, until, resources] = process.argv.slice(2) as [string, string, string];

async function main(): Promise<void> {
  const { cloud } = await Driver.start({ stateDir: folder });
  const client = new CloudFormationClient({ region: 'sa-east-1', endpoint: cloud.url, credentials: credentialsOf(cloud.key()) });
  const { StackId } = await client.send(
    new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify({ Resources: JSON.parse(resources) }) }),
  );
  let asked = false;
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
    const status = Stacks?.[0]?.StackStatus;
    if (status === until) process.kill(process.pid, 'SIGKILL');
    if (status === 'CREATE_COMPLETE' && !asked) {
      asked = true;
      await client.send(new DeleteStackCommand({ StackName: StackId }));
    }
  }
}

void main();
