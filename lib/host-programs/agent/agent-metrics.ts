/** What the agent tells Prometheus. */
import { Metrics } from '../shared/metrics';
import { stamp } from '../shared/steady';
import type { AgentCounts } from './agent';
import type { CheckpointFile } from './checkpoint';
import type { Connection } from './connection';
import type { DeadLetters } from './dead-letters';
import type { FileSource } from './file-source';
import type { JournalFeed } from './journal-feed';

export interface Measured {
  /** Ms since the epoch. */
  readonly unsentSince: () => number | undefined;
  readonly files: readonly FileSource[];
  readonly journals: readonly JournalFeed[];
  readonly connections: readonly Connection[];
  readonly deadLetters: DeadLetters;
  readonly checkpoint: CheckpointFile;
}

export interface AgentMetrics {
  readonly counts: AgentCounts;
  text(): string;
}

export function agentMetrics(measured: Measured, now: () => number = stamp): AgentMetrics {
  const { files, journals, connections, deadLetters, checkpoint } = measured;
  const metrics = new Metrics();
  const lines = metrics.counter('meissa_agent_lines_total', 'Lines that a front end has acknowledged.', []);
  const bytes = metrics.counter('meissa_agent_bytes_total', 'Their bytes.', []);
  const failures = metrics.counter(
    'meissa_agent_failures_total',
    'What had to be tried again: requests without an answer or refused (path), refused for their topic (topic), reads, dead letters without room.',
    (['path', 'topic', 'read', 'dead-letter'] as const).map((kind) => ({ kind })),
  );
  const dead = metrics.counter('meissa_agent_dead_letters_total', 'Lines over the limit, kept on this host for a person. Page.');
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  const all = (): FileSource['files'] => files.flatMap((source) => source.files);
  metrics.gauge('meissa_agent_oldest_unsent_seconds', 'Age of the oldest line that no front end has acknowledged.', () => {
    const since = measured.unsentSince();
    return since === undefined ? 0 : Math.max(0, (now() - since) / 1000);
  });
  metrics.gauge('meissa_agent_unread_bytes', 'Bytes of files that are not acknowledged yet.', () =>
    sum(all().map(({ growth, offset }) => Math.max(0, growth.size - offset))),
  );
  metrics.gauge('meissa_agent_files', 'Files that are followed.', () => all().length);
  metrics.gauge('meissa_agent_dead_letter_bytes', 'Bytes of dead letters on this host.', () => deadLetters.bytes);
  metrics.counterOf('meissa_agent_files_lost_total', 'Files that vanished before they were read to their end. Page.', () =>
    sum(files.map(({ lostFiles }) => lostFiles)),
  );
  metrics.counterOf(
    'meissa_agent_files_refused_total',
    "Files that aren't read because a link leads out of their pattern's folder, or they are somebody else's. Page.",
    () => sum(files.map(({ refusals }) => refusals)),
  );
  metrics.counterOf('meissa_agent_truncations_total', 'Files that were truncated and are read from their beginning.', () =>
    sum(files.map(({ truncations }) => truncations)),
  );
  metrics.counterOf('meissa_agent_journal_restarts_total', 'Times that journalctl ended by itself.', () =>
    sum(journals.map(({ restarts }) => restarts)),
  );
  metrics.counterOf('meissa_agent_journal_unreadable_total', 'Lines of journalctl that are no entry. Page.', () =>
    sum(journals.map(({ unreadable }) => unreadable)),
  );
  metrics.counterOf('meissa_agent_connections_total', 'Connections to front ends that were opened.', () =>
    sum(connections.map(({ opened }) => opened)),
  );
  metrics.counterOf('meissa_agent_checkpoints_total', 'Times that the checkpoint was written.', () => checkpoint.writes);
  return {
    counts: {
      accepted: (topic, count, size) => {
        lines.add(count, { topic });
        bytes.add(size, { topic });
      },
      failed: (kind) => failures.add(1, { kind }),
      deadLetter: () => dead.add(),
    },
    text: () => metrics.text(),
  };
}
