/** How senders of a region reach its front ends. */

/** A network load balancer inside of the region, before the hosts of one fleet: stack `<region>/<cluster>-<fleet>-entry`. */
export interface LoadBalancerPlan {
  readonly cluster: string;
  /** Name of the fleet behind it. */
  readonly fleet: string;
  /** `<region>-<cluster>-<fleet>`, for people. */
  readonly name: string;
  /** Construct id of its stack. */
  readonly stack: string;
  /** Private DNS zone of the region's network: `<cluster>.<region>.<estate>.internal`. */
  readonly dnsZone: string;
  /** Planned name in it, so that senders can be told before it stands: `lines.<zone>`. */
  readonly dnsName: string;
  /** Where it takes its addresses, one subnet a zone of the fleet. Never public: its scheme is internal. */
  readonly subnets: readonly SubnetOfZone[];
  readonly listeners: readonly ListenerPlan[];
  readonly health: HealthCheckPlan;
  /** Seconds until connections to a host that leaves are cut; its senders then connect to another one and send again what wasn't acknowledged. */
  readonly deregistrationSeconds: number;
  /** Fixed addresses of a members fleet, in order of number. @default - hosts of an elastic fleet, whose group registers them */
  readonly targets?: readonly TargetPlan[];
}

export interface SubnetOfZone {
  /** Id of the subnet. */
  readonly id: string;
  readonly zone: string;
}

export interface ListenerPlan {
  /** Stable, part of logical ids: `Http`. */
  readonly id: string;
  /** The same on the hosts. */
  readonly port: number;
  /** `tcp-udp`: the port takes both. */
  readonly protocol: 'tcp' | 'tcp-udp';
  readonly why: string;
}

/** A host is well when it can append: HTTP 200. The same question for every listener. */
export interface HealthCheckPlan {
  readonly port: number;
  readonly path: string;
  /** Seconds between two questions. */
  readonly interval: number;
  /** Seconds that an answer may take. */
  readonly timeout: number;
  /** Answers in a row that change the opinion. */
  readonly threshold: number;
}

export interface TargetPlan {
  /** Number of the member. */
  readonly number: number;
  readonly address: string;
  readonly zone: string;
  /** The instance is left out while it is replaced. */
  readonly absent: boolean;
}

/** How a host of an elastic fleet leaves: it is asked to hand on what it holds, and says when it has. */
export interface DrainPlan {
  /** Planned name of the scaling group, which the host names when it answers. */
  readonly group: string;
  /** Name of the lifecycle hook. */
  readonly hook: string;
  /** Seconds without a sign of life after which the host is given up. */
  readonly heartbeat: number;
}
