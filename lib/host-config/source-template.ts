import type { Profile } from '../estate/model/profile';
import { withLineFeeds } from './line-ends';
import { compileTemplate, type Template } from './template';

const sources = new WeakMap<Profile, Map<string, Template>>();

/** A file of the profile's folder as a template, compiled once a profile. Throws `TemplateProblem`. */
export function sourceTemplate(profile: Profile, name: string): Template {
  const compiled = sources.get(profile) ?? new Map<string, Template>();
  sources.set(profile, compiled);
  const template = compiled.get(name) ?? compileTemplate(withLineFeeds(profile.files[name]!));
  compiled.set(name, template);
  return template;
}
