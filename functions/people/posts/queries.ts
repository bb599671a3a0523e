import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Post, PostHolder, postsQuery } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { readProfiles } from '../profiles/store.ts';
import { scopeOf } from './items.ts';
import * as store from './store.ts';

export function mustBeAbove(by: AuthorizedActor, holderId: PersonId, post: Pick<Post, 'kind'>): void {
  mustBeAble(by, 'grant', 'Post', { ...post, holderId });
}

/** Who holds posts of a kind at a center, an operator or a bureau; for those who may give them. Refuses `forbidden`. */
export async function listPosts(
  context: RequestContext,
  { kind, of }: z.output<typeof postsQuery>,
): Promise<{ posts: PostHolder[] }> {
  const { by } = await authorized(context);
  mustBeAbove(by, 'anybody else', { kind });
  const held = await store.readPosts(by, scopeOf(kind, of));
  const profiles = await readProfiles(
    by,
    held.map(({ personId }) => personId),
  );
  return {
    posts: held.map(({ post, personId, since }) => ({
      post,
      person: { personId, name: profiles.get(personId)?.name ?? '' },
      since,
    })),
  };
}
