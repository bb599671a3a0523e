import type * as z from 'zod';
import { type Authorized, isKeptFrom } from '../../shared/access/authorize.ts';
import { sessionFactFrom, sessionFactKey } from '../../shared/booking/facts/sessions.ts';
import { publicSession } from '../../shared/booking/items/session.ts';
import { boardSeatOf } from '../../shared/booking/row/board-seat.ts';
import type { OperatorId, SessionId } from '../../shared/contracts/common.ts';
import type {
  operatorAnswer,
  operatorSessionsAnswer,
  operatorsAnswer,
  rosterAnswer,
} from '../../shared/contracts/operators.ts';
import type { sessionQuery } from '../../shared/contracts/sessions.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import {
  authorizeAtOperator,
  readOperator,
  readOperators,
  readPeopleShown,
  readSessions,
  readWhitelist,
} from './store.ts';

/** Operators at work in the city. */
export async function list(by: Authorized): Promise<z.input<typeof operatorsAnswer>> {
  const operators = await readOperators(by);
  return { operators: operators.filter(({ status }) => status === 'active') };
}

/** An operator, and where the whitelist lets it do what; entries that are suspended or over stay to be seen. Refuses `not-found`. */
export async function show(by: Authorized, operatorId: OperatorId): Promise<z.input<typeof operatorAnswer>> {
  const [operator, whitelist] = await Promise.all([readOperator(by, operatorId), readWhitelist(by, operatorId)]);
  if (!operator) throw refuse('not-found');
  return { operator, whitelist };
}

/** The operator's sessions at all its centers with how many places are taken, nobody named. Refuses `forbidden`, `not-found`. */
export async function listSessions(
  context: RequestContext,
  operatorId: OperatorId,
  { from, days, service }: z.output<typeof sessionQuery>,
): Promise<z.input<typeof operatorSessionsAnswer>> {
  const { by } = await authorizeAtOperator(context, operatorId);
  const found = await readSessions(by, operatorId, from, addDays(from, days - 1));
  return {
    sessions: found
      .filter((session) => service === undefined || session.service === service)
      .map((session) => ({ ...publicSession(session), taken: session.taken })),
  };
}

const byName = new Intl.Collator('zh');

/**
 * Who has a place in one of the operator's sessions. Each person on it is told in their log that their name was shown. Refuses
 * `forbidden`, and `not-found` for a session of anybody else.
 */
export async function readRoster(
  context: RequestContext,
  operatorId: OperatorId,
  sessionId: SessionId,
): Promise<z.input<typeof rosterAnswer>> {
  const at = await authorizeAtOperator(context, operatorId, [sessionFactKey(context.tenantId, sessionId)]);
  const session = sessionFactFrom(at.items[0]);
  if (session?.providerId !== operatorId) throw refuse('not-found');
  const seats = Object.entries(session.seats).filter(([personId]) => !isKeptFrom(at.by, personId));
  const people = await readPeopleShown(
    at,
    seats.map(([personId]) => personId),
  );
  return {
    session: publicSession(session),
    seats: seats
      .map(([personId, seat]) => boardSeatOf(personId, seat, people.get(personId), session.date))
      .sort((a, b) => byName.compare(a.name, b.name)),
  };
}
