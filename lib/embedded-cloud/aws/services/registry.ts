/** ECR: repositories that stacks made. No image is ever in one: nothing here speaks a registry's protocol. */
import type { JsonObject } from '../../../engine/json';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import type { Thing } from '../world/records';
import type { Call } from './json-services';

function repositories(region: Region, wanted?: readonly string[]): Thing[] {
  const all = Object.values(region.things).filter((t) => t.type === 'AWS::ECR::Repository');
  const missing = wanted?.find((name) => !all.some((t) => t.id === name));
  if (missing !== undefined)
    throw new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${missing}' does not exist in the registry with id '${region.account}'`,
    );
  return wanted === undefined ? all : all.filter((t) => wanted.includes(t.id));
}

/** The repository that a call names must be there. */
const ofOne =
  (answer: (input: JsonObject) => unknown): Call =>
  (_backend, region, input) => {
    repositories(region, [String(input.repositoryName)]);
    return answer(input);
  };

/** Images that a call names: none is there. */
const lost = (input: JsonObject) => ({
  failures: (Array.isArray(input.imageIds) ? input.imageIds : []).map((imageId) => ({
    imageId,
    failureCode: 'ImageNotFound',
    failureReason: 'Requested image not found',
  })),
});

const ECR = 'AmazonEC2ContainerRegistry_V20150921';

export const registryCalls: Record<string, Call> = {
  [`${ECR}.DescribeRepositories`]: (_b, region, input) => ({
    repositories: repositories(region, Array.isArray(input.repositoryNames) ? input.repositoryNames.map(String) : undefined).map(
      (t) => ({
        repositoryName: t.id,
        registryId: region.account,
        repositoryUri: `${region.account}.dkr.ecr.${region.name}.amazonaws.com/${t.id}`,
      }),
    ),
  }),
  [`${ECR}.ListImages`]: ofOne(() => ({ imageIds: [] })),
  [`${ECR}.DescribeImages`]: ofOne((input) => {
    if (Array.isArray(input.imageIds) && input.imageIds.length > 0)
      throw new AwsError('ImageNotFoundException', 'The image requested does not exist within the repository');
    return { imageDetails: [] };
  }),
  [`${ECR}.BatchGetImage`]: ofOne((input) => ({ images: [], ...lost(input) })),
  [`${ECR}.BatchDeleteImage`]: ofOne((input) => ({ imageIds: [], ...lost(input) })),
};
