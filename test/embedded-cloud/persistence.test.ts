import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64, Driver, IMAGE, network } from './driver';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-world-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const host = {
  ...network(['a']),
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: IMAGE, SubnetId: { Ref: 'Subnet0' }, UserData: base64('u'.repeat(9000)) },
  },
};

test('a second cloud on the same folder goes on where the first ended', async () => {
  const first = await Driver.start({ stateDir: folder });
  await first.deploy('s', host);
  const before = first.inventory;
  await first.close();
  const second = await Driver.start({ stateDir: folder });
  expect(second.inventory).toEqual(before);
  expect((await second.delete('s')).status).toBe('DELETE_COMPLETE');
  await second.close();
});

test('user-data is saved once, however many hosts have it', async () => {
  const driver = await Driver.start({ stateDir: folder });
  const text = { 'Fn::Base64': { 'Fn::FindInMap': ['Text', 'fleet', 'userData'] } };
  const one = { Type: 'AWS::EC2::Instance', Properties: { ImageId: IMAGE, SubnetId: { Ref: 'Subnet0' }, UserData: text } };
  const hosts = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`Host${n}`, one]));
  await driver.deploy(
    's',
    { ...network(['a']), ...hosts },
    { sections: { Mappings: { Text: { fleet: { userData: 'u'.repeat(9000) } } } } },
  );
  await driver.close();
  const saved = readFileSync(join(folder, 'world.json'), 'utf8');
  expect(saved.split(base64('u'.repeat(9000)))).toHaveLength(2);
});

test('a cloud that ends in the middle of a deploy leaves a whole world with a failed stack', async () => {
  const first = await Driver.start({ stateDir: folder });
  const waits = {
    Gate: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'Host',
      CreationPolicy: { ResourceSignal: { Timeout: 'PT12H' } },
    },
  };
  const going = first.deploy('s', { ...host, ...waits });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await first.close();
  await going;
  const second = await Driver.start({ stateDir: folder });
  expect(second.inventory.stacks).toMatchObject([{ name: 's', status: 'CREATE_FAILED' }]);
  expect(second.inventory.hosts).toHaveLength(1);
  expect((await second.delete('s')).status).toBe('DELETE_COMPLETE');
  expect(second.inventory).toMatchObject({ hosts: [], vpcs: [], interfaces: [] });
  await second.close();
});

test('no half-written file stands beside the world, and a broken one is named', async () => {
  const driver = await Driver.start({ stateDir: folder });
  await driver.deploy('s', host);
  await driver.close();
  expect(readdirSync(folder).filter((f) => f.startsWith('world'))).toEqual(['world.json']);
  writeFileSync(join(folder, 'world.json'), '{"sha');
  await expect(Driver.start({ stateDir: folder })).rejects.toThrow(
    /world\.json can't be read: .*remove the folder to start afresh/,
  );
});

test('a world of an older version gets the tables that are new since', async () => {
  const first = await Driver.start({ stateDir: folder });
  await first.deploy('s', host);
  await first.close();
  const file = join(folder, 'world.json');
  const saved = JSON.parse(readFileSync(file, 'utf8'));
  for (const account of Object.values<{ regions: object; directConnectGateways?: object }>(saved.world.accounts)) {
    delete account.directConnectGateways;
    for (const region of Object.values<{ transitGateways?: object }>(account.regions as never)) delete region.transitGateways;
  }
  writeFileSync(file, JSON.stringify(saved));
  const second = await Driver.start({ stateDir: folder });
  const stack = await second.deploy('t', { Gateway: { Type: 'AWS::EC2::TransitGateway' } });
  expect([stack.status, second.inventory.transitGateways.length]).toEqual(['CREATE_COMPLETE', 1]);
  expect((await second.delete('s')).status).toBe('DELETE_COMPLETE');
  await second.close();
});
