/** What is done to an instance by hand, and what EC2 says of it beside its description. */
import { clock } from '../../../engine/clock';
import { flag, text, texts } from '../../http/form';
import { AwsError } from '../aws-error';
import { start, stop, terminate } from '../resources/ec2/launch';
import { instanceOf } from '../resources/ec2/lookup';
import { attachVolume, detachVolume } from '../resources/ec2/volumes';
import type { Instance } from '../world/compute';
import type { Action } from './ec2-filters';

const CODES: Record<string, number> = { running: 16, stopped: 80, terminated: 48 };

/** Brings instances to another state; all of a request, or none. */
const power =
  (
    to: string,
    act: (place: Parameters<Action>, instance: Instance) => void,
    refuse: (instance: Instance) => AwsError | undefined,
  ): Action =>
  (...place) => {
    const [backend, region, form] = place;
    const found = texts(form, 'InstanceId').map((id) => instanceOf(region, id));
    for (const instance of found) {
      const refusal = refuse(instance);
      if (refusal) throw refusal;
    }
    const before = found.map(({ state }) => state);
    for (const instance of found) act(place, instance);
    backend.changed();
    return {
      instancesSet: found.map(({ id, state }, at) => ({
        instanceId: id,
        currentState: { code: CODES[state], name: to },
        previousState: { code: CODES[before[at]!], name: before[at] },
      })),
    };
  };

const gone = ({ id, state }: Instance) =>
  state === 'terminated'
    ? new AwsError('IncorrectInstanceState', `The instance '${id}' is not in a state from which it can be started or stopped.`)
    : undefined;

/** Starting, stopping, ending; volumes on and off; status checks and the console. */
export const powerActions: Record<string, Action> = {
  StopInstances: power('stopping', ([b], i) => stop(b.hosts, i), gone),
  StartInstances: power('pending', ([b, r], i) => start(r, b.hosts, i), gone),
  TerminateInstances: power(
    'shutting-down',
    ([b, r], i) => terminate(r, b.hosts, i),
    ({ id, terminationProtection }) =>
      terminationProtection
        ? new AwsError(
            'OperationNotPermitted',
            `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
          )
        : undefined,
  ),
  AttachVolume(b, r, f) {
    const found = instanceOf(r, text(f, 'InstanceId'));
    const [volumeId = '', device = ''] = [text(f, 'VolumeId'), text(f, 'Device')];
    if (found.state === 'terminated') throw new AwsError('IncorrectState', `Instance '${found.id}' is not 'running'.`);
    attachVolume(r, found, volumeId, device);
    b.changed();
    return { volumeId, instanceId: found.id, device, status: 'attaching', attachTime: clock.now() };
  },
  DetachVolume(b, r, f) {
    const volumeId = text(f, 'VolumeId') ?? '';
    const volume = r.volumes[volumeId];
    if (!volume) throw new AwsError('InvalidVolume.NotFound', `The volume '${volumeId}' does not exist.`);
    const { instance = '', device = '' } = volume.attachment ?? {};
    if (instance === '') throw new AwsError('IncorrectState', `Volume '${volumeId}' is in the 'available' state.`);
    detachVolume(r, instanceOf(r, instance), device);
    b.changed();
    return { volumeId, instanceId: instance, device, status: 'detaching' };
  },
  DescribeInstanceStatus: (_b, r, f) => {
    const wanted = texts(f, 'InstanceId');
    const all = flag(f, 'IncludeAllInstances');
    const found = wanted.length === 0 ? Object.values(r.instances) : wanted.map((id) => instanceOf(r, id));
    return {
      instanceStatusSet: found
        .filter(({ state }) => all || state === 'running')
        .map(({ id, zone, state }) => {
          const status = state === 'running' ? 'ok' : 'not-applicable';
          return {
            instanceId: id,
            availabilityZone: zone,
            instanceState: { code: CODES[state], name: state },
            systemStatus: { status },
            instanceStatus: { status },
          };
        }),
    };
  },
  GetConsoleOutput: (b, r, f) => {
    const found = instanceOf(r, text(f, 'InstanceId'));
    return {
      instanceId: found.id,
      timestamp: clock.now(),
      output: Buffer.from(b.hosts.consoleOf(found)).toString('base64'),
    };
  },
};
