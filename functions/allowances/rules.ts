import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { CounterItem, FundItem, PassItem } from '../../shared/booking/items/counter.ts';
import { splitOf } from '../../shared/booking/price/cancel-rules.ts';
import { QUARTERS_PER_HOUR, windowOf } from '../../shared/booking/price/fair-use.ts';
import type { Allowance, FairUseRule } from '../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../shared/contracts/common.ts';
import type { Fund, Pass, PassKind, Statement, StatementItem } from '../../shared/contracts/passes.ts';
import { addDays, type IsoDate } from '../../shared/kernel/days.ts';

/** What is used of a rule in the window of a date, in its own unit. */
export function allowanceOf(rule: FairUseRule, { used, paid }: CounterItem, on: IsoDate): Allowance {
  const per = rule.unit === 'hours' ? QUARTERS_PER_HOUR : 1;
  const left = Math.max(0, rule.free - used / per);
  return { rule, used: used / per, left, paid: paid / per, resetsOn: windowOf(rule.window, on).resetsOn };
}

/** The parts of a pass that is sold so, with the dates they are due on. */
export const partsOf = ({ parts = [] }: PassKind, today: IsoDate): NonNullable<Pass['parts']> =>
  parts.map(({ units, priceFen, dueAfterDays }, index) => ({
    part: index + 1,
    units,
    priceFen,
    dueOn: addDays(today, dueAfterDays),
  }));

/** A pass as its holder and staff see it. */
export function publicPass({ parts, ...item }: PassItem): Pass {
  const shown = parts?.map(({ paidBy: _by, ...part }) => part);
  return { ...item, ...(shown ? { parts: shown } : {}) };
}

export const publicFund = ({ left, ...item }: FundItem): Fund => ({ ...item, leftFen: left });

type PaidBy = StatementItem['paidBy'][number];

/** Who pays which part of a booking; of a canceled one only what was kept. Nobody pays for what was only held. */
export function paidByOf(row: BookingRow): PaidBy[] {
  if (row.state === 'held' || row.state === 'lapsed') return [];
  const canceled = row.state === 'canceled';
  const residentFen = canceled ? (row.keptFen ?? 0) : row.residentPriceFen;
  const parts: PaidBy[] = residentFen > 0 ? [{ payer: 'resident', amountFen: residentFen }] : [];
  const paid = row.paidWith;
  if (!paid) return parts;
  const percent = canceled ? (row.keptPercent ?? 0) : 100;
  // A unit is not divided: when anything is kept, all of it is.
  const keptFen = paid.kind === 'pass' && percent > 0 ? paid.amountFen : splitOf(paid.amountFen, percent).keptFen;
  return keptFen > 0 ? [...parts, { payer: paid.kind, name: paid.name, amountFen: keptFen }] : parts;
}

/** The bookings of a family in the order of time, each with its price and who pays it; what cost nobody anything is left out. */
export function statementFrom(
  month: string,
  rows: readonly BookingRow[],
  nameOf: (personId: PersonId) => string,
): Statement {
  const lines = rows
    .map((row): StatementItem => {
      const paidBy = paidByOf(row);
      const { bookingId, beneficiaryId: personId, title, date, startsAt, state } = row;
      const priceFen = paidBy.reduce((sum, { amountFen }) => sum + amountFen, 0);
      return { bookingId, personId, name: nameOf(personId), title, date, startsAt, state, priceFen, paidBy };
    })
    .filter(({ priceFen }) => priceFen > 0)
    .sort((a, b) => (a.date + a.startsAt + a.bookingId < b.date + b.startsAt + b.bookingId ? -1 : 1));
  const sumOf = (payer: PaidBy['payer']) =>
    lines.flatMap(({ paidBy }) => paidBy).reduce((sum, part) => sum + (part.payer === payer ? part.amountFen : 0), 0);
  const totals = { residentFen: sumOf('resident'), passFen: sumOf('pass'), fundFen: sumOf('fund') };
  const priceFen = lines.reduce((sum, line) => sum + line.priceFen, 0);
  return { month, lines, totals: { priceFen, ...totals } };
}
