import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import type { Estate, Link } from '../../model/model';
import { placeOf } from '../../model/resolved-links';
import { ESTATE_PATH, type Problem, type Rule, type RuleContext } from '../rule';
import { lineOf } from './link-entry';
import { saysPlace } from './link-remedies';

/** A link names places that are described. Source: the design of this toolkit. */
export const linkEndsExist: Rule = {
  code: 'LINK_PLACE_UNKNOWN',
  title: 'The ends of a link, and the region that it goes through, are described.',
  why: 'a link needs the addresses of both its ends, and a gateway at each',
  check: (estate, context) => {
    const names = [...estate.regions, ...estate.idcs].map((place) => place.name);
    const missing = new Map<string, Link[]>();
    for (const link of estate.links) {
      const through = link.kind === 'transit' && link.through !== undefined ? [link.through] : [];
      for (const name of [link.a.place, link.b.place, ...through])
        if (placeOf(estate, name) === undefined && !isToldElsewhere(estate, context, name))
          missing.set(name, [...(missing.get(name) ?? []), link]);
    }
    return [...missing].map(([name, links]) => problem(estate, context, name, links, names));
  },
};

/** A place whose file can't be read or went away is one cause, which is told there; so is a central region that isn't there. */
function isToldElsewhere({ central }: Estate, { unread }: RuleContext, name: string): boolean {
  return name === central || unread?.has(name) === true;
}

/** One name, wherever links say it. */
function problem(estate: Estate, context: RuleContext, name: string, links: readonly Link[], names: readonly string[]): Problem {
  const [first] = links as [Link];
  const entries = [...new Map(links.map((link) => [link.group, link])).values()];
  const places = entries.flatMap((link) => saysPlace(context, link, name));
  const near = nearest(name, names);
  const steps = near === undefined ? [] : places.flatMap((path) => set(path, near));
  const others = entries.slice(1).map((link) => link.group);
  const path = first.kind === 'transit' && first.through === name ? [...first.path, 'through'] : first.path;
  return {
    file: ESTATE_PATH,
    path,
    message: `no region or data centre is called ${name}${others.length > 0 ? `, which links.${others.join(', links.')} name${others.length === 1 ? 's' : ''} too` : ''}`,
    ...(steps.length === 0 ? {} : { write: [steps] }),
    fix: `${steps.length === 0 ? '' : 'or '}describe it in regions/${name}.yaml, or leave it out of the links`,
    ...(others.length > 0 && { also: entries.slice(1).map((link) => lineOf(estate, link)) }),
  };
}
