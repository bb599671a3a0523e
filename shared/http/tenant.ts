import type { TenantId } from '../contracts/id.ts';
import { environment } from '../kernel/environment.ts';

/** The cities of this deployment; the first is the one of an address that names none. */
export const tenantIds = (): string[] => environment('TENANTS').split(',');

/**
 * The city a request is for: the first label of the host when it names one (`putian.example.cn`, `putian.localhost`), else the first
 * tenant of the deployment. Never taken from a body, a query or a header of the caller's making beyond the host it reached.
 */
export function tenantOfHost(host: string): { tenantId: TenantId; named: boolean } {
  const label = host.split(':')[0]?.split('.')[0] ?? '';
  const known = tenantIds();
  return known.includes(label) ? { tenantId: label, named: true } : { tenantId: known[0] ?? '', named: false };
}
