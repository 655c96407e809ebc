/** What the hosts of a front-end fleet know of their collection. */
import type { KafkaContext } from '../../lib/plan/collection/kafka-model';

export const frontEndContext: KafkaContext = {
  role: 'front-end',
  size: 'standard',
  clusterId: 'UB31BYQAE761Kxc-V8Rq-g',
  formedMarker: '/meissa/example/sa-east-1/core/kafka-g1/formed',
  controllers: [],
  bootstrap: '10.9.8.32:9092',
  controllerBootstrap: '10.9.8.16:9093',
  brokerIdBase: 100,
  into: 'us-east-1',
  superUsers: 'User:sa-east-1.kafka-broker',
  topics: [],
  spool: { keep: 604_800, whenFull: 'refuse' },
  flows: [],
  mirrorRate: 0,
  internalReplication: 3,
  certificate: '/meissa/example/sa-east-1/core/front-ends/tls',
};
