import type { OnCall } from './on-call';

/**
 * A key that was leaked, taken away by its page: hosts of the fleet have it before, and not after.
 *
 * @param setKeys describes who may log in
 */
export async function takeLeakedKeyAway(oncall: OnCall, region: string, setKeys: (keys: string[]) => void): Promise<void> {
  const key = `ssh-ed25519 ${Buffer.from('leaked').toString('base64')} a@example.com`;
  setKeys([key, `ssh-ed25519 ${Buffer.from('kept').toString('base64')}`]);
  await oncall.shell(`meissa deploy ${region}`);
  const fleet = `${region}/core/voters`;
  expect(await oncall.shell(`meissa user-data ${fleet}`)).toContain(key);
  const said = await oncall.follow('leaked-key', { region, key, fleet });
  expect(said.slice(said.lastIndexOf('#cloud-config'))).not.toContain(key);
}
