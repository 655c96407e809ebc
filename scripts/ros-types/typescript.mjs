/** TypeScript of one service: interfaces of properties and one class a type. */

const HEADER = `// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.\n`;

/** @param types `{ Instance: { type: 'ALIYUN::ECS::Instance', properties, attributes } }` */
export function serviceSource(types) {
  const names = new Set();
  const blocks = [];
  const claim = (name) => {
    if (names.has(name)) throw new Error(`two interfaces would be called ${name}`);
    names.add(name);
    return name;
  };
  for (const [name, { type, properties, attributes }] of Object.entries(types)) {
    claim(name);
    blocks.push(...interfaces(claim, claim(`${name}Props`), name, properties, `Properties of \`${type}\`.`));
    const union = attributes.length === 0 ? 'never' : attributes.map((a) => `'${a}'`).join(' | ');
    blocks.push(`/** Attributes of \`${type}\`. */\nexport type ${claim(`${name}Attribute`)} = ${union};`);
    blocks.push(
      classSource(
        name,
        type,
        Object.values(properties).some((p) => p.required),
      ),
    );
  }
  const imports = `import type { Construct } from 'constructs';\nimport { type ResourceOptions, RosResource } from '../resource';\nimport type { Value } from '../template';\n`;
  return `${HEADER}${imports}\n${blocks.join('\n\n')}\n`;
}

function classSource(name, type, needed) {
  return [
    `/** \`${type}\`. */`,
    `export class ${name} extends RosResource<${name}Props, ${name}Attribute> {`,
    `  static readonly TYPE = '${type}';`,
    '',
    `  constructor(scope: Construct, id: string, properties: ${name}Props${needed ? '' : ' = {}'}, options: ResourceOptions = {}) {`,
    `    super(scope, id, ${name}.TYPE, properties, options);`,
    '  }',
    '}',
  ].join('\n');
}

/** An interface, and before it those of the maps inside it. */
function interfaces(claim, name, prefix, properties, doc) {
  const before = [];
  const lines = Object.entries(properties).map(([key, property]) => {
    const words = wordsFor(property);
    const comment = words === '' ? '' : `  /** ${words} */\n`;
    return `${comment}  readonly ${keyOf(key)}${property.required ? '' : '?'}: ${typeOf(property, key)};`;
  });
  function typeOf(property, key) {
    return `Value<${literalType(property, key)}>`;
  }
  function literalType(property, key) {
    if (property.allowed !== undefined)
      return property.allowed.map((v) => (typeof v === 'string' ? `'${v}'` : String(v))).join(' | ');
    switch (property.type) {
      case 'string':
        return 'string';
      case 'number':
      case 'integer':
        return 'number';
      case 'boolean':
        return 'boolean';
      case 'list':
        return property.items === undefined ? 'readonly unknown[]' : `readonly ${typeOf(property.items, key)}[]`;
      case 'map':
        if (property.properties !== undefined) {
          const nested = claim(`${prefix}${key.replace(/\W/g, '')}`);
          before.push(...interfaces(claim, nested, nested, property.properties, `Part of \`${name}\`: ${key}.`));
          return nested;
        }
        return property.values === undefined
          ? 'Readonly<Record<string, unknown>>'
          : `Readonly<Record<string, ${typeOf(property.values, key)}>>`;
      case 'any':
        return 'unknown';
      default:
        throw new Error(`${name}.${key}: kind ${property.type} is not known here`);
    }
  }
  return [...before, `/** ${doc} */\nexport interface ${name} {\n${lines.join('\n')}\n}`];
}

function keyOf(key) {
  return /^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`;
}

/** What the type can't say, in words. */
function wordsFor({ type, min, max, minLength, maxLength, pattern }) {
  const words = [];
  if (type === 'integer') words.push('A whole number.');
  const range = between(min, max);
  if (range !== '') words.push(`${range}.`);
  const length = between(minLength, maxLength);
  if (length !== '') words.push(`${length} ${type === 'list' ? 'items' : 'characters'}.`);
  if (pattern !== undefined) words.push(`Matches \`${pattern.replaceAll('*/', '*\\/')}\`.`);
  return words.join(' ');
}

function between(low, high) {
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `At least ${low}`;
  return high === undefined ? '' : `At most ${high}`;
}

/** The map from type names to property interfaces and attributes. */
export function indexSource(services) {
  const imports = Object.keys(services).map(
    (service) => `import type * as ${service.toLowerCase()} from './${service.toLowerCase()}';`,
  );
  const each = (suffix) =>
    Object.entries(services)
      .flatMap(([service, names]) =>
        names.map((name) => `  readonly 'ALIYUN::${service}::${name}': ${service.toLowerCase()}.${name}${suffix};`),
      )
      .join('\n');
  return `${HEADER}${imports.join('\n')}

/** Properties by type name. */
export interface RosProperties {
${each('Props')}
}

/** Attributes by type name. */
export interface RosAttributes {
${each('Attribute')}
}

/** A type that this program emits. */
export type RosType = keyof RosProperties;
`;
}
