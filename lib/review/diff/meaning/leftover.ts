/** What no kind of meaning explains: told as it stands, so that nothing is left out. */
import { isObject } from '../model/json';
import type { EntryChange } from '../model/template-changes';
import { pathText, type ValueChange } from '../model/value-changes';
import { type DiffContext, explained } from './context';
import { effectOf } from './effects';
import type { Meaning, Severity } from './meaning';
import { changeWords, valueWords } from './references';
import { HIDDEN, isSecretName, shown } from './secrets';

export function leftover(context: DiffContext, explains: ReadonlySet<string>): Meaning[] {
  return [...context.change.entries.flatMap((entry) => rest(context, entry, explains)), ...parameterValues(context)];
}

function rest(context: DiffContext, entry: EntryChange, explains: ReadonlySet<string>): Meaning[] {
  const { change } = context;
  const { section, id, kind, type } = entry;
  const key = `${section}/${id}`;
  if (explains.has(key)) return [];
  const name =
    type === undefined
      ? `${section === 'Template' ? '' : `${section.toLowerCase().replace(/s$/, '')} `}${id}`
      : `${id} (${type})`;
  const host = section === 'Resources' ? context.hostOf(id) : undefined;
  const ofHost = host === undefined ? '' : ` of ${host}`;
  const base = { stack: change.path, hosts: host === undefined ? [] : [host], details: [], explains: [key] };
  if (kind === 'added') return [{ ...base, kind: 'other-comes', severity: 'addition', what: `+ ${name}${ofHost}` }];
  if (kind === 'removed')
    return [{ ...base, kind: 'other-goes', severity: type === undefined ? 'cosmetic' : 'network', what: `- ${name}${ofHost}` }];
  const changes = entry.changes.filter(({ path }) => !explains.has(`${key}/${path[0] === 'Properties' ? path[1] : path[0]}`));
  if (changes.length === 0) return [];
  const { severity, how } = effectWords(context, entry, explains);
  return [
    {
      ...base,
      kind: 'other-changes',
      severity,
      what: `~ ${name}${ofHost}${how}`,
      details: changes.map((one) => line(context, entry, one)),
    },
  ];
}

function effectWords(
  { change, resources }: DiffContext,
  { section, id }: EntryChange,
  explains: ReadonlySet<string>,
): { severity: Severity; how: string } {
  const resource = section === 'Resources' ? resources.find((one) => one.id === id) : undefined;
  if (resource === undefined) return { severity: 'cosmetic', how: '' };
  const untold = resource.properties.filter((property) => !explains.has(explained(id, property)));
  const effects = untold.map((property) => effectOf(change.provider, resource, property));
  if (effects.includes('refused')) return { severity: 'refused', how: " can't be changed in place" };
  if (effects.includes('replace')) return { severity: 'replaced', how: ' is made anew' };
  if (effects.includes('unknown')) return { severity: 'replaced', how: ' may be replaced' };
  return { severity: 'addition', how: ' changes in place' };
}

/** Texts of mappings are told as user-data, or are too long for a line. */
function line(context: DiffContext, { section, id }: EntryChange, { path, before, after }: ValueChange): string {
  const where = pathText(path[0] === 'Properties' ? path.slice(1) : path);
  const secret = path.some((key) => typeof key === 'string' && isSecretName(key)) || noEcho(context).has(id) || isSecretName(id);
  if (secret) return `${where} ${HIDDEN}`;
  if (section === 'Mappings') return `${where} changes`;
  return changeWords(where === '' ? id : where, before, after, context);
}

/** Names of parameters whose values the engine itself hides. */
export function noEcho({ change }: Pick<DiffContext, 'change'>): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const template of [change.before, change.after]) {
    for (const [name, parameter] of Object.entries(isObject(template.Parameters) ? template.Parameters : {})) {
      if (isObject(parameter) && String(parameter.NoEcho) === 'true') hidden.add(name);
    }
  }
  return hidden;
}

function parameterValues(context: DiffContext): Meaning[] {
  const hidden = noEcho(context);
  return context.change.parameters.map(({ path, before, after }): Meaning => {
    const name = String(path[0]);
    const words =
      hidden.has(name) || isSecretName(name)
        ? `changes ${HIDDEN}`
        : `${valueWords(shown(before))} -> ${valueWords(shown(after))}`;
    const base = { stack: context.change.path, hosts: [], details: [], explains: [`parameter values/${name}`] };
    return { ...base, kind: 'parameter-value', severity: 'network', what: `value of parameter ${name}: ${words}` };
  });
}
