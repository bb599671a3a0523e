import type * as z from 'zod';
import { centerItem, offeringItem, roomItem } from '../../functions/centers/index.ts';
import { operatorItem, whitelistEntryItem } from '../../functions/operators/index.ts';
import { type NewPerson, personItems } from '../../functions/people/index.ts';
import type { AccessRecord } from '../../shared/access/access-record.ts';
import { asSystem } from '../../shared/access/authorize.ts';
import { readLeads } from '../../shared/booking/facts/waitlist.ts';
import { encodeSession, type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import { turnsOf, waitlistElement } from '../../shared/booking/items/waitlist.ts';
import type { Post } from '../../shared/contracts/people.ts';
import { signAccessToken } from '../../shared/http/token.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { derivedId, randomId } from '../../shared/kernel/ids.ts';
import { putMany } from '../../shared/table/bulk.ts';
import { writable } from '../../shared/table/claim-key.ts';
import { keys, sessionIdFor } from '../../shared/table/keys.ts';
import { get } from '../../shared/table/read.ts';
import { tenants } from './tenants.ts';

/** Builders of a small city, straight into the table: a test says only what it is about. Everyone here is invented. */

export type Someone = { readonly personId: string; readonly token: string; readonly tenantId: string };

type Facts = {
  /** Where a test needs an order of ids; random unless told. */
  personId?: string;
  name?: string;
  birthDate?: string;
  /** For whom this person may act. */
  guardianOf?: readonly Someone[];
  proxyOf?: readonly Someone[];
  posts?: readonly PostFacts[];
  tenantId?: string;
  /** What else the profile says. */
  profile?: Pick<NewPerson, 'district' | 'school' | 'schoolConfirmed' | 'groups' | 'householdId'>;
};
type PostFacts = Post extends infer P ? (P extends Post ? Omit<P, 'postId'> : never) : never;

/** A person with a token, in the table with what they may do. */
export async function someone({
  personId = randomId('p'),
  name = '测试甲',
  birthDate,
  guardianOf = [],
  proxyOf = [],
  posts = [],
  tenantId = tenants()[0],
  profile = {},
}: Facts = {}): Promise<Someone> {
  const createdAt = clockNow().toISOString();
  const actsFor: AccessRecord['actsFor'] = {};
  const granted = (as: 'guardian' | 'proxy', subject: Someone) => {
    actsFor[subject.personId] = { as, grantId: derivedId('g', personId, subject.personId), since: createdAt };
  };
  for (const child of guardianOf) granted('guardian', child);
  for (const elder of proxyOf) granted('proxy', elder);
  const held = posts.map((facts, index) => ({ ...facts, postId: derivedId('j', personId, String(index)) }) as Post);
  const items = personItems(tenantId, {
    personId,
    name,
    createdAt,
    birthDate,
    ...profile,
    actsFor,
    posts: Object.fromEntries(held.map((post) => [post.postId, post])),
  });
  await putMany(items);
  const token = await signAccessToken({ tenantId, personId, signInId: randomId('s') }, clockNow());
  return { personId, token, tenantId };
}

/** The same person with a token of now: access tokens end after minutes, and clocks are moved by hours. */
export async function signedInAgain(one: Someone): Promise<Someone> {
  const { tenantId, personId } = one;
  return { ...one, token: await signAccessToken({ tenantId, personId, signInId: randomId('s') }, clockNow()) };
}

/** Many people at once, with one write for every 25 items. */
export async function people(count: number): Promise<Someone[]> {
  const createdAt = clockNow().toISOString();
  const tenantId = tenants()[0];
  const ids = Array.from({ length: count }, () => randomId('p'));
  await putMany(
    ids.flatMap((personId, index) =>
      personItems(tenantId, { personId, name: `测试${index}`, createdAt, birthDate: '1980-05-05' }),
    ),
  );
  return Promise.all(
    ids.map(async (personId) => ({
      personId,
      tenantId,
      token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()),
    })),
  );
}

const EVERY_DAY = ['1', '2', '3', '4', '5', '6', '7'];

/** A center that is open from 08:00 to 21:00 every day unless told otherwise. */
export async function center(
  centerId: string,
  facts: Partial<z.input<typeof centerItem>> = {},
  tenantId = tenants()[0],
): Promise<string> {
  const item = centerItem.parse({
    centerId,
    name: { zh: `${centerId}中心`, en: `${centerId} center` },
    district: '荔城区',
    kind: 'concentrated',
    address: { zh: '某路 1 号', en: '1 Some Road' },
    sample: true,
    services: ['childcare', 'elder-care'],
    zone: 'Asia/Shanghai',
    weekly: Object.fromEntries(EVERY_DAY.map((day) => [day, [{ opensAt: '08:00', closesAt: '21:00' }]])),
    exceptions: {},
    ...facts,
  });
  await putMany([{ key: keys.centers.center(tenantId, centerId), item }]);
  return centerId;
}

/** A bookable room without buffers unless told otherwise; gives its id. */
export async function room(
  centerId: string,
  slug = 'room-1',
  facts: Partial<z.input<typeof roomItem>> = {},
): Promise<string> {
  const roomId = `${centerId}.${slug}`;
  const item = roomItem.parse({
    roomId,
    centerId,
    name: { zh: '活动室', en: 'Activity room' },
    seats: 20,
    equipment: [],
    bookable: true,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    maxMinutesPerBooking: 240,
    ...facts,
  });
  await putMany([{ key: keys.centers.room(tenants()[0], roomId), item }]);
  return roomId;
}

/** What is on sale, with the rules it goes by; free of charge unless told otherwise. Gives its id. */
export async function offering(
  centerId: string,
  slug: string,
  facts: Partial<z.input<typeof offeringItem>> = {},
): Promise<string> {
  const { providerId = 'center', ...rest } = facts;
  const offeringId = `${centerId}.${providerId}.${slug}`;
  const item = offeringItem.parse({
    offeringId,
    centerId,
    providerId,
    providerName: { zh: '中心', en: 'Center' },
    service: 'childcare',
    title: { zh: '四点半课堂', en: 'Four-thirty class' },
    grossPriceFen: 2000,
    residentPriceFen: 0,
    fundingMode: 'welfare',
    ...rest,
  });
  await putMany([{ key: keys.centers.offering(tenants()[0], offeringId), item }]);
  return offeringId;
}

/** A session of ten places at 16:30–18:00; gives its id. */
export async function session(
  centerId: string,
  date: string,
  facts: Partial<SessionItem> & { slug?: string } = {},
): Promise<string> {
  const { slug = 'homework', providerId = 'center', startsAt = '16:30', ...rest } = facts;
  const offeringId = `${centerId}.${providerId}.${slug}`;
  const sessionId = sessionIdFor(offeringId, date, startsAt);
  const item = encodeSession({
    is: 'session',
    sessionId,
    offeringId,
    centerId,
    providerId,
    providerName: { zh: '中心', en: 'Center' },
    service: 'childcare',
    title: { zh: '四点半课堂', en: 'Four-thirty class' },
    date,
    startsAt,
    endsAt: '18:00',
    capacity: 10,
    taken: 0,
    seats: {},
    status: 'open',
    grossPriceFen: 2000,
    residentPriceFen: 0,
    fundingMode: 'welfare',
    tail: {},
    blocks: {},
    queue: [],
    lastNumber: 0,
    decisions: 0,
    freed: 0,
    takenPriority: 0,
    ...rest,
  });
  await putMany([{ key: writable(keys.booking.session(tenants()[0], sessionId)), item }]);
  return sessionId;
}

/** The session as the table has it. */
export async function storedSession(sessionId: string): Promise<z.output<typeof sessionItem>> {
  const item = await get(keys.booking.session(tenants()[0], sessionId), sessionItem);
  if (!item) throw new Error(`no session ${sessionId}`);
  return item;
}

/** Who waits for a session, first come first: `<who asked>:<size of the party>`. */
export async function storedWaitlist(sessionId: string): Promise<string[]> {
  const stored = await storedSession(sessionId);
  const line = await readLeads(asSystem(tenants()[0], clockNow()), stored, turnsOf(stored));
  return line.map(({ lead, turn }) => waitlistElement(lead, turn.size));
}

/** Puts an operator on the whitelist of a center, for childcare in 2026 unless told otherwise. */
export async function whitelisted(
  operatorId: string,
  centerId: string,
  facts: Partial<z.input<typeof whitelistEntryItem>> = {},
): Promise<void> {
  const item = whitelistEntryItem.parse({
    operatorId,
    centerId,
    services: ['childcare'],
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    status: 'active',
    since: '2026-01-01',
    ...facts,
  });
  await putMany([{ key: keys.operators.whitelistEntry(tenants()[0], operatorId, centerId), item }]);
}

/** An operator at work in the city; gives its id. */
export async function operator(operatorId: string): Promise<string> {
  const item = operatorItem.parse({
    operatorId,
    name: { zh: '某机构', en: 'Some operator' },
    services: ['childcare'],
    sample: true,
    status: 'active',
  });
  await putMany([{ key: keys.operators.operator(tenants()[0], operatorId), item }]);
  return operatorId;
}
