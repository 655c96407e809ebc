/** With every debug switch of the libraries below on, nothing of a call is printed. Apart, because the switches are read at start. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hidden as HIDDEN } from '../../credentials.json';
import { fakeOss } from './fake-oss';
import { fakeRpc, KEY_ID, KEY_SECRET, TOKEN } from './fake-rpc';

const LOADER = join(__dirname, '..', '..', 'child', 'typescript.cjs');

test('DEBUG=* prints no key, token, signature, body or parameter', async () => {
  const rpc = await fakeRpc((call) =>
    call.Action === 'GetStack' ? { status: 400, json: { Code: 'Bad', Message: `${HIDDEN} and ${TOKEN}` } } : {},
  );
  const oss = await fakeOss();
  try {
    const env = { ...process.env, DEBUG: '*', KEY_ID, KEY_SECRET, TOKEN, HIDDEN, RPC: rpc.url, OSS: oss.url };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--require', LOADER, join(__dirname, 'loud-calls.ts')],
      {
        env,
        timeout: 20_000,
      },
    );
    expect(stderr.match(/^said/gm)).toHaveLength(2);
    expect(rpc.calls).toHaveLength(2);
    expect(oss.requests).toHaveLength(2);
    for (const secret of [KEY_ID, KEY_SECRET, TOKEN, HIDDEN, 'Signature']) expect(stdout + stderr).not.toContain(secret);
  } finally {
    await rpc.close();
    oss.close();
  }
});
