import { membersLockPath } from '../../lock-files/members-lock';
import { regionsOf } from '../../regions-of';
import { type Rule, wholeRegions } from '../rule';

const AMI = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** Members of AWS are pinned to images of EC2. Source: "Amazon EC2 resource IDs". */
export const pinnedImagesHaveIds: Rule = {
  code: 'IMAGE_ID',
  title: 'The image of every pinned member on AWS is the id of one.',
  why: 'a template with another id is refused, or its instance fails when it starts',
  check: (estate) =>
    regionsOf({ regions: wholeRegions(estate) }, 'aws').flatMap(({ name }) =>
      [...(estate.locks.members.get(name)?.members ?? [])]
        .filter(([, { image }]) => !AMI.test(image))
        .map(([key, { image }]) => ({
          file: membersLockPath(name),
          path: ['members', key, 'image'],
          message: `${JSON.stringify(image)} is no id of an image`,
          fix: 'write ami- and 8 or 17 hexadecimal digits, as the lock had it: the member keeps the image that it was made with',
        })),
    ),
};
