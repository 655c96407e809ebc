import type { JsonObject } from '../../../engine/json';
import type { Tags } from './network';

/** A network load balancer. */
export interface LoadBalancer {
  /** Its ARN. */
  id: string;
  name: string;
  dnsName: string;
  scheme: string;
  vpc: string;
  subnets: string[];
  /** One in each subnet, in their order. */
  interfaces: string[];
  attributes: Tags;
  tags: Tags;
}

/** A target group. */
export interface TargetGroup {
  /** Its ARN. */
  id: string;
  name: string;
  vpc: string;
  port: number;
  protocol: string;
  type: string;
  /** Instances or addresses that the template names; hosts of scaling groups aren't among them. */
  targets: string[];
  attributes: Tags;
  healthCheck: JsonObject;
  tags: Tags;
}

/** A listener. */
export interface Listener {
  /** Its ARN. */
  id: string;
  loadBalancer: string;
  port: number;
  protocol: string;
  targetGroup: string;
}
