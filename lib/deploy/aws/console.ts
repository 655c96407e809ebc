import { type EC2Client, GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import { lastLines } from '../journal';

/**
 * Last lines of an instance's console. Source: EC2, "GetConsoleOutput": at most 64 KB; `Latest` where the hypervisor is Nitro, else refused.
 *
 * @returns undefined where it wrote nothing, or nobody may read it
 */
export async function consoleLines(client: EC2Client, instanceId: string): Promise<readonly string[] | undefined> {
  for (const Latest of [true, false]) {
    try {
      const { Output } = await client.send(new GetConsoleOutputCommand({ InstanceId: instanceId, Latest }));
      const lines = Output === undefined ? [] : lastLines(Buffer.from(Output, 'base64').toString('utf8'));
      if (lines.length > 0) return lines;
    } catch (error) {
      if (!/UnsupportedOperation/.test((error as Error).name)) return undefined;
    }
  }
  return undefined;
}
