import { type OfferingPolicy, offeringPolicy } from '../../shared/contracts/policy.ts';
import type { Complain } from '../sheets/complain.ts';
import type { Row, Rows } from '../sheets/sheets.ts';
import type { City } from './city.ts';

type PolicyRow = Row<'policies'>['row'];

/** What is not filled in is left out: a rule that is not there asks nothing of anybody. */
function defined<T extends object>(value: T): Partial<T> | undefined {
  const entries = Object.entries(value).filter(
    ([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0),
  );
  return entries.length > 0 ? (Object.fromEntries(entries) as Partial<T>) : undefined;
}

function eligibilityOf(row: PolicyRow): Record<string, unknown> | undefined {
  const { minAgeMonths, maxAgeMonths, districts, schools, after, priorityGroup, priorityPlaces } = row;
  const untilHoursBefore = row.priorityUntilHours ?? 0;
  const priority =
    priorityGroup && priorityPlaces ? { group: priorityGroup, places: priorityPlaces, untilHoursBefore } : undefined;
  return defined({ minAgeMonths, maxAgeMonths, districts, schools, afterOfferingId: after, priority });
}

/** The rules of one row. `undefined` where columns that belong together are not all filled in, which is reported. */
function policyOf({ line, row }: Row<'policies'>, complain: Complain): OfferingPolicy | undefined {
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after, approvalHours, paymentMinutes, offerMinutes } = row;
  if ((row.priorityGroup === undefined) !== (row.priorityPlaces === undefined)) {
    complain(line, 'priorityPlaces', 'together');
    return undefined;
  }
  const buffers =
    before === undefined && after === undefined ? undefined : { beforeMinutes: before ?? 0, afterMinutes: after ?? 0 };
  const { cancellation, waivers, passes, percentByChild, familyMostFen: mostFen } = row;
  return offeringPolicy.parse(
    defined({
      buffers,
      approval: approvalHours === undefined ? undefined : { withinHours: approvalHours },
      payment: paymentMinutes === undefined ? undefined : { withinMinutes: paymentMinutes },
      offerMinutes,
      cancellation,
      eligibility: eligibilityOf(row),
      family: defined({ percentByChild, mostFen }),
      waivers,
      passes,
    }) ?? {},
  );
}

/** Gives offerings their rules; an offering that the sheet does not name keeps those it has. */
export function planPolicies(city: City, rows: Rows, complain: Complain): void {
  for (const sheetRow of rows.policies) {
    const { line, row } = sheetRow;
    const offering = city.offerings.get(row.offering);
    const missing = row.after && !city.offerings.has(row.after) ? row.after : undefined;
    if (!offering) complain(line, 'offering', 'unknown-offering', row.offering);
    else if (missing) complain(line, 'after', 'unknown-offering', missing);
    else {
      const policy = policyOf(sheetRow, complain);
      if (policy) city.offerings.set(row.offering, { ...offering, policy });
    }
  }
}
