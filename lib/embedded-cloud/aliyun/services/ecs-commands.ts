import { clock } from '../../../engine/clock';
import { regionOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { instanceOf } from '../resources/ecs/lookup';
import { aliyunId } from '../resources/values';
import type { CommandRun } from '../world/compute';
import { needed, page, repeated } from './parameters';
import type { RpcAction } from './request';

/** Bytes that the content of a command has at most, as it is sent ("RunCommand"). */
const CONTENT = 18 * 1024;
/** Milliseconds from a command to its result. */
const TAKES = 20;
/** Runs that are remembered of each region. */
const KEPT = 10_000;

const second = (iso: string): string => `${iso.slice(0, 19)}Z`;

/** RunCommand: Cloud Assistant gives a shell command to hosts, and each answers. */
export const runCommand: RpcAction = (backend, request) => {
  const p = request.parameters;
  const r = regionOf(backend.world, request.account, request.region).aliyun;
  const type = needed(p, 'Type');
  if (type !== 'RunShellScript')
    throw new AliyunError('InvalidCmdType.NotFound', `The specified command type ${type} is not in the embedded cloud.`);
  const sent = needed(p, 'CommandContent');
  if (Buffer.byteLength(sent) > CONTENT)
    throw new AliyunError('CmdContent.ExceedLimit', 'The length of the command content exceeds the upper limit.', 403);
  const base64 = (p.ContentEncoding ?? 'PlainText') === 'Base64';
  if (base64 && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(sent))
    throw new AliyunError('CmdContent.DecodeError', 'The CommandContent can not be base64 decoded.', 403);
  const content = base64 ? Buffer.from(sent, 'base64').toString('utf8') : sent;
  const instances = (repeated(p, 'InstanceId') ?? []).map((id) => instanceOf(r, id));
  if (instances.length === 0 || instances.length > 100)
    throw new AliyunError('NumberExceed.Instances', 'RunCommand takes 1 to 100 instances.', 403);
  const down = instances.find((i) => i.state !== 'Running');
  if (down) throw new AliyunError('InvalidInstance.NotMatch', `The instance ${down.id} is not running.`, 403);
  const [invoke, command] = [aliyunId('t'), aliyunId('c')];
  for (const i of instances) {
    const answer = backend.aliyunHosts.command(i, content);
    r.commandRuns[`${invoke} ${i.id}`] = {
      invoke,
      command,
      instance: i.id,
      started: clock.now(),
      due: clock.milliseconds() + TAKES,
      output: answer?.output ?? '',
      exitCode: answer?.exitCode ?? 0,
      ...(answer ? {} : { error: 'ClientNotRunning' }),
    };
  }
  for (const key of Object.keys(r.commandRuns).slice(0, -KEPT)) delete r.commandRuns[key];
  backend.changed();
  return { InvokeId: invoke, CommandId: command };
};

/** What became of a command on one host. */
function resultOf(run: CommandRun, plain: boolean): object {
  const going = clock.milliseconds() < run.due;
  const failed = run.error !== undefined || run.exitCode !== 0;
  const output = going ? '' : run.output;
  return {
    InvokeId: run.invoke,
    CommandId: run.command,
    InstanceId: run.instance,
    Repeats: going ? 0 : 1,
    StartTime: second(run.started),
    FinishedTime: going ? '' : second(new Date(run.due).toISOString()),
    StopTime: '',
    Username: 'root',
    Dropped: 0,
    Output: plain ? output : Buffer.from(output).toString('base64'),
    ...(going || run.error !== undefined ? {} : { ExitCode: run.exitCode }),
    InvocationStatus: going ? 'Running' : failed ? 'Failed' : 'Success',
    InvokeRecordStatus: going ? 'Running' : failed ? 'Failed' : 'Finished',
    ErrorCode: going || !failed ? '' : (run.error ?? 'ExitCodeNonzero'),
    ErrorInfo:
      going || !failed ? '' : run.error ? 'the Cloud Assistant Agent is not running' : 'the command exits with a non-zero code',
  };
}

/** DescribeInvocationResults */
export const describeInvocationResults: RpcAction = (backend, request) => {
  const p = request.parameters;
  const r = regionOf(backend.world, request.account, request.region).aliyun;
  const all = Object.values(r.commandRuns).filter(
    (run) =>
      (p.InvokeId === undefined || p.InvokeId === run.invoke) &&
      (p.CommandId === undefined || p.CommandId === run.command) &&
      (p.InstanceId === undefined || p.InstanceId === run.instance),
  );
  const { items, answer } = page(p, all);
  const plain = p.ContentEncoding === 'PlainText';
  return { Invocation: { ...answer, InvocationResults: { InvocationResult: items.map((run) => resultOf(run, plain)) } } };
};
