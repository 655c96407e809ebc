/** A cloud of one type of thing, made for the engine's own tests: a box that stands, has a size, and may refuse. */
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
import { VirtualClock } from '../../lib/engine/virtual-clock';
import type { Work } from '../../lib/engine/work';
import type { Effect } from '../../lib/facts/effect';

/** What the toy's handlers reach. */
interface Toys {
  boxes: Record<string, { size: number; colour: string; name?: string; uses?: string }>;
}

/** One engine, the place where its stacks stand, and the boxes that it made. */
export interface ToyCloud extends Toys {
  engine: Engine;
  place: Place;
  faults: Faults;
  clock: VirtualClock;
  /** What was done, in the order of its end. */
  works: Work[];
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

/** What an update of a box's properties does. `Label` and `Size` change while it stands. */
const EFFECTS: Record<string, Effect> = { Colour: 'replace', Of: 'replace', Shape: 'refused', Power: 'interrupt' };

/** How long a box takes, seconds; a property `Seconds` comes on top when it is made. */
export const SECONDS = { create: 10, update: 5, interrupt: 60, delete: 4 } as const;

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
  effect: (_type, property) => EFFECTS[property] ?? 'none',
  seconds: (_type, act) => SECONDS[act],
  inUse: (code) => code === 'InUse',
  unanswered: () => ({ seconds: 60, asksAgain: true }),
  namesItself: () => false,
  tagProperty: () => undefined,
  checkProperties: () => undefined,
  refusal: (resource, properties) => refused(`${resource.logicalId} keeps ${properties.join(', ')}`),
  noAttribute: (_stack, resource, name) => refused(`${resource.logicalId} has no ${name}`),
});

const box: Handler<Context & Toys> = {
  async create(c, p) {
    await c.clock.wait(c.scaled(Number(p.Seconds ?? 0) * 1000));
    const name = p.Name === undefined ? undefined : String(p.Name);
    if (name !== undefined && Object.values(c.boxes).some((one) => one.name === name)) throw refused(`${name} already exists`);
    const id = `${c.logicalId}-${Object.keys(c.boxes).length}-${String(p.Colour)}`;
    c.boxes[id] = {
      size: Number(p.Size),
      colour: String(p.Colour),
      ...(name !== undefined && { name }),
      ...(p.Uses !== undefined && { uses: String(p.Uses) }),
    };
    return { physicalId: id, attributes: { Label: `label of ${id}` } };
  },
  update(c, id, p) {
    if (Number(p.Size) > 100) throw refused(`${id} can't be so large`);
    const found = c.boxes[id];
    if (found) found.size = Number(p.Size);
    return undefined;
  },
  async delete(c, id, p) {
    // One that uses another takes its time to go.
    if (p.Uses !== undefined) await c.clock.wait(c.scaled(30_000));
    if (Object.values(c.boxes).some(({ uses }) => uses !== undefined && uses === c.logicalId))
      throw new EngineError('InUse', `${id} is in use`);
    delete c.boxes[id];
  },
};

/** Starts a toy cloud whose replacements go in this order. */
export function toyCloud(replacement: Dialect['replacement'] = 'create-first'): ToyCloud {
  const boxes: Toys['boxes'] = {};
  const faults = new Faults();
  const clock = new VirtualClock();
  const works: Work[] = [];
  const engine = new Engine({
    services: () => ({ boxes }),
    handler: (type) => (type === 'Box' ? box : undefined),
    clock,
    signals: new Signals(clock),
    faults,
    watch: (work) => works.push(work),
    dialect: dialect(replacement),
    timeScale: 1,
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
    clock,
    works,
    async deploy(resources, options = {}) {
      const request = { name: 'toys', body: JSON.stringify(resources), parameters: [], capabilities: [], ...options };
      const stack = engine.find(place, 'toys') ? engine.update(place, request) : engine.create(place, request);
      await clock.run(engine.over(stack.id));
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
