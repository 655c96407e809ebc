/** Which hosts are down and how long, from what a rehearsal was told of them. */
import { hostStops } from '../../lib/rehearsal/outages';

const change = (instanceId: string, name: string, up: boolean, at: number) => ({ instanceId, name, up, at });

test('a host that stops and starts is down from its stop until it is well', () => {
  const hosts = [change('i-1', 'v-1', true, 0), change('i-1', 'v-1', false, 10), change('i-1', 'v-1', true, 145)];
  expect(hostStops({ hosts })).toEqual({ outages: [{ name: 'v-1', instanceId: 'i-1', from: 10, to: 145 }], exchanges: [] });
});

test('a member that is replaced is down until the one in its place is well; one that is never well again has no end', () => {
  const hosts = [
    change('i-1', 'v-1', true, 0),
    change('i-2', 'v-2', true, 0),
    change('i-1', 'v-1', false, 10),
    change('i-2', 'v-2', false, 20),
    change('i-9', 'v-1', true, 100),
  ];
  expect(hostStops({ hosts }).outages).toEqual([
    { name: 'v-1', instanceId: 'i-1', from: 10, to: 100 },
    { name: 'v-2', instanceId: 'i-2', from: 20 },
  ]);
});

test('hosts of an elastic fleet that go while others of it are well are exchanged; the last one that goes first is down', () => {
  const hosts = [
    change('i-1', 'web', true, 0),
    change('i-2', 'web', true, 5),
    change('i-1', 'web', false, 6),
    change('i-2', 'web', false, 7),
    change('i-3', 'web', true, 80),
  ];
  expect(hostStops({ hosts })).toEqual({
    outages: [{ name: 'web', instanceId: 'i-2', from: 7, to: 80 }],
    exchanges: [{ name: 'web', hosts: 1, from: 6, to: 6 }],
  });
});
