import { endpointOf } from '../../../lib/aliyun/cloud/endpoint';

test('ROS, CEN and RAM have one endpoint, the others one a region, all by https', () => {
  expect(endpointOf('ros', 'cn-beijing', {})).toBe('https://ros.aliyuncs.com');
  expect(endpointOf('cbn', 'cn-beijing', {})).toBe('https://cbn.aliyuncs.com');
  expect(endpointOf('ecs', 'cn-beijing', {})).toBe('https://ecs.cn-beijing.aliyuncs.com');
  expect(endpointOf('sts', 'ap-southeast-1', {})).toBe('https://sts.ap-southeast-1.aliyuncs.com');
});

test('MEISSA_ALIYUN_ENDPOINT is for all of them', () => {
  for (const url of ['http://127.0.0.1:4567', 'http://[::1]:4567', 'http://localhost:1', 'https://proxy.example']) {
    expect(endpointOf('ecs', 'cn-beijing', { MEISSA_ALIYUN_ENDPOINT: `${url}/` })).toBe(url);
  }
});

test.each(['127.0.0.1:80', 'ftp://x', 'http://example.com', 'http://u:p@127.0.0.1', 'http://127.0.0.1/?a=b'])(
  '%s is refused',
  (given) => {
    expect(() => endpointOf('ecs', 'cn-beijing', { MEISSA_ALIYUN_ENDPOINT: given })).toThrow('MEISSA_ALIYUN_ENDPOINT');
  },
);

test.each(['', 'cn', 'evil.example/#', 'cn-beijing.evil'])('%j is no region, and no host is made of it', (region) => {
  expect(() => endpointOf('ecs', region, {})).toThrow('region id');
});
