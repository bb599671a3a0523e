import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import type { CenterId, OperatorId, PersonId } from '../contracts/common.ts';
import type { TenantId } from '../contracts/id.ts';
import type { GrantRight, Post } from '../contracts/people.ts';

/**
 * Everything anybody may do, in one place. The server asks for every decision, the web asks to show only what one may do.
 * Subjects carry just the ids that rules look at.
 */
type Subjects = {
  /** A person's record and bookings. */
  Person: { personId: PersonId };
  /** A center's desk: its board, check-ins, bookings on behalf. */
  Desk: { centerId: CenterId };
  /** An operator's own sessions and rosters. */
  Operator: { operatorId: OperatorId };
  /** A post to be granted or ended. */
  Post: {
    kind: Post['kind'];
    holderId: PersonId;
    centerId?: CenterId | undefined;
    operatorId?: OperatorId | undefined;
    bureau?: string | undefined;
  };
  /** Allocation rounds over sessions of a center. */
  Round: { centerId: CenterId };
  /** The city as a whole: its people search, its data. */
  City: { tenantId: TenantId };
};
export type SubjectName = keyof Subjects;
export type Action =
  | 'read' // see it
  | 'update' // change a person's record
  | 'book' // book, cancel for this person
  | 'pickup' // fetch this person from a center
  | 'share' // let others act for this person, say what they may do, or end it
  | 'staff' // work at this desk
  | 'grant' // give or end a post
  | 'find' // look people up
  | 'enroll' // create records for those without a phone
  | 'limit' // set or lift a court's limit on who may act for a child
  | 'publish' // put out what holds for the whole city: waivers
  | 'allocate' // open a round over a center's sessions, confirm groups in it
  | 'manage'; // casl's "everything"

export type Ability = MongoAbility;

type GrantFacts = { readonly as: 'guardian' | 'proxy'; readonly rights?: readonly GrantRight[] | undefined };

/** A guardian can do all of it; a proxy passes nothing on and changes nothing about the person. */
const rightsOfKind = { guardian: ['book', 'pickup', 'manage'], proxy: ['book', 'pickup'] } as const;

/** What a grant lets its holder do: all that its kind can carry, unless it says less. */
export function rightsOf({ as, rights }: GrantFacts): GrantRight[] {
  return rightsOfKind[as].filter((right) => rights?.includes(right) ?? true);
}

/** Whose abilities: the facts the rules are built from, as the access record holds them. */
export type Rights = {
  readonly tenantId: TenantId;
  readonly personId: PersonId;
  readonly actsFor: Readonly<Record<string, GrantFacts>>;
  /** Children for whom a court has decided that this person may not act. */
  readonly limitedFor?: ReadonlySet<string> | undefined;
  readonly posts: Readonly<Record<string, Post>>;
  /** There for a service account: a program, which is nobody to be booked for. */
  readonly service?: object | undefined;
};

/** Which bureau grants posts at an operator: civil affairs for elder care, commerce for market services, and so on; any bureau here. */
const postsGrantedBy = {
  'platform-admin': ['platform-admin', 'bureau-officer', 'center-staff', 'operator-staff'],
  'bureau-officer': ['center-staff', 'operator-staff'],
} as const;

export function abilitiesOf(rights: Rights): Ability {
  const { can, cannot, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const action of rights.service ? (['read'] as const) : (['read', 'update', 'book', 'share'] as const))
    can(action, 'Person', { personId: rights.personId });
  for (const [personId, grant] of Object.entries(rights.actsFor)) {
    // Whoever acts for somebody sees what they act upon.
    can('read', 'Person', { personId });
    for (const right of rightsOf(grant)) {
      if (right === 'manage') can(['update', 'share'], 'Person', { personId });
      else can(right, 'Person', { personId });
    }
  }
  for (const held of Object.values(rights.posts)) {
    switch (held.kind) {
      case 'center-staff':
        can('staff', 'Desk', { centerId: held.centerId });
        can('allocate', 'Round', { centerId: held.centerId });
        can(['find', 'enroll'], 'City', { tenantId: rights.tenantId });
        break;
      case 'operator-staff':
        can(['read', 'book'], 'Operator', { operatorId: held.operatorId });
        break;
      case 'bureau-officer':
        can('read', 'Operator');
        if (held.bureau === 'education') can('allocate', 'Round');
        can('publish', 'City', { tenantId: rights.tenantId });
        for (const kind of postsGrantedBy['bureau-officer']) can('grant', 'Post', { kind });
        // Who may act for a child is a matter of civil affairs.
        if (held.bureau === 'civil-affairs') can(['find', 'limit'], 'City', { tenantId: rights.tenantId });
        break;
      case 'platform-admin':
        can('read', 'Operator');
        can('staff', 'Desk');
        can('allocate', 'Round');
        can(['find', 'enroll', 'limit'], 'City', { tenantId: rights.tenantId });
        can('publish', 'City', { tenantId: rights.tenantId });
        for (const kind of postsGrantedBy['platform-admin']) can('grant', 'Post', { kind });
        break;
    }
  }
  // Granted only by someone above, never by oneself: this beats everything said before.
  cannot('grant', 'Post', { holderId: rights.personId });
  // A program works by its post and passes nothing on: who has its key would else make themselves another.
  if (rights.service) cannot('grant', 'Post');
  // What a court has decided beats every grant, also one that is given anew.
  for (const personId of rights.limitedFor ?? []) cannot('manage', 'Person', { personId });
  return build();
}

/** May they? `may(ability, 'book', 'Person', { personId })` */
export function may<N extends SubjectName>(ability: Ability, action: Action, name: N, of: Subjects[N]): boolean {
  return ability.can(action, subject(name, { ...of }));
}
