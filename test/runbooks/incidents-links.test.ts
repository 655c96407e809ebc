/** The line is down: its page says what carries, and where nothing does it says so. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../e2e/example';
import { ROOT } from '../root';
import { OnCall } from './on-call';

jest.setTimeout(120_000);

test('the line down: the page shows that the VPN carries, by the router that holds it, and the line again when it is back', async () => {
  const root = temporaryFolder();
  cpSync(join(ROOT, 'test/estates/hybrid/regions'), join(root, 'regions'), { recursive: true });
  const oncall = new OnCall({ root, home: temporaryFolder(), env: () => ({}) });
  const filled = { idc: 'beijing', region: 'us-east-1' };
  const without = await oncall.follow('line-down', { ...filled, line: 'line' }, [0]);
  expect(without).toContain(
    'learned route 10.200.1.0/24 to the VPN of links/beijing--us-east-1/vpn-fallback, told by beijing/r2',
  );
  const back = await oncall.follow('line-down', filled, [1]);
  expect(back).not.toContain('vpn-fallback, told by');
  // No second way: the page's third case.
  await expect(oncall.shell('meissa reach beijing us-east-1 --without line fallback')).rejects.toThrow(/ended with 1/);
});
