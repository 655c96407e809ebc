import { otherwiseBfd, setBfd } from '../../../lib/aliyun/cloud';
import { type Answer, type Call, clientOf, type FakeRpc, fakeRpc } from './fake-rpc';

let server: FakeRpc;
afterEach(() => server.close());

const REGION = 'cn-beijing';
const BFD = { minTxInterval: 300, minRxInterval: 300, detectMultiplier: 3 };
const wanted = ['vbr-1', 'vbr-2'].map((vbrId) => ({ vbrId, ...BFD }));

/** Two border routers, of which the second has its times already. */
async function lines() {
  const times = new Map([
    ['vbr-1', [1000, 1000, 3]],
    ['vbr-2', [300, 300, 3]],
  ]);
  server = await fakeRpc((call: Call): Answer => {
    if (call.Action === 'ModifyVirtualBorderRouterAttribute') {
      times.set(call.VbrId!, [call.MinTxInterval, call.MinRxInterval, call.DetectMultiplier].map(Number));
      return {};
    }
    const set = [...times].flatMap(([VbrId, [MinTxInterval, MinRxInterval, DetectMultiplier]]) =>
      call['Filter.1.Key'] === 'VbrId' && call['Filter.1.Value.1'] === VbrId
        ? [{ VbrId, MinTxInterval, MinRxInterval, DetectMultiplier }]
        : [],
    );
    return { json: { VirtualBorderRouterSet: { VirtualBorderRouterType: set } } };
  });
  return clientOf(server, { retry: { attempts: 2 } });
}

test('only border routers with other times are touched, and a second run touches none', async () => {
  const rpc = await lines();
  expect((await otherwiseBfd(rpc, REGION, wanted)).map(({ vbrId }) => vbrId)).toEqual(['vbr-1']);
  expect(await setBfd(rpc, REGION, wanted)).toEqual(['vbr-1']);
  expect(await setBfd(rpc, REGION, wanted)).toEqual([]);
});

test('a border router that was deleted by hand is named', async () => {
  const rpc = await lines();
  await expect(setBfd(rpc, REGION, [{ vbrId: 'vbr-9', ...BFD }])).rejects.toThrow('vbr-9');
});
