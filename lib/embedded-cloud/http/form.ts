/** A decoded request of the query protocols: names with dots become nested objects, numbered ones lists. */
export type Form = string | Form[] | { [name: string]: Form };

interface Node {
  value?: string;
  children: Map<string, Node>;
}

/** `Tags.member.1.Key=a` (query protocol) and `Filter.1.Name=a` (EC2's) to nested objects and lists. */
export function parseForm(body: string): Record<string, Form> {
  const root: Node = { children: new Map() };
  for (const [name, value] of new URLSearchParams(body)) {
    let node = root;
    for (const part of name.split('.')) {
      let next = node.children.get(part);
      if (!next) {
        next = { children: new Map() };
        node.children.set(part, next);
      }
      node = next;
    }
    node.value = value;
  }
  return Object.fromEntries([...root.children].map(([name, node]) => [name, shape(node)]));
}

function shape(node: Node): Form {
  if (node.children.size === 0) return node.value ?? '';
  const only = node.children.size === 1 ? node.children.get('member') : undefined;
  if (only) return shape(only);
  const names = [...node.children.keys()];
  if (names.every((n) => /^\d+$/.test(n))) {
    return names.sort((a, b) => Number(a) - Number(b)).map((n) => shape(node.children.get(n) as Node));
  }
  return Object.fromEntries(names.map((n) => [n, shape(node.children.get(n) as Node)]));
}

/** A text field; undefined when it is absent. */
export const text = (form: Record<string, Form>, name: string): string | undefined => {
  const v = form[name];
  return typeof v === 'string' ? v : undefined;
};

/** A list of texts. */
export const texts = (form: Record<string, Form>, name: string): string[] => {
  const v = form[name];
  return Array.isArray(v) ? v.filter((x): x is string => typeof x === 'string') : [];
};

/** A list of records. */
export const records = (form: Record<string, Form>, name: string): Record<string, Form>[] => {
  const v = form[name];
  return Array.isArray(v) ? v.filter((x): x is Record<string, Form> => typeof x === 'object' && !Array.isArray(x)) : [];
};

/** A boolean field. */
export const flag = (form: Record<string, Form>, name: string): boolean => text(form, name)?.toLowerCase() === 'true';
