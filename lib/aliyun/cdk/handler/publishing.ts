/**
 * Configurations of hosts, as far as CloudFormation may go: the object is put, and the manifest only where there is none yet. A manifest
 * that names another digest stands for hosts that run, and switching it is the beginning of a roll, which belongs to `meissa deploy`.
 */
import { publishedDigest, putConfiguration, putManifest } from '../../fleet/configurations';
import { type ConfigurationProperty, NOTHING_DUE } from '../properties';
import type { Session } from './session';

export async function publish(session: Session): Promise<void> {
  const { objects } = session;
  for (const property of session.properties.Configurations ?? []) {
    const place = placeOf(property);
    const published = await publishedDigest(objects, place);
    if (published === place.digest) continue;
    await putConfiguration(objects, place, await session.file(property.Text));
    if (published === undefined) await putManifest(objects, place);
  }
}

/** What a person is told of fleets whose hosts run with another configuration than the described one. */
export async function configurationDue({ objects, properties }: Session): Promise<string> {
  const due: string[] = [];
  for (const property of properties.Configurations ?? []) {
    const place = placeOf(property);
    if ((await publishedDigest(objects, place)) !== place.digest) due.push(property.Fleet);
  }
  return due.length === 0
    ? NOTHING_DUE
    : `the configuration of ${due.join(', ')} changed and its members restart with it one at a time: run ${properties.RollCommand}`;
}

function placeOf({ Bucket, ManifestKey, ObjectKey, Text }: ConfigurationProperty) {
  const manifest = ManifestKey === undefined ? {} : { manifestKey: ManifestKey };
  return { bucket: Bucket, ...manifest, objectKey: ObjectKey, digest: Text.Digest };
}
