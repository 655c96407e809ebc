import fc from 'fast-check';
import { removable, withHolders, without } from '../../../lib/deploy/aliyun/without';
import type { Template } from '../../../lib/deploy/standing-template';
import { runs } from '../../runs';

const TYPES = ['ALIYUN::ECS::Instance', 'ALIYUN::ECS::Route', 'ALIYUN::ECS::DiskAttachment', 'ALIYUN::NLB::ServerGroup'];
const ids = fc.integer({ min: 0, max: 7 }).map((n) => `R${n}`);
const value = fc.oneof(
  ids.map((Ref) => ({ Ref })),
  ids.map((id) => ({ 'Fn::GetAtt': [id, 'Id'] })),
  ids.map((id) => ({ 'Fn::Sub': `a-\${${id}}-b` })),
  fc.constant('text'),
);
const template = fc
  .record({
    resources: fc.array(fc.record({ type: fc.constantFrom(...TYPES), value, after: fc.array(ids, { maxLength: 2 }) }), {
      minLength: 8,
      maxLength: 8,
    }),
    output: value,
  })
  .map(
    ({ resources, output }): Template => ({
      Resources: Object.fromEntries(
        resources.map(({ type, value: V, after }, at) => [`R${at}`, { Type: type, Properties: { V: [V] }, DependsOn: after }]),
      ),
      Outputs: { O: { Value: output } },
    }),
  );

test('a template without some resources names none of them any more, and all others stand as they stood', () => {
  fc.assert(
    fc.property(template, ids, (whole, id) => {
      const out = withHolders(whole, [id]);
      const rest = without(whole, [id]);
      for (const gone of out) expect(JSON.stringify(rest)).not.toMatch(new RegExp(`"${gone}"|\\{${gone}\\}`));
      expect(new Set([...Object.keys(rest.Resources!), ...out])).toEqual(new Set(Object.keys(whole.Resources!)));
      for (const [name, resource] of Object.entries(rest.Resources!))
        expect(resource.Properties).toEqual(whole.Resources![name]!.Properties);
    }),
    { numRuns: runs(200) },
  );
});

test('a host is made anew with its route and its disk’s attachment, but not where a load balancer holds its id', () => {
  const Resources = {
    Host: { Type: 'ALIYUN::ECS::Instance' },
    Way: { Type: 'ALIYUN::ECS::Route', Properties: { NextHopId: { Ref: 'Host' } } },
    Disk: { Type: 'ALIYUN::ECS::DiskAttachment', Properties: { InstanceId: { Ref: 'Host' } } },
  };
  expect(removable({ Resources }, 'Host', new Set(['Host']))).toBe(true);
  const Registered = { Type: 'ALIYUN::NLB::BackendServerAttachment', Properties: { Servers: [{ Ref: 'Host' }] } };
  expect(removable({ Resources: { ...Resources, Registered } }, 'Host', new Set(['Host']))).toBe(false);
});
