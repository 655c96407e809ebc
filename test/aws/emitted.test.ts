import { emittedMembers } from '../../lib/aws/emitted';
import { FLEETS, plan, region, synth, template } from './fixtures';

test('every member is found by its host name, where the templates have it', () => {
  const from = plan([region(FLEETS)], (key, entry) => (key === 'core/voters/3' ? { ...entry, absent: true } : entry));
  const synthesized = synth(from);
  const members = emittedMembers(from.regions[0]!);
  expect([...members.keys()]).toContain('sa-east-1-core-voters-1');
  expect(members.get('sa-east-1-core-voters-3')!.instance).toBeUndefined();
  for (const member of members.values()) {
    const { Resources } = template(synthesized, member.stackName);
    for (const id of [member.interface, member.instance, ...Object.values(member.volumes)]) {
      if (id !== undefined) expect(Resources).toHaveProperty(id);
    }
  }
});
