import type { Authorized } from '../../../shared/access/authorize.ts';
import { readLeads, readWaitsOfSession } from '../../../shared/booking/facts/waitlist.ts';
import type { SessionItem } from '../../../shared/booking/items/session.ts';
import { turnsOf } from '../../../shared/booking/items/waitlist.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import type { WaitCaseItem } from './items.ts';

/** The parties that wait for a session, as its line stands. */
export async function readWaits(by: Authorized, session: SessionItem): Promise<WaitCaseItem[]> {
  const { sessionId, title, date, startsAt, endsAt } = session;
  const line = await readLeads(by, session, turnsOf(session));
  const leads = line.map(({ lead }) => lead);
  const entries = await readWaitsOfSession(by, sessionId, leads);
  return leads.map((lead, index): WaitCaseItem => {
    const entry = entries[index];
    const joinedAt = entry?.joinedAt;
    return {
      waitId: derivedId('w', by.tenantId, sessionId, lead, joinedAt ?? ''),
      sessionId,
      title,
      date,
      startsAt,
      endsAt,
      lead,
      party: entry?.party ?? [lead],
      actorId: entry?.actorId ?? lead,
      ...(entry?.byStaff ? { byStaff: entry.byStaff } : {}),
      ...(joinedAt ? { joinedAt } : {}),
      state: 'pending',
    };
  });
}
