/** What a page has people type for OSS, `aliyun oss mb`, by Aliyun's own client in its place: the CLI itself is none of our dependencies. */
const { parseArgs } = require('node:util');
const OSS = require('ali-oss');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { region: { type: 'string' }, acl: { type: 'string' }, 'redundancy-type': { type: 'string' } },
});
const [product, verb, place = '', ...others] = positionals;
const bucket = /^oss:\/\/([a-z0-9-]+)$/.exec(place)?.[1];
if (product !== 'oss' || verb !== 'mb' || bucket === undefined || others.length > 0 || values.region === undefined)
  throw new Error(`not aliyun oss mb oss://<bucket> --region <region>: ${process.argv.slice(2).join(' ')}`);

const { MEISSA_ALIYUN_ENDPOINT: endpoint, ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId } = process.env;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
const where = { endpoint, sldEnable: true, region: `oss-${values.region}`, authorizationV4: true };
new OSS({ ...where, accessKeyId, accessKeySecret }).putBucket(bucket, {
  acl: values.acl,
  dataRedundancyType: values['redundancy-type'],
});
