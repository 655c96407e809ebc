import { mutated, rehearsed, sideOfFiles } from '../rehearsed';
import { each, REGION, small } from '../small';

const NETWORK = `${REGION}/network`;

test('a rollback that fails too leaves the stack stuck, and that is said', async () => {
  const stands = sideOfFiles(small());
  const after = mutated(stands, NETWORK, (template) =>
    each(template, 'AWS::EC2::SecurityGroup', ({ Properties }) => {
      Properties.Tags = [...(Properties.Tags ?? []), { Key: 'note', Value: 'other' }];
    }),
  );
  const { codes, loss } = await rehearsed(stands, after, {
    prepare: ({ faults }) => {
      faults.plant({
        type: 'AWS::EC2::SecurityGroup',
        action: 'update',
        code: 'UnauthorizedOperation',
        message: 'You are not authorized to perform this operation.',
        once: false,
      });
    },
  });
  expect(codes).toEqual(['error ROLLBACK_FAILS']);
  expect(loss('ROLLBACK_FAILS')).toMatchObject({ name: `ROLLBACK_FAILS:${NETWORK}`, stack: NETWORK });
  expect(loss('ROLLBACK_FAILS').what).toContain('stuck half-way back');
  expect(loss('ROLLBACK_FAILS').why).toContain('You are not authorized to perform this operation.');
});
