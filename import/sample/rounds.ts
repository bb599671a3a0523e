import { advance, apply, decideClaim, openRound, readRound } from '../../functions/rounds/index.ts';
import { asSystem } from '../../shared/access/authorize.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import type { OfferingId, PersonId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RoundId } from '../../shared/contracts/rounds.ts';
import type { CommandContext } from '../../shared/http/context.ts';
import { addDays, ageOn, CIVIL_ZONE, civilNow, instantOf, isoWeekOf } from '../../shared/kernel/days.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { inParallel } from '../../shared/kernel/in-parallel.ts';
import { keys } from '../../shared/table/keys.ts';
import { queryAll } from '../../shared/table/read.ts';
import { personIdOf } from '../plan/people.ts';
import type { Folder } from '../sheets/read-folder.ts';
import type { Progress } from '../write/progress.ts';

/** A round of the sample; days are counted from the day on which the sample is brought in. */
type SampleRound = {
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly offeringId: OfferingId;
  /** Whose staff open it. */
  readonly staffCode: string;
  readonly opensOn: number;
  readonly closesOn: number;
  readonly drawsOn: number;
  /** Its sessions are those of the offering from one day on and before another one. */
  readonly from: number;
  readonly before: number;
  readonly applicants: number;
};

const ROUNDS: readonly SampleRound[] = [
  {
    key: 'sample-drawn',
    title: { zh: '少儿舞蹈抽签（示例）', en: 'Dance for children, a draw (sample)' },
    offeringId: 'mulan.yunbu.kids-dance',
    staffCode: 'staff-mulan',
    opensOn: -12,
    closesOn: -5,
    drawsOn: -4,
    from: 2,
    before: 10,
    applicants: 30,
  },
  {
    key: 'sample-open',
    title: { zh: '周末科学营抽签（示例）', en: 'Weekend science camp, a draw (sample)' },
    offeringId: 'yuhu.xingye.science-camp',
    staffCode: 'staff-yuhu',
    opensOn: -2,
    closesOn: 6,
    drawsOn: 7,
    from: 14,
    before: 35,
    applicants: 9,
  },
];

const GROUP = { groupId: 'low-income', name: { zh: '低保与低收入家庭', en: 'Low-income families' } };
/** The first applicants of a round claim to be of the group. */
const CLAIMS = 2;
const AT_ONCE = 12;
const NOON = '12:00';

type Child = { readonly personId: PersonId; readonly birthDate: string };

/** A command of somebody of the sample, as if given at `now`. */
const commandOf = (tenantId: TenantId, personId: PersonId, now: Date, idempotencyKey?: string): CommandContext => ({
  tenantId,
  actor: { tenantId, personId, work: 'sample' },
  now,
  idempotencyKey,
});

async function sessionsOf(
  tenantId: TenantId,
  offeringId: OfferingId,
  from: string,
  before: string,
): Promise<SessionItem[]> {
  const [centerId = ''] = offeringId.split('.');
  const found: SessionItem[] = [];
  for (let date = from; date < before; date = addDays(date, 1)) {
    const pk = keys.booking.sessionWeek(tenantId, centerId, isoWeekOf(date));
    found.push(...(await queryAll({ pk, between: [`${date}#`, `${date}$`] }, sessionItem)));
  }
  return found.filter((session) => session.offeringId === offeringId && session.status === 'open');
}

/** Invented children whose age fits all of these sessions, always the same for a round. They have no phone, so nobody gets their messages. */
function childrenFor({ rows }: Folder, tenantId: TenantId, sessions: readonly SessionItem[], key: string): Child[] {
  const fits = (birthDate: string): boolean =>
    sessions.every(({ date, minAgeYears = 0, maxAgeYears = 150 }) => {
      const age = ageOn(birthDate, date);
      return minAgeYears <= age && age <= maxAgeYears;
    });
  const lotOf = ({ personId }: Child): string => derivedId('', key, personId);
  return rows.people
    .flatMap(({ row: { code, birthDate, phone } }) =>
      birthDate && !phone && code.startsWith('r-') && fits(birthDate)
        ? [{ personId: personIdOf(tenantId, code), birthDate }]
        : [],
    )
    .sort((a, b) => (lotOf(a) < lotOf(b) ? -1 : 1));
}

/** The first wishes are crowded: everybody wants the first session, every other one the second as well, and so on. */
const wishesOf = (index: number, sessions: readonly SessionItem[]): string[] =>
  sessions.slice(0, 1 + (index % Math.min(4, sessions.length))).map(({ sessionId }) => sessionId);

/** Opens one round as its staff would have done, lets children apply, and carries it as far as its time has come. */
async function bringIn(plan: SampleRound, folder: Folder, tenantId: TenantId, now: Date): Promise<void> {
  const { date: today } = civilNow(now, CIVIL_ZONE);
  const at = (day: number): Date => instantOf(addDays(today, day), NOON);
  const staffId = personIdOf(tenantId, plan.staffCode);
  const openedAt = at(plan.opensOn);
  const sessions = await sessionsOf(tenantId, plan.offeringId, addDays(today, plan.from), addDays(today, plan.before));
  // The same as a request's with this key: a seeding that was cut off goes on with what it has opened.
  const roundId = derivedId('r', tenantId, staffId, plan.key);
  const stored = await readRound(asSystem(tenantId, now), roundId);
  if (!stored) {
    if (sessions.length === 0) return;
    const times = { opensAt: openedAt, closesAt: at(plan.closesOn), drawsAt: at(plan.drawsOn) };
    const { opensAt, closesAt, drawsAt } = times;
    await openRound(commandOf(tenantId, staffId, openedAt, plan.key), {
      title: plan.title,
      opensAt: opensAt.toISOString(),
      closesAt: closesAt.toISOString(),
      drawsAt: drawsAt.toISOString(),
      sessionIds: sessions.map(({ sessionId }) => sessionId),
      groups: [GROUP],
    });
  }
  await letApply(plan, folder, { tenantId, roundId, staffId, now, sessions, appliedAt: at(plan.opensOn + 1) });
  await carryOn(tenantId, roundId, now);
}

type Opened = {
  readonly tenantId: TenantId;
  readonly roundId: RoundId;
  readonly staffId: PersonId;
  readonly now: Date;
  readonly sessions: readonly SessionItem[];
  readonly appliedAt: Date;
};

async function letApply(
  plan: SampleRound,
  folder: Folder,
  { tenantId, roundId, staffId, now, sessions, appliedAt }: Opened,
): Promise<void> {
  const round = await readRound(asSystem(tenantId, now), roundId);
  if (round?.status !== 'open' || sessions.length === 0) return;
  const children = childrenFor(folder, tenantId, sessions, plan.key).slice(0, plan.applicants);
  await inParallel(children, AT_ONCE, async ({ personId }, index) => {
    const claim = index < CLAIMS ? { groupId: GROUP.groupId } : {};
    const wanted = { childIds: [personId], wishes: wishesOf(index, sessions), ...claim };
    const { application } = await apply(commandOf(tenantId, personId, appliedAt), roundId, wanted);
    // In the round that is over, the staff have seen the papers.
    if (index < CLAIMS && plan.drawsOn < 0)
      await decideClaim(commandOf(tenantId, staffId, appliedAt), roundId, application.applicationId, {
        groupId: GROUP.groupId,
        confirmed: true,
      });
  });
}

/** Draws and seats what is due. The families are told by the city's own schedule, once it runs. */
async function carryOn(tenantId: TenantId, roundId: RoundId, now: Date): Promise<void> {
  const by = asSystem(tenantId, now);
  let round = await readRound(by, roundId);
  while (round && round.status !== 'seated') round = await advance(by, round);
}

/** One round that takes applications and one that has been drawn, through the module's own door; doing it again changes nothing. */
export async function openSampleRounds(
  folder: Folder,
  { tenantId, now, progress }: { tenantId: TenantId; now: Date; progress: Progress },
): Promise<void> {
  for (const [index, plan] of ROUNDS.entries()) {
    await bringIn(plan, folder, tenantId, now);
    progress('rounds', index + 1, ROUNDS.length);
  }
}
