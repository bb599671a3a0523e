import type * as z from 'zod';
import { type AuthorizedActor, authorized } from '../../../shared/access/authorize.ts';
import type { postsQuery } from '../../../shared/contracts/people.ts';
import type { ServiceAccount } from '../../../shared/contracts/service-accounts.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { scopeOf } from '../posts/items.ts';
import { mustBeAbove } from '../posts/queries.ts';
import { type PersonSummary, readProfiles } from '../profiles/store.ts';
import type { ServiceAccountItem } from './items.ts';
import * as store from './store.ts';

const shown = (
  { history, ...account }: ServiceAccountItem,
  profiles: ReadonlyMap<string, PersonSummary>,
): ServiceAccount => ({
  ...account,
  history: history.map(({ by, ...event }) => ({
    ...event,
    by: { personId: by, name: profiles.get(by)?.name ?? '' },
  })),
});

const actorsOf = ({ history }: ServiceAccountItem) => history.map(({ by }) => by);

/** The account with the names of those who did something to it. */
export async function readWithNames(by: AuthorizedActor, account: ServiceAccountItem): Promise<ServiceAccount> {
  return shown(account, await readProfiles(by, actorsOf(account)));
}

/** The programs with a post of a kind at a center, an operator or a bureau; for those who may give it. Refuses `forbidden`. */
export async function listAccounts(
  context: RequestContext,
  { kind, of }: z.output<typeof postsQuery>,
): Promise<{ accounts: ServiceAccount[] }> {
  const { by } = await authorized(context);
  mustBeAbove(by, 'anybody else', { kind });
  const accounts = await store.readAccounts(by, scopeOf(kind, of));
  const profiles = await readProfiles(by, accounts.flatMap(actorsOf));
  return { accounts: accounts.map((account) => shown(account, profiles)) };
}
