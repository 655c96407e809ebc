import type { Stack, StackRequest } from '../../../engine/stack';
import { TAGS } from '../../../facts/aliyun/limits';
import type { Backend } from '../../backend';
import { type Form, flag, parseForm, records, text, texts } from '../../http/form';
import { type Region, regionOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { invalidParameter, missingParameter, notHere, stackNotFound } from '../dialect/errors';
import type { RpcRequest } from './request';

/** A call with its parameters as nested records. */
export interface RosCall {
  backend: Backend;
  region: Region;
  request: RpcRequest;
  form: Record<string, Form>;
}

/** Takes a call's parameters apart: `Parameters.1.ParameterKey` becomes a list of records. */
export function rosCall(backend: Backend, request: RpcRequest): RosCall {
  if (!/^[a-z]{2}-[a-z]+(-\d+)?$/.test(request.region) && request.action !== 'DescribeRegions')
    throw invalidParameter('RegionId', `${request.region} is no region`);
  const form = parseForm(new URLSearchParams({ ...request.parameters }).toString());
  return { backend, region: regionOf(backend.world, request.account, request.region), request, form };
}

/** A parameter that must be there. */
export function required(call: RosCall, name: string): string {
  const value = text(call.form, name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** A whole number within bounds. */
export function within(call: RosCall, name: string, least: number, most: number): number | undefined {
  const value = text(call.form, name);
  if (value === undefined) return undefined;
  const n = Number(value);
  if (!/^\d+$/.test(value) || n < least || n > most) throw invalidParameter(name, `it should be ${least} to ${most}`);
  return n;
}

/** One of some words. */
export function oneOf(call: RosCall, name: string, words: readonly string[]): string | undefined {
  const value = text(call.form, name);
  if (value !== undefined && !words.includes(value)) throw invalidParameter(name, `it should be one of ${words.join(', ')}`);
  return value;
}

/** Refuses parameters that mean something to ROS and nothing here. */
export function refuse(call: RosCall, ...names: string[]): void {
  const given = names.find((n) => call.form[n] !== undefined);
  if (given) throw notHere(`The parameter ${given}`);
}

/** The stack that `StackId` names; ROS takes no name in its place. */
export function stackOf(call: RosCall): Stack {
  const id = required(call, 'StackId');
  const stack = call.region.stacks[id];
  if (!stack) throw stackNotFound(id);
  return stack;
}

/** A page of a list: `PageNumber` from 1, `PageSize` at most 50, default 10. */
export function page<T>(
  call: RosCall,
  all: T[],
): { items: T[]; rest: { PageNumber: number; PageSize: number; TotalCount: number } } {
  const size = within(call, 'PageSize', 1, 50) ?? 10;
  const number = within(call, 'PageNumber', 1, 1_000_000) ?? 1;
  return {
    items: all.slice((number - 1) * size, number * size),
    rest: { PageNumber: number, PageSize: size, TotalCount: all.length },
  };
}

/** Keeps what one of the asked values matches; nothing asked keeps all. `*` stands for any text. */
export function matching(asked: string[], value: string): boolean {
  if (asked.length === 0) return true;
  return asked.some((a) =>
    a.includes('*')
      ? new RegExp(
          `^${a
            .split('*')
            .map((p) => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*')}$`,
        ).test(value)
      : a === value,
  );
}

/** Tags as they are sent: `Tags.N.Key`; absent: undefined. */
export function tagsOf(call: RosCall, name = 'Tags'): Record<string, string> | undefined {
  if (call.form[name] === undefined) return undefined;
  const tags = records(call.form, name);
  if (tags.length > TAGS) throw invalidParameter(name, `the number of tags can not be more than ${TAGS}`);
  return Object.fromEntries(tags.map((t) => [text(t, 'Key') ?? '', text(t, 'Value') ?? '']));
}

/** What CreateStack, UpdateStack, CreateChangeSet and PreviewStack have in common. */
export function stackRequest(call: RosCall, name: string, stack?: Stack): StackRequest {
  refuse(
    call,
    'TemplateURL',
    'TemplateId',
    'TemplateVersion',
    'TemplateScratchId',
    'StackPolicyURL',
    'StackPolicyDuringUpdateURL',
  );
  refuse(call, 'StackPolicyDuringUpdateBody', 'TaintResources', 'CreateOption', 'CreateOptions', 'ResourceGroupId');
  const body = text(call.form, 'TemplateBody');
  if (body === undefined || body === '')
    throw new AliyunError(
      'MissingParameter',
      'One of the input parameters TemplateBody, TemplateURL, TemplateId should be specified.',
    );
  const given = records(call.form, 'Parameters').map((p) => {
    const key = text(p, 'ParameterKey');
    if (!key) throw missingParameter('Parameters.N.ParameterKey');
    return { key, value: text(p, 'ParameterValue') ?? '' };
  });
  const previous = flag(call.form, 'UsePreviousParameters') ? Object.keys(stack?.parameters ?? {}) : [];
  const urls = texts(call.form, 'NotificationURLs');
  return {
    name,
    body,
    parameters: [...given, ...previous.filter((k) => !given.some((g) => g.key === k)).map((key) => ({ key, usePrevious: true }))],
    tags: tagsOf(call),
    capabilities: [],
    roleArn: text(call.form, 'RamRoleName'),
    policy: text(call.form, 'StackPolicyBody'),
    token: call.request.requestId,
    parallelism: within(call, 'Parallelism', 1, 1000),
    timeout: within(call, 'TimeoutInMinutes', 10, 1440),
    notificationUrls: urls.length > 0 ? urls : undefined,
    replacements: oneOf(call, 'ReplacementOption', ['Enabled', 'Disabled']) === 'Enabled',
  };
}
