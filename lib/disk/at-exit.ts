/** What is taken away when this process ends: by itself, by `process.exit`, by Ctrl-C or SIGTERM. What kill -9 leaves, the next run removes. */
const endings = new Set<() => void>();
let listening = false;

/** @param ending must not wait @returns forgets it again */
export function atExit(ending: () => void): () => void {
  endings.add(ending);
  if (!listening) {
    listening = true;
    process.on('exit', () => {
      for (const each of endings) each();
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        // Whoever else listens decides when it is over (a deploy waits for what runs).
        if (process.listenerCount(signal) === 1) process.exit(signal === 'SIGINT' ? 130 : 143);
      });
    }
  }
  return () => void endings.delete(ending);
}
