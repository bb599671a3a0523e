import { type AccessRecord, accessRecord } from '../../../shared/access/access-record.ts';
import type { Authorized, AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { PersonId } from '../../../shared/contracts/common.ts';
import type { Post } from '../../../shared/contracts/people.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact } from '../../../shared/table/write.ts';
import { notEnded, requestWrite } from '../requests/store.ts';
import { type PostItem, postItem, postItems, scopeOfPost } from './items.ts';

export async function readAccess(by: Authorized, personId: PersonId): Promise<AccessRecord | undefined> {
  return get(keys.people.access(by.tenantId, personId), accessRecord);
}

/** Gives a post. `holds` is what the holder held when the request was judged, so that nobody is given the same twice. */
export async function createPost(
  by: AuthorizedActor,
  held: PostItem,
  holds: AccessRecord['posts'],
  requestHash: string,
): Promise<Outcome> {
  return transact([
    requestWrite(by, held.postId, requestHash),
    ...postItems(by.tenantId, held).map((planned) => ({ ...planned, conditions: [isNew] })),
    {
      key: keys.people.access(by.tenantId, held.personId),
      update: 'SET posts.#post = :post',
      names: { '#post': held.postId },
      values: { ':post': held.post, ':holds': holds },
      conditions: [condition('posts as they were read', 'posts = :holds')],
    },
  ]);
}

/** Those who hold a post of this scope now. */
export async function readPosts(by: AuthorizedActor, scope: string): Promise<PostItem[]> {
  const items = await queryAll({ pk: keys.people.posts(by.tenantId, scope), begins: 'POST#' }, postItem);
  return items.filter(({ endedAt }) => endedAt === undefined);
}

/** Ends a post in its list and takes the right from the holder, as one. Refuses `grant-ended`. */
export async function endPost(by: AuthorizedActor, personId: PersonId, post: Post): Promise<void> {
  await transact([
    {
      key: keys.people.post(by.tenantId, scopeOfPost(post), post.postId),
      update: 'SET endedAt = :at, endedBy = :by',
      values: { ':at': by.now.toISOString(), ':by': by.actor.personId },
      conditions: [notEnded],
      meaning: () => refuse('grant-ended'),
    },
    {
      key: keys.people.access(by.tenantId, personId),
      update: 'REMOVE posts.#post',
      names: { '#post': post.postId },
      conditions: [condition('holds the post', 'attribute_exists(posts.#post)')],
      meaning: () => refuse('grant-ended'),
    },
  ]);
}
