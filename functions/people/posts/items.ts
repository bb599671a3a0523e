import * as z from 'zod';
import { instant, personId, postId } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import { type Post, post } from '../../../shared/contracts/people.ts';
import { keys } from '../../../shared/table/keys.ts';
import type { PlannedItem } from '../profiles/items.ts';

export const postItem = z.object({
  postId,
  post,
  personId,
  grantedBy: personId.optional(),
  since: instant,
  endedAt: instant.optional(),
  endedBy: personId.optional(),
});

export type PostItem = z.infer<typeof postItem>;

/** What a post is about, as the key of the list it stands in. */
export function scopeOfPost(held: Post): string {
  switch (held.kind) {
    case 'center-staff':
      return scopeOf(held.kind, held.centerId);
    case 'operator-staff':
      return scopeOf(held.kind, held.operatorId);
    case 'bureau-officer':
      return scopeOf(held.kind, held.bureau);
    case 'platform-admin':
      return scopeOf(held.kind, undefined);
  }
}

export const scopeOf = (kind: Post['kind'], of: string | undefined): string => (of ? `${kind}.${of}` : kind);

/** A post in the list of its scope. The holder's access record must name it too: see {@link NewPerson.posts}. */
export function postItems(tenantId: TenantId, held: PostItem): PlannedItem[] {
  return [{ key: keys.people.post(tenantId, scopeOfPost(held.post), held.postId), item: held }];
}
