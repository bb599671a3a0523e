import {
  type GrantItem,
  grantItems,
  householdItems,
  type PlannedItem,
  personItems,
  postItems,
  sealNumber,
} from '../../functions/people/index.ts';
import type { AccessRecord } from '../../shared/access/access-record.ts';
import type { PersonId, PostId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { Post } from '../../shared/contracts/people.ts';
import { ageOn } from '../../shared/kernel/days.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { birthDateOfResidentId } from '../../shared/kernel/resident-id.ts';
import type { PostCell } from '../sheets/cells.ts';
import type { Complain } from '../sheets/complain.ts';
import type { Row } from '../sheets/sheets.ts';
import type { City } from './city.ts';

type PersonRow = Row<'people'>;
type Role = 'adult' | 'child' | 'elder';

/** A person's id follows from the code in the sheet, so that a second import finds the first. */
export const personIdOf = (tenantId: TenantId, code: string): string => derivedId('p', 'import', tenantId, code);

/** One person to be created, with what they are found by and whatever hangs on them. */
export type PersonPlan = {
  readonly line: number;
  readonly personId: PersonId;
  readonly phone: string | undefined;
  readonly card: string | undefined;
  /** Grants that this person holds. */
  readonly grants: readonly GrantItem[];
  readonly items: () => Promise<PlannedItem[]>;
};

export type HouseholdPlan = {
  readonly personIds: readonly PersonId[];
  readonly household: PlannedItem;
  /** In the order of `personIds`. */
  readonly members: readonly PlannedItem[];
};

const CHILD_UNTIL_YEARS = 18;
const ELDER_FROM_YEARS = 60;

const birthDateOf = ({ birthDate, card }: PersonRow['row']): string | undefined =>
  birthDate ?? (card ? birthDateOfResidentId(card) : undefined);

function roleOf(row: PersonRow['row'], today: string): Role {
  const birthDate = birthDateOf(row);
  if (row.role || !birthDate) return row.role ?? 'adult';
  const age = ageOn(birthDate, today);
  return age < CHILD_UNTIL_YEARS ? 'child' : age >= ELDER_FROM_YEARS ? 'elder' : 'adult';
}

function postOf(postId: PostId, { kind, of }: PostCell): Post {
  switch (kind) {
    case 'center-staff':
      return { kind, postId, centerId: of };
    case 'operator-staff':
      return { kind, postId, operatorId: of };
    case 'bureau-officer':
      return { kind, postId, bureau: of };
    case 'platform-admin':
      return { kind, postId };
  }
}

/** Whether the row is sound against the others; complains when not. */
function isSound({ line, row }: PersonRow, city: City, codes: ReadonlySet<string>, complain: Complain): boolean {
  if (row.card && row.birthDate && birthDateOfResidentId(row.card) !== row.birthDate) {
    complain(line, 'birthDate', 'birth-date-differs');
    return false;
  }
  const stranger = row.actsFor.find((code) => !codes.has(code));
  if (stranger) complain(line, 'actsFor', 'unknown-person', stranger);
  const nowhere = row.posts.find(
    ({ kind, of }) =>
      (kind === 'center-staff' && !city.centers.has(of)) || (kind === 'operator-staff' && !city.operators.has(of)),
  );
  if (nowhere) {
    const rule = nowhere.kind === 'center-staff' ? 'unknown-center' : 'unknown-operator';
    complain(line, 'posts', rule, nowhere.of);
  }
  return !stranger && !nowhere;
}

/** Rows whose phone or card an earlier row has are reported. */
function withoutRepeats(rows: readonly PersonRow[], complain: Complain): PersonRow[] {
  const seen = new Set<string>();
  return rows.filter(({ line, row }) => {
    for (const [column, number] of [['phone', row.phone] as const, ['card', row.card] as const]) {
      if (number && seen.has(number)) {
        complain(line, column, 'duplicate');
        return false;
      }
      if (number) seen.add(number);
    }
    return true;
  });
}

/**
 * Everybody of the sheet, and the households they make. Who acts for a child is its guardian, who acts for anybody else their proxy;
 * the access record of the holder and the grant on both sides come from the same row, so they agree.
 */
export function planPeople(
  city: City,
  tenantId: TenantId,
  now: Date,
  rows: readonly PersonRow[],
  complain: Complain,
): { people: PersonPlan[]; households: HouseholdPlan[] } {
  const today = now.toISOString().slice(0, 10);
  const since = now.toISOString();
  const idOf = (code: string) => personIdOf(tenantId, code);
  const unique = withoutRepeats(rows, complain);
  const codes = new Set(unique.map(({ row }) => row.code));
  const roles = new Map(unique.map(({ row }) => [row.code, roleOf(row, today)]));
  const sound = unique.filter((row) => isSound(row, city, codes, complain));
  const householdIdOf = (code: string) => derivedId('h', 'import', tenantId, code);

  const people = sound.map(({ line, row }): PersonPlan => {
    const personId = idOf(row.code);
    const grants = row.actsFor.map((code): GrantItem => {
      const kind = roles.get(code) === 'child' ? 'guardian' : 'proxy';
      return {
        grantId: derivedId('g', 'import', personId, idOf(code)),
        kind,
        holderId: personId,
        subjectId: idOf(code),
        since,
      };
    });
    const posts = row.posts.map((cell) => postOf(derivedId('j', 'import', personId, cell.kind, cell.of ?? ''), cell));
    const actsFor: AccessRecord['actsFor'] = Object.fromEntries(
      grants.map(({ grantId, kind, subjectId }) => [subjectId, { as: kind, grantId, since }]),
    );
    const items = async (): Promise<PlannedItem[]> => [
      ...personItems(tenantId, {
        personId,
        name: row.name,
        createdAt: since,
        birthDate: birthDateOf(row),
        district: row.district,
        phone: row.phone ? await sealNumber('phone', tenantId, personId, row.phone) : undefined,
        card: row.card ? await sealNumber('card', tenantId, personId, row.card) : undefined,
        householdId: row.household ? householdIdOf(row.household) : undefined,
        actsFor,
        posts: Object.fromEntries(posts.map((post) => [post.postId, post])),
      }),
      ...grants.flatMap((grant) => grantItems(tenantId, grant)),
      ...posts.flatMap((post) => postItems(tenantId, { postId: post.postId, post, personId, since })),
    ];
    return { line, personId, phone: row.phone, card: row.card, grants, items };
  });

  const byHousehold = Map.groupBy(
    sound.filter(({ row }) => row.household),
    ({ row }) => row.household ?? '',
  );
  const households = [...byHousehold].flatMap(([code, members]): HouseholdPlan[] => {
    const head = members.find(({ row }) => roles.get(row.code) === 'adult') ?? members[0];
    const householdId = householdIdOf(code);
    const [household, ...items] = householdItems(
      tenantId,
      { householdId, name: `${head?.row.name ?? code}的家`, createdAt: since },
      members.map(({ row }) => ({ personId: idOf(row.code), role: roles.get(row.code) ?? 'adult', since })),
    );
    return household ? [{ personIds: members.map(({ row }) => idOf(row.code)), household, members: items }] : [];
  });
  return { people, households };
}
