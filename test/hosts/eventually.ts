/** Waits until something holds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string, seconds = 20): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`not in ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
