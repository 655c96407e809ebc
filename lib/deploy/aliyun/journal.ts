import { askHost, type RpcClient } from '../../aliyun/cloud';
import type { CloudRegionId } from '../../estate/model/model';
import { lastLines } from '../journal';

/** Failed units first, then the end of this boot's journal; Cloud Assistant keeps 24 KB of what a command writes. */
const COMMAND =
  'systemctl --failed --no-legend --plain | head -10; journalctl -b -p notice --no-pager -o short-iso -n 40 | tail -c 16000';

/** Last lines of a host's journal. @returns undefined where it does not answer */
export async function journalLines(
  rpc: RpcClient,
  region: CloudRegionId,
  instanceId: string,
): Promise<readonly string[] | undefined> {
  try {
    const answer = await askHost(rpc, region, instanceId, COMMAND, { timeoutSeconds: 20 });
    const lines = answer.kind === 'answered' ? lastLines(answer.output) : [];
    return lines.length === 0 ? undefined : lines;
  } catch {
    // It is asked for why something failed already: that it doesn't answer is told there.
    return undefined;
  }
}
