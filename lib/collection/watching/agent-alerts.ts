/** Agents on application hosts. A line that waits there is on one host's disk, where its own rotation may delete it. */
import { type Alert, MINUTE, PAGE_SECONDS, rises } from './alert';
import { METRICS } from './metrics';

const { agent } = METRICS;
const late = `count by (region) (${agent.oldestUnsent} > ${PAGE_SECONDS})`;
const goesOn = (kind: string): string => `increase(${agent.failures}{kind="${kind}"}[5m]) > 0`;

export const agentAlerts = [
  {
    name: 'AgentBehind',
    severity: 'warning',
    expression: `${agent.oldestUnsent} > ${2 * MINUTE}`,
    holds: 0,
    summary: 'The oldest unsent line of {{ $labels.instance }} has waited {{ $value | humanizeDuration }}.',
    action: 'Its journal says why: front ends that it does not reach, a topic that is refused, a file that cannot be read.',
    meaning:
      "Lines of one host wait in its files. They are not lost while the files keep them: until the application's rotation, docker's `max-size` x `max-file` or journald deletes what was not read ([AgentFilesLost]). An elastic host takes them with it when it goes. After an agent's first start on a host it is the backlog.",
    steps: [
      '`journalctl -u line-agent -n 50`, `curl -s localhost:9406/metrics | grep -E "failures_total|unread_bytes"`.',
      '`kind="path"` rises: `curl -s -o /dev/null -w "%{http_code}\\n" <endpoint>/health`, with the `endpoint` of `/etc/meissa/line-agent.json`. No answer: name, route, security group (`meissa reach <this host> <front end> --port 8080/tcp`). 503: the front ends, [LinesRefused].',
      '`kind="topic"`: [AgentTopicRefused]. `kind="read"`: [AgentUnreadable]. `kind="dead-letter"`: [AgentDeadLettersFull].',
      'Nothing fails and `unread_bytes` falls: it catches up. `bytesPerSecond` of the profile is the limit, if one is set.',
    ],
    never:
      'delete or rotate logs by hand to make room before they were read, or remove `/var/lib/line-agent/checkpoint.json`: everything would be sent again under other keys.',
    wake: 'Nobody at night: lines wait on that host. Its own people in the day, earlier where its disk fills.',
  },
  {
    name: 'AgentsBehind',
    severity: 'page',
    expression: `${late} > 1 and ${late} / count by (region) (${agent.oldestUnsent}) > 0.5`,
    holds: 0,
    summary: 'Lines of {{ $value }} hosts of {{ $labels.region }} wait: more than half of its agents give nothing away.',
    action: 'What they share is at fault: the load balancer, its name, or the front ends behind it.',
    meaning:
      'More than half of the agents of a region, and at least two, have lines that have waited for more than four minutes. Nobody else notices a load balancer that leads nowhere: heartbeats begin in the front ends, behind it. Lines are late, and will be lost where files rotate first.',
    steps: [
      'From one of the hosts: `curl -s -m 5 <endpoint>/health`, with the `endpoint` of `/etc/meissa/line-agent.json`; `getent hosts <its name>`.',
      "From a front end: `curl -s localhost:8080/health`. Well there and not from the host: the load balancer's targets on the cloud's page, `meissa status <region>`, `meissa drift <region>`.",
      'Not well there: [SpoolNearlyFull], [SpoolErrors], [LinesRefused].',
      'Agents were just rolled out: they read all that is there from the beginning. Where `meissa_agent_unread_bytes` falls, wait.',
    ],
    never: 'restart agents to hurry them: each goes on where it was.',
    wake: "It wakes whoever is on call for the collection. Wake the network's people where all front ends are well.",
  },
  {
    name: 'AgentFilesLost',
    severity: 'page',
    expression: rises(agent.filesLost),
    holds: 0,
    summary: 'Files of {{ $labels.instance }} were deleted before they were read to their end.',
    action: 'Its journal names them, and how many bytes. Those lines are lost unless a copy is somewhere.',
    meaning:
      'A file was deleted, or rotated away by number, while the agent did not have it open and had not read all of it. The lines are lost. The counter knows of files that were met; one that came and went while the agent was off is not counted.',
    steps: [
      '`journalctl -u line-agent | grep "were not read"`: which file, how many bytes.',
      'A copy or a compressed rotation is there: unpack it under a name that a pattern of the profile finds, and it is read from its beginning.',
      'Why was the agent behind? [AgentBehind]; `journalctl -u line-agent --since -1d`.',
      'Have the application keep more: `rotate`, `max-file`, `SystemMaxUse`; as much as front ends may be away for.',
    ],
    never: 'let a rotation delete by age alone where the agent may be behind: whatever was not read goes with it.',
    wake: 'It wakes whoever is on call; the owner of the host in the morning: those lines are gone already.',
  },
  {
    name: 'AgentJournalUnreadable',
    severity: 'page',
    expression: rises(agent.journalUnreadable),
    holds: 0,
    summary: "Entries of {{ $labels.instance }}'s journal could not be read, and are passed over.",
    action: 'Its journal says what journalctl wrote; `journalctl --verify` finds damaged journal files.',
    meaning:
      "The host's journalctl wrote a line that is no entry with a cursor. It is passed over, so that entry does not arrive. The journal itself still has it, as far as it can be read.",
    steps: [
      '`journalctl -u line-agent | grep "without a cursor"`: its first 200 characters.',
      '`journalctl --verify`, `journalctl -k | grep -iE "I/O error"`: damaged files, or a damaged disk.',
      '`journalctl --version` against the last host that was well: a new systemd may write something else.',
    ],
    never: 'run `journalctl --rotate --vacuum-time=...` to get rid of it before other entries were sent.',
    wake: 'It wakes whoever is on call. Wake the owner of the host where the disk is at fault: everything else on it is, too.',
  },
  {
    name: 'AgentFilesRefused',
    severity: 'page',
    expression: rises(agent.filesRefused),
    holds: 0,
    summary: "Files of {{ $labels.instance }} match a pattern and are not read: a link leads out, or they are somebody else's.",
    action:
      'Its journal names each path once, and why. Somebody set logs up wrongly, or tries to have the agent read what it should not.',
    meaning:
      'The agent may read every file of the host, and reads none that a link or a second name leads to from outside of the folder of its pattern. Lines of such a file do not arrive; nothing of it is lost.',
    steps: [
      '`journalctl -u line-agent | grep "is not read"`: which path, why.',
      '`ls -la` of it and of its folder: who made the link, when, where does it lead?',
      "It is meant: name the folder that it leads to in the profile's `paths`, and deploy.",
      'It is not: whoever may write in that folder tried to have a file of the host sent away. Treat the application as broken into.',
    ],
    never: 'copy the file to where the agent reads it before it is clear who put the link there.',
    wake: 'It wakes whoever is on call. Wake security where nobody knows who made the link: somebody may be trying to have the agent read what is not theirs.',
  },
  {
    name: 'AgentDeadLetters',
    severity: 'page',
    expression: rises(agent.deadLetters),
    holds: 0,
    summary: 'A line of {{ $labels.instance }} is longer than front ends take, and waits for a person.',
    action: 'It is in /var/lib/line-agent/dead-letters on that host, as it was written.',
    meaning:
      'A line over 262,144 bytes (`maxLineBytes`) was neither cut nor dropped: it is kept on this one host and does not arrive by itself. The lines around it went on. An elastic host takes it away when it goes.',
    steps: [
      '`ls -l /var/lib/line-agent/dead-letters`: names are `<topic>-<file id>-<place>`. Copy them elsewhere, off an elastic host at once.',
      'Look at one (`head -c 1000`): often it is a dump, or a file without newlines that a pattern should not find.',
      'Its content is wanted: cut it as its readers can use it, and post it (`curl --data-binary @part <endpoint>/lines/<topic>`).',
      'Remove the file here when it is done with. Have the application write shorter lines.',
    ],
    never: 'raise `maxLineBytes` of the agent alone: front ends refuse the line all the same.',
    wake: 'It wakes whoever is on call; the owner of the program that wrote the line in the morning.',
  },
  {
    name: 'AgentDeadLettersFull',
    severity: 'page',
    expression: goesOn('dead-letter'),
    holds: 5 * MINUTE,
    summary: 'Dead letters of {{ $labels.instance }} are full: a file or a journal waits until a person takes some away.',
    action: 'Move what is in /var/lib/line-agent/dead-letters elsewhere: the agent looks again every ten seconds.',
    meaning:
      'There is no room (`deadLetterBytes`) for another line that is too long. The file that has it waits, and its lines are lost when it rotates away; of a journal everything behind that entry waits. Other files go on.',
    steps: [
      '`mv /var/lib/line-agent/dead-letters/* <another disk>`: it goes on within ten seconds.',
      'Then as under [AgentDeadLetters]: who writes such lines?',
    ],
    never: 'delete them unseen: each is a line that is nowhere else in the collection.',
    wake: 'It wakes whoever is on call. Wake the owner of the program where its disk fills before morning.',
  },
  {
    name: 'AgentTopicRefused',
    severity: 'warning',
    expression: goesOn('topic'),
    holds: 5 * MINUTE,
    summary: 'Front ends refuse a topic of {{ $labels.instance }}: its lines wait on that host.',
    action: 'Its journal names the topic and the answer: most often one that the region does not have.',
    meaning:
      'A front end answered 4xx to lines of one topic for five minutes. They wait in their files and are tried again for ever; other topics go on. Nothing is lost until the files rotate away.',
    steps: [
      '`journalctl -u line-agent | grep "aren\'t taken" | tail`: the topic, the answer.',
      "404: the topic is not in `kafka.topics` of the region, or is misspelt in `line-agent` of the fleet. Add it, deploy the brokers' and front ends' region first; or correct the fleet.",
      '400 or 415: what answers is no front end of this version. Which one does `endpoint` lead to?',
    ],
    never: 'take the topic out of the profile to end the alert: its files would not be read any more.',
    wake: 'Nobody at night. Who changed the profile or the topics of the region, in the day.',
  },
  {
    name: 'AgentUnreadable',
    severity: 'warning',
    expression: goesOn('read'),
    holds: 5 * MINUTE,
    summary: '{{ $labels.instance }} cannot read a file of its own, or cannot write its checkpoint.',
    action: 'Its journal says which one. Lines wait where they are.',
    meaning:
      'For five minutes a step of a file failed on this host: reading it, keeping a dead letter, or writing the checkpoint, without which nothing more is sent. Nothing is lost until files rotate away.',
    steps: [
      "`journalctl -u line-agent -n 50`, `curl -s localhost:9406/health` (says when the checkpoint can't be written).",
      '`df -h /var/lib/line-agent`: `ENOSPC` is the most frequent reason. Make room; it goes on by itself.',
      '`EIO`: `journalctl -k | grep -i "I/O error"`. Copy what can be read, replace the disk.',
    ],
    never:
      'remove `/var/lib/line-agent` to begin anew: everything would be sent again under other keys, and dead letters be gone.',
    wake: 'Nobody at night: lines wait. The owner of the host in the day.',
  },
  {
    name: 'AgentJournalEnds',
    severity: 'warning',
    expression: `increase(${agent.journalRestarts}[10m]) > 3`,
    holds: 0,
    summary: 'journalctl of {{ $labels.instance }} ends again and again: its journal may not be read.',
    action: 'Its journal says what journalctl wrote before it ended.',
    meaning:
      'journalctl ended by itself more than three times in ten minutes. Each time it goes on at the last entry that was read, so nothing is lost; while it never comes to an entry, nothing of the journal arrives, and no age of unsent lines shows it.',
    steps: [
      '`journalctl -u line-agent | grep "journalctl:" | tail`: its exit code and last words.',
      'Run it as the agent does: `journalctl --output=json --all --no-pager --quiet --no-tail --lines=1`; `journalctl --verify`.',
      'Killed (`SIGKILL`): the unit has 512 MB, see `systemctl status line-agent`, `journalctl -k | grep -i oom`.',
    ],
    never: "delete the journal's files to get it going: entries that were not sent are in them.",
    wake: 'Nobody at night. The owner of the host in the day.',
  },
] as const satisfies readonly Alert[];
