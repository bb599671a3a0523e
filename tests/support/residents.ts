import { randomInt } from 'node:crypto';
import { personItems, postItems, sealNumber } from '../../functions/people/index.ts';
import type { AccessRecord } from '../../shared/access/access-record.ts';
import type { Post } from '../../shared/contracts/people.ts';
import { signAccessToken } from '../../shared/http/token.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import { residentIdCheckCharacter } from '../../shared/kernel/resident-id.ts';
import { putMany } from '../../shared/table/bulk.ts';
import { tenants } from './tenants.ts';

/** Someone with a phone, signed in. */
export type Resident = { readonly personId: string; readonly token: string; readonly phone: string };

/** A mobile number that no other test has. */
export const newPhone = (): string => `+86139${String(randomInt(1e8)).padStart(8, '0')}`;

let cardsMade = 0;

/**
 * A resident ID number with a right check character, of someone born on `birthDate`. Numbers are counted, not drawn: a date leaves
 * only a thousand of them, and a city refuses a number that somebody has.
 */
export function newCardNumber(birthDate = '1948-05-06'): string {
  const area = 350_302 + Math.floor(cardsMade / 1_000);
  const first17 = `${area}${birthDate.replaceAll('-', '')}${String(cardsMade % 1_000).padStart(3, '0')}`;
  cardsMade += 1;
  return first17 + residentIdCheckCharacter(first17);
}

/** Puts a resident with a phone into the table, with posts if told, and signs them in. */
export async function resident(
  name = '陈小明',
  {
    posts = [],
    tenantId = tenants()[0],
    phone = newPhone(),
    birthDate,
  }: { posts?: readonly Post[]; tenantId?: string; phone?: string; birthDate?: string } = {},
): Promise<Resident> {
  const personId = randomId('p');
  const since = clockNow().toISOString();
  const held: AccessRecord['posts'] = Object.fromEntries(posts.map((post) => [post.postId, post]));
  await putMany([
    ...personItems(tenantId, {
      personId,
      name,
      createdAt: since,
      birthDate,
      posts: held,
      phone: await sealNumber('phone', tenantId, personId, phone),
    }),
    ...posts.flatMap((post) => postItems(tenantId, { postId: post.postId, post, personId, since })),
  ]);
  const token = await signAccessToken({ tenantId, personId, signInId: randomId('s') }, clockNow());
  return { personId, token, phone };
}

/** The same person with a token of now: for tests that let more time pass than a token lasts. */
export async function signedInAgain<P extends Resident>(who: P): Promise<P> {
  const { personId } = who;
  return {
    ...who,
    token: await signAccessToken({ tenantId: tenants()[0], personId, signInId: randomId('s') }, clockNow()),
  };
}

const postId = () => randomId('j');
export const deskPost = (centerId = 'yuhu'): Post => ({ kind: 'center-staff', centerId, postId: postId() });
export const adminPost = (): Post => ({ kind: 'platform-admin', postId: postId() });
export const bureauPost = (): Post => ({ kind: 'bureau-officer', bureau: 'civil-affairs', postId: postId() });
