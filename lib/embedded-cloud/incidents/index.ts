/** All that an embedded cloud can be told, by name. */
import { hostIncidents } from './hosts';
import { type Incident, type Said, type Scene, Untold } from './incident';
import { networkIncidents } from './network';
import { stackIncidents } from './stacks';
import { thingIncidents } from './things';

export const incidents: Readonly<Record<string, Incident>> = {
  ...hostIncidents,
  ...thingIncidents,
  ...networkIncidents,
  ...stackIncidents,
};

/**
 * @param said `incident`, and what that one needs
 * @throws Untold, and nothing has happened
 */
export function tell(scene: Scene, { incident: name = '', ...said }: Said): string {
  const incident = Object.hasOwn(incidents, name) ? incidents[name] : undefined;
  if (incident === undefined) throw new Untold(`incident is one of ${Object.keys(incidents).join(', ')}`);
  const known = [...incident.needs, ...(incident.may ?? []), ...(incident.needs.includes('region') ? ['account'] : [])];
  const missing = incident.needs.filter((need) => said[need] === undefined || said[need] === '');
  if (missing.length > 0) throw new Untold(`${name} needs ${missing.join(', ')}`);
  const odd = Object.keys(said).filter((key) => !known.includes(key));
  if (odd.length > 0) throw new Untold(`${name} knows no ${odd.join(', ')}; it takes ${known.join(', ')}`);
  const done = incident.happen(scene, said);
  scene.backend.changed();
  return done;
}
