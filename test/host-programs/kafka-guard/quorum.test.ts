import { directoryIdIn, fromUuid, toUuid } from '../../../lib/host-programs/kafka-guard/directory-id';
import { type Quorum, quorumIllness, type Replica, sparesVoter } from '../../../lib/host-programs/kafka-guard/quorum';
import { nextStep } from '../../../lib/host-programs/kafka-guard/replace-voter';

const replica = (id: number, behind = 0, directoryId = `dir-${id}`): Replica => ({ id, directoryId, behind });
const quorum = (voters: readonly Replica[], observers: readonly Replica[] = []): Quorum => ({ leader: 1, voters, observers });
const AWAY = 60_000;

test('a quorum is well when the planned controllers vote and none is behind', () => {
  expect(quorumIllness(quorum([replica(1), replica(2), replica(3)]), [1, 2, 3])).toBeUndefined();
  expect(quorumIllness(quorum([replica(1), replica(2), replica(3, AWAY)]), [1, 2, 3])).toBe('controllers 3 are away or behind');
  expect(quorumIllness(quorum([replica(1), replica(2)]), [1, 2, 3])).toBe("controllers 3 don't vote");
});

test.each([
  ['all of three are there', [replica(1), replica(2), replica(3)], true],
  ['one of three is away', [replica(1), replica(2), replica(3, AWAY)], false],
  ['it is the one that is away itself', [replica(1, AWAY), replica(2), replica(3)], true],
  ['it does not vote', [replica(2), replica(3), replica(4)], true],
  ['one of five is away', [replica(1), replica(2), replica(3), replica(4), replica(5, AWAY)], true],
  ['two of five are away', [replica(1), replica(2), replica(3), replica(4, AWAY), replica(5, AWAY)], false],
])('whether a controller may stop when %s', (_, voters, spared) => {
  expect(sparesVoter(quorum(voters), 1)).toBe(spared);
});

describe('a controller with a new disk', () => {
  const own = { id: 2, directoryId: 'new' };
  const self = replica(2, 0, 'new');

  test('takes its old directory out of the quorum first, then joins, then has nothing to do', () => {
    expect(nextStep(quorum([replica(1), replica(2, AWAY), replica(3)], [self]), own)).toEqual({
      remove: { id: 2, directoryId: 'dir-2' },
    });
    expect(nextStep(quorum([replica(1), replica(3)], [self]), own)).toEqual({ add: own });
    expect(nextStep(quorum([replica(1), replica(3), self]), own)).toBeUndefined();
  });

  test('waits until it has caught up itself', () => {
    expect(nextStep(quorum([replica(1), replica(2, AWAY), replica(3)], []), own)).toEqual({
      wait: 'this controller has not caught up',
    });
    expect(nextStep(quorum([replica(1), replica(3)], [replica(2, AWAY, 'new')]), own)).toHaveProperty('wait');
  });

  test('waits while another one is away: the quorum has none to spare', () => {
    expect(nextStep(quorum([replica(1), replica(2, AWAY), replica(3, AWAY)], [self]), own)).toEqual({
      wait: 'controllers 3 are away or behind',
    });
  });
});

test('directory ids are the same in Kafka`s files and in its protocol', () => {
  const id = 'MhsmH8TWGPc80UwPdsLYpA';
  expect(fromUuid(toUuid(id))).toBe(id);
  expect(directoryIdIn(`version=1\ndirectory.id=${id}\nnode.id=1\n`)).toBe(id);
  expect(directoryIdIn('version=1\n')).toBeUndefined();
});
