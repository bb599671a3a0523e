import type { OfferingPolicy } from '../../contracts/policy.ts';
import type { Hold } from './order.ts';

/**
 * Whether an order is held first, and until when, never past the first start: an approval that any of its offerings asks for comes
 * before a payment.
 */
export function holdFor(
  asked: readonly { readonly policy: OfferingPolicy | undefined; readonly priceFen: number }[],
  nowEpochSeconds: number,
  startsAtEpochSeconds: number,
): Hold | undefined {
  const until = (seconds: readonly number[]) => Math.min(nowEpochSeconds + Math.min(...seconds), startsAtEpochSeconds);
  const approvals = asked.flatMap(({ policy }) => (policy?.approval ? [policy.approval.withinHours * 3_600] : []));
  if (approvals.length > 0) return { for: 'approval', untilEpochSeconds: until(approvals) };
  const payments = asked.flatMap(({ policy, priceFen }) =>
    policy?.payment && priceFen > 0 ? [policy.payment.withinMinutes * 60] : [],
  );
  return payments.length > 0 ? { for: 'payment', untilEpochSeconds: until(payments) } : undefined;
}
