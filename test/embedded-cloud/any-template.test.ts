import fc from 'fast-check';
import { Driver, type Resources } from './driver';

/** A random graph: resource n may use any of those before it, by reference or by DependsOn. */
const graphs = fc
  .array(
    fc.record({
      kind: fc.constantFrom('parameter', 'topic', 'role', 'group', 'direct', 'customer'),
      uses: fc.array(fc.nat(50), { maxLength: 4 }),
      hard: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((nodes): Resources => {
    const id = (n: number) => `R${n}`;
    return Object.fromEntries(
      nodes.map((node, n) => {
        const uses = n === 0 ? [] : [...new Set(node.uses.map((u) => u % n))].map(id);
        const text = uses.length > 0 && !node.hard ? { 'Fn::Join': ['', uses.map((u) => ({ Ref: u }))] } : 'x';
        // A tag's value and a gateway's name take no text as long as that, or with colons.
        const one = uses.length > 0 && !node.hard ? { Ref: uses[0] } : 'x';
        const types: Record<string, { Type: string; Properties: object }> = {
          parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: text } },
          topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: text } },
          role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              Description: text,
              AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }] },
            },
          },
          group: { Type: 'AWS::Logs::LogGroup', Properties: { Tags: [{ Key: 'a', Value: one }] } },
          direct: { Type: 'AWS::DirectConnect::DirectConnectGateway', Properties: { DirectConnectGatewayName: 'x' } },
          customer: {
            Type: 'AWS::EC2::CustomerGateway',
            Properties: { Type: 'ipsec.1', IpAddress: `203.0.113.${n + 1}`, BgpAsn: 65010, DeviceName: text },
          },
        };
        return [
          id(n),
          { ...(types[node.kind] as { Type: string }), ...(node.hard && uses.length > 0 ? { DependsOn: uses } : {}) },
        ];
      }),
    );
  });

const stands = (driver: Driver) => [
  Object.keys(driver.inventory.parameters),
  Object.keys(driver.region.things),
  Object.keys(driver.region.parameters),
  Object.values(driver.region.customerGateways).map((g) => `${g.id} ${g.address}`),
  Object.values(driver.cloud.backend.world.accounts['111111111111']?.directConnectGateways ?? {}).map((g) => `${g.id} ${g.name}`),
];

test('whatever is made is taken away again', async () => {
  const driver = await Driver.start();
  const nothing = stands(driver);
  await fc.assert(
    fc.asyncProperty(graphs, async (resources) => {
      const made = await driver.deploy('any', resources);
      expect(made.status).toBe('CREATE_COMPLETE');
      expect((await driver.delete('any')).status).toBe('DELETE_COMPLETE');
      expect(stands(driver)).toEqual(nothing);
    }),
    { numRuns: 40 },
  );
  await driver.close();
});

test('wherever a create fails, nothing is left of it', async () => {
  const driver = await Driver.start();
  const nothing = stands(driver);
  await fc.assert(
    fc.asyncProperty(graphs, fc.nat(), async (resources, n) => {
      const ids = Object.keys(resources);
      driver.cloud.fail({ logicalId: ids[n % ids.length], code: 'Boom', message: 'planted' });
      const made = await driver.deploy('any', resources);
      expect(made.status).toBe('ROLLBACK_COMPLETE');
      expect(stands(driver)).toEqual(nothing);
      await driver.delete('any');
    }),
    { numRuns: 40 },
  );
  await driver.close();
});

test('wherever an update fails, the stack is as it was', async () => {
  const driver = await Driver.start();
  await fc.assert(
    fc.asyncProperty(graphs, graphs, fc.nat(), async (one, two, n) => {
      const fits = Object.entries(two).every(([id, r]) => !one[id] || one[id].Type === r.Type);
      fc.pre(fits);
      const first = await driver.deploy('any', one);
      const before = JSON.stringify([stands(driver), driver.inventory.parameters]);
      const ids = Object.keys(two);
      driver.cloud.fail({ logicalId: ids[n % ids.length], code: 'Boom', message: 'planted' });
      const second = await driver.deploy('any', two);
      driver.cloud.clearFaults();
      // The planted fault may hit a resource that didn't change: then the update goes through.
      if (second.status === 'UPDATE_ROLLBACK_COMPLETE')
        expect(JSON.stringify([stands(driver), driver.inventory.parameters])).toBe(before);
      else expect(second.status).toBe('UPDATE_COMPLETE');
      expect((await driver.delete('any')).status).toBe('DELETE_COMPLETE');
      expect(first.status).toBe('DELETE_COMPLETE');
    }),
    { numRuns: 40 },
  );
  await driver.close();
});
