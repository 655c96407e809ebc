import { remove, set } from '../../findings/remedy';
import { ESTATE_PATH, type Problem, type Rule } from '../rule';

/** What hosts fetch stands elsewhere than on each of them. Source: RFC 6890, "Special-Purpose IP Address Registries" (loopback, link-local, this host); RFC 6761 (localhost). */
export const hostsReachTheirUrls: Rule = {
  code: 'LOOPBACK_URL',
  title: 'URLs that hosts use do not name the host itself or its own link.',
  why: 'every host would ask itself: nothing answers there, or something else does',
  check: ({ discovery, idcs }) => [
    ...refused(discovery.url, {
      file: ESTATE_PATH,
      path: ['discovery', 'url'],
      write: [set(['discovery', 'url'], 'https://discovery.etcd.io')],
      fix: 'or the name of your own service, as hosts reach it',
    }),
    ...idcs.flatMap(({ artifacts, file }) =>
      artifacts === undefined
        ? []
        : refused(artifacts, {
            file,
            path: ['artifacts'],
            write: [remove(['artifacts'])],
            fix: 'or name the mirror as hosts reach it',
          }),
    ),
  ],
};

function refused(url: string, told: Omit<Problem, 'message'>): Problem[] {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return isOwn(host) ? [{ ...told, message: `${url} is an address of whoever asks` } as Problem] : [];
}

/** As URLs have it after they were read: IPv4 in four decimals, whatever was written; IPv6 in brackets. */
function isOwn(host: string): boolean {
  const name = host.replace(/\.$/, '');
  if (/^(?:.+\.)?localhost(?:\.localdomain)?$/.test(name)) return true;
  if (/^(?:127|0)\.\d+\.\d+\.\d+$|^169\.254\./.test(name)) return true;
  // Mapped IPv4 is written in hexadecimals: 127/8, 0/8 and 169.254/16.
  return /^\[(?:::1?|fe[89ab][0-9a-f]:.*|::ffff:(?:7f[0-9a-f]{2}|[0-9a-f]{1,2}|a9fe):[0-9a-f]+)\]$/.test(name);
}
