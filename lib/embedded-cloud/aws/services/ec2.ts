import { clock } from '../../../engine/clock';
import type { Backend } from '../../backend';
import { records, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { ec2Id } from '../ids';
import { instanceOf } from '../resources/ec2/lookup';
import { describeActions } from './ec2-describes';
import { editActions, tagged } from './ec2-edits';
import type { Action, Fields } from './ec2-filters';
import { linkActions } from './ec2-links';
import { powerActions } from './ec2-power';

const actions: Record<string, Action> = {
  ...linkActions,
  ...describeActions,
  ...editActions,
  ...powerActions,
  DescribeInstanceAttribute: (_b, r, f) => {
    const found = instanceOf(r, text(f, 'InstanceId'));
    return { instanceId: found.id, ...(text(f, 'Attribute') === 'userData' ? { userData: { value: found.userData } } : {}) };
  },
  CopyImage(b, r, f) {
    const id = ec2Id('ami');
    r.images[id] = {
      id,
      name: text(f, 'Name') ?? id,
      source: text(f, 'SourceImageId'),
      created: clock.now(),
      tags: {},
    };
    b.changed();
    return { imageId: id };
  },
  CreateTags(b, r, f) {
    for (const id of texts(f, 'ResourceId')) {
      const instance = r.instances[id];
      const target = tagged(r, id);
      for (const t of records(f, 'Tag')) target.tags[text(t, 'Key') ?? ''] = text(t, 'Value') ?? '';
      if (instance) b.hosts.tagged(r, instance);
    }
    b.changed();
    return { return: true };
  },
};

/** One EC2 call. */
export function ec2(backend: Backend, region: Region, action: string, form: Fields): XmlValue {
  const run = actions[action];
  if (!run) throw new AwsError('InvalidAction', `The action ${action} is not in the embedded cloud`);
  return run(backend, region, form);
}
