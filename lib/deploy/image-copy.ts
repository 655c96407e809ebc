/** Copies an image into the own account: published images disappear after about nine months, and a group could no longer heal. */
import { CopyImageCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { CloudRegionId } from '../estate/model/model';

export interface ImageCopy {
  readonly region: CloudRegionId;
  readonly sourceImage: string;
  /** Region of the image, of the same partition. @default - the region that gets the copy */
  readonly sourceRegion?: string;
  readonly release: string;
}

/**
 * Starts a copy into a region and returns its id. The call is idempotent by its token: the same release and region
 * copy once, however often this runs.
 */
export async function copyImage(copy: ImageCopy, client = new EC2Client({ region: copy.region })): Promise<string> {
  const answer = await client.send(
    new CopyImageCommand({
      Name: `meissa-flatcar-${copy.release}`,
      Description: `Flatcar ${copy.release}, copy of ${copy.sourceImage}`,
      SourceImageId: copy.sourceImage,
      SourceRegion: copy.sourceRegion ?? copy.region,
      Encrypted: true,
      ClientToken: `meissa-${copy.release}-${copy.sourceImage}`.slice(0, 64),
    }),
  );
  if (answer.ImageId === undefined) throw new Error(`CopyImage in ${copy.region} returned no image id`);
  return answer.ImageId;
}
