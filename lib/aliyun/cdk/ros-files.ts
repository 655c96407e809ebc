/** Texts as assets of the app: under the digest of their content, in the bucket that `cdk bootstrap` made. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FileProperty } from './properties';

/** Ending of the names of these files; the handler may read no others. */
export const ROS_FILE = '.ros';

/** @throws Error outside of an app */
export function rosFile(scope: Construct, text: string): FileProperty {
  const digest = createHash('sha256').update(text).digest('hex');
  const stage = Stage.of(scope);
  if (stage === undefined) throw new Error(`${scope.node.path}: a ROS stack stands in a CDK app`);
  const fileName = `asset.${digest}${ROS_FILE}`;
  writeFileSync(join(stage.outdir, fileName), text);
  const { bucketName, objectKey } = Stack.of(scope).synthesizer.addFileAsset({
    fileName,
    sourceHash: digest,
    packaging: FileAssetPackaging.FILE,
    displayName: scope.node.path,
  });
  return { Bucket: bucketName, Key: objectKey, Digest: digest };
}
