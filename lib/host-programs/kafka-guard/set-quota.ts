/** The rate at which another region's mirrors may read here, so that what they catch up with leaves room for what is live. */
import {
  alterClientQuotasV1,
  ClientQuotaEntityTypes,
  ClientQuotaKeys,
  ClientQuotaMatchTypes,
  describeClientQuotasV0,
} from '@platformatic/kafka';
import { say } from '../shared/log';
import { BROKER_PORT, type KafkaLink } from './kafka-link';

const ENTITY = { entityType: ClientQuotaEntityTypes.USER };

/**
 * @param user as Kafka names it after the certificate
 * @param rate bytes a second that each broker gives it: Kafka's quotas are a broker's own ("Quotas")
 */
export async function setReadQuota(link: KafkaLink, address: string, user: string, rate: number): Promise<void> {
  await link.ask(address, BROKER_PORT, async (connection) => {
    const match = { ...ENTITY, matchType: ClientQuotaMatchTypes.EXACT, match: user };
    const { entries } = await describeClientQuotasV0.api.async(connection, [match], true);
    const has = entries.flatMap(({ values }) => values).find(({ key }) => key === ClientQuotaKeys.CONSUMER_BYTE_RATE);
    if (has?.value === rate) return;
    const ops = [{ key: ClientQuotaKeys.CONSUMER_BYTE_RATE, value: rate, remove: false as const }];
    await alterClientQuotasV1.api.async(connection, [{ entities: [{ ...ENTITY, entityName: user }], ops }], false);
    say(`${user} may read ${rate} bytes a second of each broker`);
  });
}
