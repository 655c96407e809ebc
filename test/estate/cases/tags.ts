import type { Written } from '../written';
import { beijing } from './aliyun';
import { fleet, type RuleCases, south } from './case';

const many = (count: number, prefix = 't'): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, 'x']));

const inland = (w: Written, tags: Record<string, string>) => beijing(w, (place) => (place.tags = tags));

const inlandFleet = (w: Written, tags: Record<string, string>) =>
  beijing(w, (place) => (place.clusters.core.fleets.storage.tags = tags));

/** Of ours, hosts have in voters five tags, in storage four, in adserver three on AWS and two on Aliyun. */
export const tagCases: RuleCases[] = [
  {
    code: 'TAG_KEY',
    refuses: {
      'a space': (w) => (w.estate.tags = { 'cost center': '7' }),
      'a slash': (w) => (south(w).tags = { 'team/ads': 'x' }),
      'a comma, which only hosts take': (w) => (south(w).tags = { 'a,b': 'x' }),
      'another script': (w) => (south(w).tags = { 团队: 'x' }),
      'a key of AWS': (w) => (fleet(w).tags = { 'aws:owner': 'x' }),
      'a key of AWS in capitals': (w) => (w.estate.tags = { 'AWS:AWS:owner': 'x' }),
      'a key of this toolkit': (w) => (fleet(w).tags = { 'meissa:gate': 'x' }),
      "this toolkit's tag of a fleet": (w) => (fleet(w).tags = { meissa_fleet: 'core/storage' }),
      "a host's name": (w) => (w.estate.tags = { Name: 'x' }),
      'a path of the metadata service': (w) => (w.estate.tags = { _index: 'x' }),
      'a key of Aliyun': (w) => inland(w, { 'Aliyun-team': 'a' }),
      "a key of Aliyun's resource names": (w) => inlandFleet(w, { 'acs:owner': 'a' }),
      'an address as a key': (w) => inlandFleet(w, { 'see https://example.com': 'a' }),
      "a key that Aliyun's buckets don't take": (w) => inland(w, { 'team@ads': 'a', 团队: 'b' }),
      "a key that is too long for Aliyun's buckets": (w) => inland(w, { ['k'.repeat(65)]: 'a' }),
      'a key of Aliyun for every region': (w) => {
        beijing(w);
        w.estate.tags = { 'aliyun.owner': 'a' };
      },
    },
    accepts: {
      'every character that AWS takes': (w) => (w.estate.tags = { 'aZ0+-=._:@': 'any value / at all' }),
      'a key as long as it may be': (w) => (w.estate.tags = { ['k'.repeat(128)]: 'x' }),
      'a key of Aliyun on AWS': (w) => (south(w).tags = { 'aliyun-team': 'a' }),
      'every character that buckets of Aliyun take': (w) => inland(w, { 'aZ0 +-=._:/': 'a', ['k'.repeat(64)]: 'x' }),
      'another script on hosts of Aliyun': (w) => inlandFleet(w, { '团队 (ads)': 'a', ['k'.repeat(128)]: 'x' }),
    },
  },
  {
    code: 'TAG_VALUE',
    refuses: {
      'characters that roles do not take': (w) => (south(w).tags = { owner: 'R&D', team: 'ads, infra (prod)', what: '#&' }),
      'nothing on a stack': (w) => (w.estate.tags = { spot: '' }),
      'a value of AWS': (w) => (fleet(w).tags = { owner: 'AWS:ads' }),
      'an address on Aliyun': (w) => inland(w, { wiki: 'https://wiki.example.com/x' }),
      'a value of Aliyun': (w) => inlandFleet(w, { owner: 'acs:ecs' }),
      'a value that is too long for Aliyun': (w) => inlandFleet(w, { note: 'x'.repeat(129) }),
      "a value that is too long for Aliyun's buckets": (w) => inland(w, { note: '团'.repeat(43) }),
    },
    accepts: {
      'every character that AWS takes, in any script': (w) => (w.estate.tags = { owner: 'Ünï 团队 +-=._:/@ 0' }),
      'a value as long as it may be': (w) => (w.estate.tags = { note: 'x'.repeat(256) }),
      'an address on AWS': (w) => (south(w).tags = { wiki: 'https://wiki.example.com/x' }),
      'nothing, signs and another script on Aliyun': (w) => inland(w, { spot: '', owner: 'R&D (prod)', team: '团'.repeat(42) }),
    },
  },
  {
    code: 'TAG_CASE',
    refuses: {
      'two keys of one file': (w) => (w.estate.tags = { Team: 'a', team: 'b' }),
      'keys of two levels': (w) => {
        w.estate.tags = { Team: 'a' };
        south(w).tags = { TEAM: 'b' };
        fleet(w).tags = { team: 'c' };
      },
    },
    accepts: {
      'one key on every level': (w) => {
        w.estate.tags = { Team: 'a' };
        south(w).tags = { Team: 'b' };
        fleet(w).tags = { Team: 'c' };
      },
      'two keys on Aliyun': (w) => inland(w, { Team: 'a', team: 'b' }),
      'two keys of two regions': (w) => {
        south(w).tags = { Team: 'a' };
        w.places['us-east-1'].tags = { team: 'b' };
      },
    },
  },
  {
    code: 'TAGS_TOO_MANY',
    refuses: {
      'more than a host has room for, of the whole estate': (w) => (w.estate.tags = many(46)),
      'more than that with those of the region': (w) => {
        w.estate.tags = many(20);
        south(w).tags = many(26, 'r');
      },
      'more than that with those of the fleet': (w) => {
        w.estate.tags = many(20);
        south(w).tags = many(20, 'r');
        fleet(w).tags = many(6, 'f');
        fleet(w, 'adserver').tags = many(8, 'f');
      },
      'a volume more than there is room for': (w) => {
        south(w).tags = many(44);
        for (const n of [1, 2])
          fleet(w).volumes[`more${n}`] = { device: `/dev/sd${'hi'[n - 1]}`, gb: 500, type: 'gp3', mount: `/srv/${n}` };
      },
      'more than a stack has room for where there are no hosts': (w) => {
        south(w).clusters = {};
        south(w).tags = many(50);
      },
      'more than Aliyun takes': (w) => inland(w, many(25)),
      'more than Aliyun takes, of a fleet': (w) => {
        w.estate.tags = many(10);
        inlandFleet(w, many(7, 'f'));
      },
    },
    accepts: {
      'as many as a host has room for': (w) => {
        w.estate.tags = many(20);
        south(w).tags = many(20, 'r');
        fleet(w).tags = many(5, 'f');
        fleet(w, 'adserver').tags = many(7, 'f');
      },
      'the same keys on every level': (w) => {
        w.estate.tags = many(45);
        south(w).tags = many(45);
        fleet(w).tags = many(45);
      },
      'as many as Aliyun takes': (w) => inland(w, many(15)),
      'as many as a region without hosts has room for': (w) => {
        south(w).clusters = {};
        south(w).tags = many(49);
      },
    },
  },
];
