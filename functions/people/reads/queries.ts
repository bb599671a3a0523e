import { authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { ReadLogEntry } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import * as people from '../profiles/store.ts';
import * as reads from './store.ts';

/** The latest staff reads of a person's data, for the person and whoever acts for them. Refuses `no-authority`. */
export async function listReads(context: RequestContext, personId: PersonId): Promise<{ reads: ReadLogEntry[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'read', 'Person', { personId }, 'no-authority');
  const logged = await reads.readReads(by, personId);
  const profiles = await people.readProfiles(
    by,
    logged.map(({ byId }) => byId),
  );
  return { reads: logged.map(({ byId, ...read }) => ({ ...read, byName: profiles.get(byId)?.name ?? '' })) };
}
