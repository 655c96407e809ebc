/** Data centres in a diff: all kinds of meaning; a new one is a file and a line here. */

import { bySeverity, type Meaning, type UserDataChange } from '../meaning/meaning';

import { type IdcChange, idcChange } from './change';
import { hostsComeAndGo } from './hosts-come-and-go';
import { hostsThatChange } from './hosts-that-change';
import { interfacesThatChange } from './interfaces';
import { fileLeftover, routerLeftover } from './leftover';
import { neighborsThatChange } from './neighbors';
import { WHEN_APPLIED } from './pace';
import { rackTexts } from './rack-user-data';
import { type RouterChange, routersThatDiffer } from './router';
import { filterOfRouter } from './router-filter';
import { routerComesOrGoes } from './routers-come-and-go';
import type { IdcSide } from './side';
import { staticRoutesThatChange } from './static-routes';
import { tunnelsThatChange } from './tunnels';

export { type IdcSide, idcSides } from './side';

const OF_HOSTS: readonly ((change: IdcChange) => Meaning[])[] = [hostsComeAndGo, hostsThatChange];

const OF_ROUTERS: readonly ((router: RouterChange) => Meaning[])[] = [
  routerComesOrGoes,
  interfacesThatChange,
  staticRoutesThatChange,
  neighborsThatChange,
  tunnelsThatChange,
  filterOfRouter,
];

export interface PlacesThatChange {
  /** Worst first. `stack` is the place: `bj-idc`, `bj-idc/r1`, `bj-idc/rack-a01`. */
  readonly meanings: readonly Meaning[];
  /** One a rack that stays. */
  readonly userData: readonly UserDataChange[];
}

/** What the files of data centres say otherwise than before. Pure; data centres are paired by name, and both sides alike say nothing. */
export function placesThatChange(before: readonly IdcSide[], after: readonly IdcSide[]): PlacesThatChange {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  const found = names.map((name) => {
    const [old, now] = [before, after].map((sides) => sides.find((side) => side.name === name));
    return changesOf(idcChange(old, now));
  });
  return {
    meanings: bySeverity(found.flatMap(({ meanings }) => meanings)),
    userData: found.flatMap(({ userData }) => userData),
  };
}

function changesOf(change: IdcChange): PlacesThatChange {
  const { meanings: texts, userData } = rackTexts(change);
  const routers = routersThatDiffer(change);
  const found = [
    ...OF_HOSTS.flatMap((kind) => kind(change)),
    ...routers.flatMap((router) => OF_ROUTERS.flatMap((kind) => kind(router))),
    ...texts,
  ];
  const explained = new Set(found.flatMap(({ explains }) => explains));
  const rest = routers.flatMap((router) => routerLeftover(router, explained));
  for (const { explains } of rest) for (const file of explains) explained.add(file);
  const meanings = [...found, ...rest, ...fileLeftover(change, explained)];
  return { meanings: meanings.map((meaning) => ({ ...meaning, pace: WHEN_APPLIED })), userData };
}
