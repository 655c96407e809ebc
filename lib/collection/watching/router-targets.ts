/**
 * What Prometheus reads of a data centre's routers: their sessions, and what they probe. A probe's target and module stand in labels that
 * Prometheus turns into the request (`__param_...`, `__metrics_path__`), so that no configuration has to relabel. Source: Prometheus,
 * "Configuration", file_sd_config and relabel_config.
 */
import { BLACKBOX_EXPORTER, FRR_EXPORTER } from '../../facts/router-ports';
import { exporterAddress, probeModule } from '../../plan/idc/exporters';
import { type ProbePlan, probesOf } from '../../plan/idc/probes';
import type { IdcPlan, RouterPlan } from '../../plan/model';
import type { Targets } from './targets';

/** Of a data centre: nothing of routers that speak with nobody. */
export function routerTargets({ name: idc, routers }: IdcPlan): Targets[] {
  return routers.flatMap((router): Targets[] => {
    if (router.neighbors.length === 0) return [];
    const sessions = {
      targets: [`${exporterAddress(router)}:${FRR_EXPORTER}`],
      labels: { job: 'router', idc, router: router.name },
    };
    return [sessions, ...probesOf(router).flatMap((probe) => probeTargets(idc, router, probe))];
  });
}

function probeTargets(idc: string, router: RouterPlan, { link, kind, address, fullPayload }: ProbePlan): Targets[] {
  const one = (size: 'small' | 'full', module: string): Targets => ({
    targets: [`${exporterAddress(router)}:${BLACKBOX_EXPORTER}`],
    labels: {
      job: 'probe',
      idc,
      router: router.name,
      link,
      kind,
      peer: address,
      size,
      __metrics_path__: '/probe',
      __param_module: module,
      __param_target: address,
    },
  });
  return [one('small', probeModule.small), ...(fullPayload === undefined ? [] : [one('full', probeModule.full(fullPayload))])];
}
