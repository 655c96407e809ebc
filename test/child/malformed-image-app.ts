/** An app whose storage hosts have an image id that no image can have. The estate's own rules refuse it; here they aren't asked. */
import { fillApp, newApp } from '../../lib/cli/estate-app';
import type { MemberEntry } from '../../lib/estate/locks';
import { estate, region, STORAGE, VOTERS } from '../plan/estate-fixture';

const lock = (key: string, entry: MemberEntry) => (key.includes('storage') ? { ...entry, image: 'ami-123xyz' } : entry);
fillApp(newApp(), estate({ regions: [region([STORAGE, VOTERS])], lock })).synth();
