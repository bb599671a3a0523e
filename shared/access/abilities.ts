import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import type { Post } from '../contracts/people.ts';

/**
 * Everything anybody may do, in one place. The server asks for every decision, the web asks to show only what one may do.
 * Subjects carry just the ids that rules look at.
 */
type Subjects = {
  /** A person's record and bookings. */
  Person: { personId: string };
  /** A center's desk: its board, check-ins, bookings on behalf. */
  Desk: { centerId: string };
  /** An operator's own sessions and rosters. */
  Operator: { operatorId: string };
  /** A post to be granted or ended. */
  Post: {
    kind: Post['kind'];
    holderId: string;
    centerId?: string | undefined;
    operatorId?: string | undefined;
    bureau?: string | undefined;
  };
  /** The city as a whole: its people search, its data. */
  City: { tenantId: string };
};
export type SubjectName = keyof Subjects;
export type Action =
  | 'read' // see it
  | 'update' // change a person's record
  | 'book' // book, cancel for this person
  | 'share' // let others act for this person, or end it
  | 'staff' // work at this desk
  | 'grant' // give or end a post
  | 'find' // look people up, create records for those without a phone
  | 'manage'; // casl's "everything"

export type Ability = MongoAbility;

/** Whose abilities: the facts the rules are built from, as the access record holds them. */
export type Rights = {
  readonly tenantId: string;
  readonly personId: string;
  readonly actsFor: Readonly<Record<string, { readonly as: 'guardian' | 'proxy' }>>;
  readonly posts: Readonly<Record<string, Post>>;
};

/** Which bureau grants posts at an operator: civil affairs for elder care, commerce for market services, and so on; any bureau here. */
const postsGrantedBy = {
  'platform-admin': ['platform-admin', 'bureau-officer', 'center-staff', 'operator-staff'],
  'bureau-officer': ['center-staff', 'operator-staff'],
} as const;

export function abilitiesOf(rights: Rights): Ability {
  const { can, cannot, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const action of ['read', 'update', 'book', 'share'] as const)
    can(action, 'Person', { personId: rights.personId });
  for (const [personId, { as }] of Object.entries(rights.actsFor)) {
    can('read', 'Person', { personId });
    can('book', 'Person', { personId });
    // A guardian speaks for a child in everything; a proxy books and sees, and changes nothing about the elder.
    if (as === 'guardian') {
      can('update', 'Person', { personId });
      can('share', 'Person', { personId });
    }
  }
  for (const held of Object.values(rights.posts)) {
    switch (held.kind) {
      case 'center-staff':
        can('staff', 'Desk', { centerId: held.centerId });
        can('find', 'City', { tenantId: rights.tenantId });
        break;
      case 'operator-staff':
        can('read', 'Operator', { operatorId: held.operatorId });
        break;
      case 'bureau-officer':
        can('read', 'Operator');
        for (const kind of postsGrantedBy['bureau-officer']) can('grant', 'Post', { kind });
        break;
      case 'platform-admin':
        can('read', 'Operator');
        can('staff', 'Desk');
        can('find', 'City', { tenantId: rights.tenantId });
        for (const kind of postsGrantedBy['platform-admin']) can('grant', 'Post', { kind });
        break;
    }
  }
  // Granted only by someone above, never by oneself: this beats everything said before.
  cannot('grant', 'Post', { holderId: rights.personId });
  return build();
}

/** May they? `may(ability, 'book', 'Person', { personId })` */
export function may<N extends SubjectName>(ability: Ability, action: Action, name: N, of: Subjects[N]): boolean {
  return ability.can(action, subject(name, { ...of }));
}
