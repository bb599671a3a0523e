import type { Authorized } from '../../shared/access/authorize.ts';
import type { CenterId, PersonId } from '../../shared/contracts/common.ts';
import type { PublishedApplication, RoundSession } from '../../shared/contracts/rounds.ts';
import type { Message } from '../../shared/messages/message.ts';
import { sendMessages } from '../../shared/messages/send.ts';
import { readCentersById } from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';
import type { ApplicationItem } from './applications/items.ts';
import { readApplications } from './applications/store.ts';
import type { RoundItem } from './items.ts';
import { readDrawn } from './publication/store.ts';
import { moveRound, readSessionsOfRound } from './store.ts';

/** Families told in one step: ten messages are a call to the queue, of some ten milliseconds. */
const FAMILIES_A_STEP = 5_000;

/** What a family applied with, and what was drawn for it. */
type Drawn = { readonly application: ApplicationItem; readonly session: RoundSession | undefined };

/**
 * Tells the next families what came of all that they applied for, in one message each: who has a place where, who has none. By now nothing
 * of it changes any more, so a step that is repeated names the same messages, and each of them is sent once.
 */
export async function tellNext(by: Authorized, round: RoundItem): Promise<RoundItem> {
  const { roundId, done } = round;
  const [{ sessions }, applications, drawn] = await Promise.all([
    readSessionsOfRound(by, roundId),
    readApplications(by, roundId),
    readDrawn(by, roundId),
  ]);
  const families = [...Map.groupBy(applications, ({ actorId }) => actorId)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const told = families.slice(done, done + FAMILIES_A_STEP);
  const rows = new Map(drawn.map((row) => [row.code, row]));
  const names = await namesOf(
    by,
    told.flatMap(([, theirs]) => theirs),
    sessions,
  );
  const messages = told.map(([actorId, theirs]) => {
    const drawnForThem = theirs.map((application) => drawnFor(application, rows, sessions));
    return resultMessage(by, round, actorId, drawnForThem, names);
  });
  await sendMessages(messages);
  const next = done + told.length;
  return next === families.length
    ? moveRound(by, round, { status: 'settled', done: next }, undefined)
    : moveRound(by, round, { done: next }, by.now);
}

function drawnFor(
  application: ApplicationItem,
  rows: ReadonlyMap<string, PublishedApplication>,
  sessions: readonly RoundSession[],
): Drawn {
  const place = rows.get(application.applicationId)?.place;
  return { application, session: place ? sessions[place - 1] : undefined };
}

type Names = { readonly ofPerson: (personId: PersonId) => string; readonly ofCenter: (centerId: CenterId) => string };

async function namesOf(
  by: Authorized,
  applications: readonly ApplicationItem[],
  sessions: readonly RoundSession[],
): Promise<Names> {
  const people = await readProfiles(
    by,
    applications.flatMap(({ personIds }) => personIds),
  );
  const centers = await readCentersById(
    by,
    sessions.map(({ centerId }) => centerId),
  );
  return {
    ofPerson: (personId) => people.get(personId)?.name ?? '—',
    ofCenter: (centerId) => centers.get(centerId)?.name.zh ?? centerId,
  };
}

/** One message with everything: the places by session, and who has none. */
function resultMessage(
  by: Authorized,
  { roundId, title }: RoundItem,
  actorId: PersonId,
  drawn: readonly Drawn[],
  { ofPerson, ofCenter }: Names,
): Message {
  const hasPlace =
    ({ application: { lost }, session }: Drawn) =>
    (personId: PersonId) =>
      session !== undefined && lost?.[personId] === undefined;
  const places = drawn.flatMap((one) => {
    const placed = one.application.personIds.filter(hasPlace(one));
    const { session } = one;
    if (!session || placed.length === 0) return [];
    const { date, startsAt, centerId } = session;
    return [{ names: placed.map(ofPerson), title: session.title.zh, centerName: ofCenter(centerId), date, startsAt }];
  });
  const without = drawn.flatMap((one) => one.application.personIds.filter((personId) => !hasPlace(one)(personId)));
  return {
    kind: places.length === 0 ? 'round-unplaced' : without.length === 0 ? 'round-placed' : 'round-partly-placed',
    tenantId: by.tenantId,
    messageId: `round-result:${roundId}:${actorId}`,
    language: 'zh',
    personId: actorId,
    round: { title: title.zh, places, without: without.map(ofPerson) },
  };
}
