/** Changes of a text; a test whose edit finds nothing must fail. */
export type Edit = (text: string) => string;

export function replaced(from: string | RegExp, to: string): Edit {
  return (text) => {
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`nothing to edit: ${from}`);
    return edited;
  };
}
