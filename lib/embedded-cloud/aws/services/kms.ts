/** KMS as far as a key that is disabled, or about to be deleted, is told of and brought back. Source: AWS KMS API Reference, "Key states of AWS KMS keys". */
import { clock } from '../../../engine/clock';
import type { JsonObject } from '../../../engine/json';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import type { Thing } from '../world/records';
import { partitionOf } from '../world/zones';
import type { Call } from './json-services';

const [KEY, ALIAS] = ['AWS::KMS::Key', 'AWS::KMS::Alias'];
/** "ScheduleKeyDeletion", PendingWindowInDays. */
const WINDOW = { least: 7, most: 30 };
const DAY = 86_400;

/** A key by its id, its ARN or an alias. */
function keyOf(region: Region, asked: string): Thing {
  const alias = region.things[`${ALIAS} ${asked.slice(asked.indexOf('alias/'))}`];
  const id = (alias === undefined ? asked : String(alias.properties.TargetKeyId)).split('/').pop();
  const found = region.things[`${KEY} ${id}`];
  if (found === undefined) throw new AwsError('NotFoundException', `Key '${arnOf(region, asked)}' does not exist`);
  return found;
}

const arnOf = ({ name, account }: Region, id: string): string => `arn:${partitionOf(name)}:kms:${name}:${account}:key/${id}`;

/** All that a key is called: templates name it by any of these. */
function namesOf(region: Region, { id }: Thing): string[] {
  const own = Object.values(region.things).filter(
    ({ type, properties }) => type === ALIAS && String(properties.TargetKeyId).split('/').pop() === id,
  );
  return [id, arnOf(region, id), ...own.map((alias) => alias.id)];
}

function stateOf(region: Region, key: Thing) {
  const name = namesOf(region, key).find((each) => region.outages.keys[each] !== undefined);
  return name === undefined ? undefined : region.outages.keys[name];
}

function setState(region: Region, key: Thing, state: 'Disabled' | 'PendingDeletion' | undefined, until?: number): void {
  for (const name of namesOf(region, key)) delete region.outages.keys[name];
  if (state === undefined) return;
  for (const name of namesOf(region, key)) region.outages.keys[name] = { state, ...(until === undefined ? {} : { until }) };
}

/** Something that is done to a key that is in the right state for it. */
const act =
  (fits: (state: string | undefined) => boolean, done: (region: Region, key: Thing, input: JsonObject) => object): Call =>
  (backend, region, input) => {
    const asked = String(input.KeyId);
    // By its id or its ARN: these calls take no alias.
    if (asked.includes('alias/')) throw new AwsError('NotFoundException', `Invalid keyId ${asked}`);
    const key = keyOf(region, asked);
    const state = stateOf(region, key)?.state;
    if (!fits(state)) {
      const is = state === 'PendingDeletion' ? 'pending deletion' : state === 'Disabled' ? 'disabled' : 'not pending deletion';
      throw new AwsError('KMSInvalidStateException', `${arnOf(region, key.id)} is ${is}.`);
    }
    const answer = done(region, key, input);
    backend.changed();
    return answer;
  };

const notPending = (state: string | undefined): boolean => state !== 'PendingDeletion';

export const kmsCalls: Record<string, Call> = {
  'TrentService.DescribeKey': (_backend, region, input) => {
    const key = keyOf(region, String(input.KeyId));
    const { state = 'Enabled', until } = stateOf(region, key) ?? {};
    return {
      KeyMetadata: {
        AWSAccountId: region.account,
        KeyId: key.id,
        Arn: arnOf(region, key.id),
        Enabled: state === 'Enabled',
        KeyState: state,
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
        ...(until === undefined ? {} : { DeletionDate: until }),
      },
    };
  },
  'TrentService.ScheduleKeyDeletion': act(notPending, (region, key, { PendingWindowInDays: days = WINDOW.most }) => {
    if (!(Number(days) >= WINDOW.least && Number(days) <= WINDOW.most))
      throw new AwsError('ValidationException', `PendingWindowInDays is between ${WINDOW.least} and ${WINDOW.most}`);
    const until = Math.floor(clock.milliseconds() / 1000) + Number(days) * DAY;
    setState(region, key, 'PendingDeletion', until);
    return { KeyId: arnOf(region, key.id), DeletionDate: until, KeyState: 'PendingDeletion', PendingWindowInDays: Number(days) };
  }),
  // A key that was saved is disabled until somebody enables it.
  'TrentService.CancelKeyDeletion': act(
    (state) => !notPending(state),
    (region, key) => {
      setState(region, key, 'Disabled');
      return { KeyId: arnOf(region, key.id) };
    },
  ),
  'TrentService.DisableKey': act(notPending, (region, key) => {
    setState(region, key, 'Disabled');
    return {};
  }),
  'TrentService.EnableKey': act(notPending, (region, key) => {
    setState(region, key, undefined);
    return {};
  }),
};
