/** A cloud of one type of thing, made for the engine's own tests: a box that stands, has a size, and may refuse. */
import { clock } from '../../lib/engine/clock';
import type { Dialect } from '../../lib/engine/dialect';
import { Engine } from '../../lib/engine/engine';
import { EngineError } from '../../lib/engine/engine-error';
import { evaluate, type evaluateProperties, getAtt } from '../../lib/engine/evaluate';
import { Faults } from '../../lib/engine/faults';
import { dependencies, inOrder } from '../../lib/engine/graph';
import type { Context, Handler } from '../../lib/engine/handler';
import { scopeFor } from '../../lib/engine/scope';
import { Signals } from '../../lib/engine/signals';
import type { Place, Stack } from '../../lib/engine/stack';
import type { Template } from '../../lib/engine/template';

/** What the toy's handlers reach. */
interface Toys {
  boxes: Record<string, { size: number; colour: string }>;
}

/** One engine, the place where its stacks stand, and the boxes that it made. */
export interface ToyCloud extends Toys {
  engine: Engine;
  place: Place;
  faults: Faults;
  /** Creates or updates a stack and waits for its end. */
  deploy(resources: Template['Resources'], options?: { disableRollback?: boolean; replacements?: boolean }): Promise<Stack>;
}

const parse = (body: string): Template => ({
  Parameters: {},
  Rules: {},
  Mappings: {},
  Conditions: {},
  Outputs: {},
  Resources: JSON.parse(body),
});

const refused = (message: string) => new EngineError('Refused', message);

const dialect = (replacement: Dialect['replacement']): Dialect => ({
  stackType: 'Toy::Stack',
  words: {
    begun: () => undefined,
    done: () => undefined,
    failed: (failures) => `failed: ${failures.map((f) => f.logicalId).join(', ')}`,
    createRollback: (reason) => reason,
    reason: (error) => (error instanceof Error ? error.message : String(error)),
    notDeleted: (resources) => `left: ${resources.map((r) => r.logicalId).join(', ')}`,
  },
  rollback:
    replacement === 'create-first'
      ? { create: 'ROLLBACK', update: 'UPDATE_ROLLBACK' }
      : { create: 'CREATE_ROLLBACK', update: 'ROLLBACK' },
  replacement,
  cleanup: replacement === 'create-first',
  notFound: (name) => refused(`no ${name}`),
  exists: (name) => refused(`there is a ${name}`),
  stackId: (_place, name) => `id of ${name}`,
  takesOver: () => false,
  mayUpdate: () => undefined,
  mayDelete: () => undefined,
  target: (_stack, { body, replacements }) => {
    const template = parse(body);
    inOrder(dependencies(template));
    return { template, body, parameters: {}, resolved: {}, tags: {}, replacements: replacements ?? true };
  },
  scope: (_stack, target, names) =>
    scopeFor(target, names, {
      language: { noValue: 'None', functions: { 'Fn::GetAtt': getAtt }, dynamic: (text) => text, unknownFunction: refused },
      region: 'here',
      parameters: {},
      pseudo: {},
    }),
  outputs: (template, scope) =>
    Object.entries(template.Outputs).map(([key, o]) => ({ key, value: String(evaluate(o.Value ?? '', scope)) })),
  parse,
  effect: (_type, property) => (property === 'Colour' ? 'replace' : property === 'Shape' ? 'refused' : 'none'),
  namesItself: () => false,
  tagProperty: () => undefined,
  checkProperties: () => undefined,
  refusal: (resource, properties) => refused(`${resource.logicalId} keeps ${properties.join(', ')}`),
  noAttribute: (_stack, resource, name) => refused(`${resource.logicalId} has no ${name}`),
});

const box: Handler<Context & Toys> = {
  async create(c, p) {
    await clock.wait(c.scaled(Number(p.Seconds ?? 0) * 1000));
    const id = `${c.logicalId}-${Object.keys(c.boxes).length}-${String(p.Colour)}`;
    c.boxes[id] = { size: Number(p.Size), colour: String(p.Colour) };
    return { physicalId: id, attributes: { Label: `label of ${id}` } };
  },
  update(c, id, p) {
    if (Number(p.Size) > 100) throw refused(`${id} can't be so large`);
    const found = c.boxes[id];
    if (found) found.size = Number(p.Size);
    return undefined;
  },
  delete(c, id) {
    delete c.boxes[id];
  },
};

/** Starts a toy cloud whose replacements go in this order. */
export function toyCloud(replacement: Dialect['replacement'] = 'create-first'): ToyCloud {
  const boxes: Toys['boxes'] = {};
  const faults = new Faults();
  const engine = new Engine({
    services: () => ({ boxes }),
    handler: (type) => (type === 'Box' ? box : undefined),
    signals: new Signals(),
    faults,
    dialect: dialect(replacement),
    timeScale: 0.001,
    changed: () => undefined,
    unexpected: (e) => {
      throw e;
    },
  });
  const place: Place = { account: 'me', name: 'here', stacks: {} };
  return {
    engine,
    place,
    boxes,
    faults,
    async deploy(resources, options = {}) {
      const request = { name: 'toys', body: JSON.stringify(resources), parameters: [], capabilities: [], ...options };
      const stack = engine.find(place, 'toys') ? engine.update(place, request) : engine.create(place, request);
      if (!(await engine.settled(stack.id, 5000))) throw new Error('the operation did not end');
      return stack;
    },
  };
}

/** A box as a template declares it. */
export const aBox = (properties: Parameters<typeof evaluateProperties>[0], more: object = {}) => ({
  Type: 'Box',
  Properties: properties,
  ...more,
});
