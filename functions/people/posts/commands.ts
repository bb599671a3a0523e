import type * as z from 'zod';
import { accessRecord } from '../../../shared/access/access-record.ts';
import { authorized } from '../../../shared/access/authorize.ts';
import type { PersonId, PostId } from '../../../shared/contracts/common.ts';
import type { Post, postCreate } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { idFor } from '../requests/items.ts';
import { scopeOfPost } from './items.ts';
import { mustBeAbove } from './queries.ts';
import * as store from './store.ts';

/**
 * Someone above gives a post. Refuses `own-grant`, `forbidden`, `not-found`, `already-granted`, `changed-meanwhile`, and `service-account`
 * for a program, which has the one that it was created with.
 */
export async function givePost(
  context: RequestContext,
  { personId, ...scope }: z.output<typeof postCreate>,
): Promise<{ post: Post; replayed: boolean }> {
  const { by, items } = await authorized(
    context,
    // One's own record is read anyway, and a key may be asked for only once.
    personId === context.actor?.personId ? [] : [keys.people.access(context.tenantId, personId)],
  );
  if (personId === by.actor.personId) throw refuse('own-grant');
  mustBeAbove(by, personId, scope);
  if (!items[0]) throw refuse('not-found');
  const { posts, service } = parsedItem(accessRecord, items[0]);
  if (service) throw refuse('service-account');
  const post: Post = { ...scope, postId: idFor(context, 'j', 'post') };
  const twin = Object.values(posts).find((held) => scopeOfPost(held) === scopeOfPost(post));
  if (twin && twin.postId !== post.postId) throw refuse('already-granted');
  const held = {
    postId: post.postId,
    post,
    personId,
    grantedBy: by.actor.personId,
    since: by.now.toISOString(),
  };
  const { outcome } = await store.createPost(by, held, posts, fingerprint({ personId, ...scope }));
  return { post, replayed: outcome === 'done' };
}

/** Ends a post; the right is gone with the same write. Refuses `not-found`, `forbidden`, `service-account`, `grant-ended`. */
export async function endPost(context: RequestContext, personId: PersonId, postId: PostId): Promise<void> {
  const { by } = await authorized(context);
  const access = await store.readAccess(by, personId);
  const post = access?.posts[postId];
  // Who may end no post at all is not told which posts there are.
  if (post) mustBeAbove(by, personId, post);
  else mustBeAbove(by, personId, { kind: 'center-staff' });
  if (!post) throw refuse('not-found');
  if (access.service) throw refuse('service-account');
  await store.endPost(by, personId, post);
}
