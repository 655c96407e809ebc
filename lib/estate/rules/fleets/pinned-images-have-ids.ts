import { cloudOf } from '../../../clouds/clouds';
import { membersLockPath } from '../../lock-files/members-lock';
import { type Rule, wholeRegions } from '../rule';

/** Members are pinned to images of their cloud. Source: "Amazon EC2 resource IDs"; "DescribeImages" (ImageId). */
export const pinnedImagesHaveIds: Rule = {
  code: 'IMAGE_ID',
  title: 'The image of every pinned member is the id of one of its cloud.',
  why: 'a template with another id is refused, or its instance fails when it starts',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) =>
      [...(estate.locks.members.get(region.name)?.members ?? [])]
        .filter(([, { image }]) => !cloudOf(region).imageId.form.test(image))
        .map(([key, { image }]) => ({
          file: membersLockPath(region.name),
          path: ['members', key, 'image'],
          message: `${JSON.stringify(image)} is no id of an image of ${cloudOf(region).name}`,
          fix: `write ${cloudOf(region).imageId.words}, as the lock had it: the member keeps the image that it was made with`,
        })),
    ),
};
