/** The products that are called, by their name in endpoints. */
export type Product = 'ros' | 'ecs' | 'sts' | 'ess' | 'vpc' | 'cbn' | 'ram';

/** One endpoint for the whole world (ROS, "Endpoints"; CEN is `cbn`; RAM, "Endpoints"). */
const CENTRAL: Partial<Record<Product, string>> = { ros: 'ros.aliyuncs.com', cbn: 'cbn.aliyuncs.com', ram: 'ram.aliyuncs.com' };

/** Versions of the APIs (each product's "API overview"). */
export const API_VERSIONS: Readonly<Record<Product, string>> = {
  ros: '2019-09-10',
  ecs: '2014-05-26',
  sts: '2015-04-01',
  ess: '2022-02-22',
  vpc: '2016-04-28',
  cbn: '2017-09-12',
  ram: '2015-05-01',
};

/** Environment variable that points every product at one server: a rehearsal's or a test's. */
export const ENDPOINT_VARIABLE = 'MEISSA_ALIYUN_ENDPOINT';

/** The server of tests and rehearsals, without a slash at its end. Nothing in daily life. */
export function givenEndpoint(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment[ENDPOINT_VARIABLE]?.trim().replace(/\/+$/, '');
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError(`${ENDPOINT_VARIABLE} must be a plain http or https URL such as http://127.0.0.1:4567`);
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new TypeError(
      `${ENDPOINT_VARIABLE} is http and not on this machine: keys would cross the network in the clear; use https`,
    );
  }
  return given;
}

const LOOPBACK = /^(127(\.\d+){3}|\[::1\]|localhost)$/;

/**
 * Where a product of a region is called: always https, except for a server on this machine that {@link ENDPOINT_VARIABLE} names.
 * @param product the product
 * @param region region id, `cn-beijing`
 */
export function endpointOf(product: Product, region: string, environment: NodeJS.ProcessEnv = process.env): string {
  if (!/^[a-z]{2,}(-[a-z0-9]+)+$/.test(region))
    throw new TypeError(`${JSON.stringify(region)} is no region id such as cn-beijing`);
  return givenEndpoint(environment) ?? `https://${CENTRAL[product] ?? `${product}.${region}.aliyuncs.com`}`;
}
