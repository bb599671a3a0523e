/**
 * The engine as plain values in memory: what its commands are meant to do, with none of how. The tests drive it and the real engine by
 * the same commands and compare what each says and what is left.
 */

export type ModelSession = {
  readonly id: string;
  readonly capacity: number;
  /** Minutes of the day. */
  readonly from: number;
  readonly to: number;
  /** Paid before it counts: held so many minutes. */
  readonly payMinutes?: number;
  /** `order` while an order decides about the place. */
  readonly seats: Map<string, string>;
  queue: { lead: string; party: readonly string[] }[];
  number: number;
  decisions: number;
};

/** A stretch of a room, with what came with it. */
export type ModelUse = {
  readonly from: number;
  readonly to: number;
  readonly pre: number;
  readonly post: number;
  readonly person: string;
  readonly resources: readonly string[];
};

export type ModelOrder = {
  readonly id: string;
  status: 'held' | 'booked' | 'released';
  readonly for?: 'payment' | 'offer' | 'approval';
  /** Minute of the test's clock from which it can no longer be confirmed. */
  readonly until: number;
  /** The session, or the room's use. */
  readonly session: string;
  readonly party: readonly string[];
  readonly use?: ModelUse;
  /** Somebody said no, before its time was over. */
  refused?: boolean;
};

const OFFER_MINUTES = 30;
const ROOM_MINUTES_A_DAY = 240;

/** Kinds of use: minutes kept free before and after, and how long an approval is waited for. */
export const uses = {
  plain: { pre: 0, post: 0 },
  rehearsal: { pre: 30, post: 15 },
  banquet: { pre: 0, post: 30, approvalMinutes: 60 },
} as const;
export type UseKind = keyof typeof uses;

export class Model {
  now = 0;
  readonly sessions: ReadonlyMap<string, ModelSession>;
  readonly orders = new Map<string, ModelOrder>();
  /** What takes a person's day, by the session or order that has claimed it. */
  readonly days = new Map<string, Map<string, { from: number; to: number; inRoom: boolean }>>();
  /** Who ever was on a waitlist, `<session> <lead>`. */
  readonly waited = new Set<string>();
  #orders = 0;

  constructor(sessions: readonly Omit<ModelSession, 'seats' | 'queue' | 'number' | 'decisions'>[]) {
    this.sessions = new Map(
      sessions.map((facts) => [facts.id, { ...facts, seats: new Map(), queue: [], number: 0, decisions: 0 }]),
    );
  }

  session(id: string): ModelSession {
    const found = this.sessions.get(id);
    if (!found) throw new Error(`no session ${id}`);
    return found;
  }

  /** Gives the code of the refusal, `booked`, `held`, or the place in line. */
  book(id: string, party: readonly string[], wait: boolean): string {
    const session = this.session(id);
    for (const person of party) {
      const order = this.#orderOf(session, person);
      if (order && this.#isOver(order)) this.#release(order);
    }
    const lapsed = [...session.seats.keys()].filter((person) => {
      const order = this.#orderOf(session, person);
      return order && this.#isOver(order);
    }).length;
    if (party.some((person) => session.seats.has(person))) return 'already-booked';
    const free = session.queue.length > 0 ? 0 : session.capacity - session.seats.size + lapsed;
    if (free < party.length) return wait ? this.#join(session, party) : 'session-full';
    if (party.some((person) => this.#isBusy(person, session))) return 'person-busy';
    if (session.capacity - session.seats.size < party.length) this.#releaseOver(session);
    const held = session.payMinutes !== undefined;
    const order = this.#order(
      session,
      party,
      held ? { for: 'payment', until: this.now + (session.payMinutes ?? 0) } : {},
    );
    for (const person of party) this.#claimDay(person, id);
    return held ? `held ${order.id}` : `booked ${order.id}`;
  }

  confirm(orderId: string): string {
    const order = this.orders.get(orderId);
    if (!order?.for) return 'not-held';
    if (order.status === 'booked') return 'ok';
    if (order.refused) return 'already-decided';
    if (order.status === 'released' || this.now >= order.until) return 'hold-expired';
    const session = this.session(order.session);
    if (order.for === 'offer') {
      if (order.party.some((person) => this.#isBusy(person, session))) return 'person-busy';
      for (const person of order.party) this.#claimDay(person, order.session);
    }
    order.status = 'booked';
    return 'ok';
  }

  decline(orderId: string): string {
    const order = this.orders.get(orderId);
    if (!order?.for) return 'not-held';
    if (order.status === 'booked') return 'already-decided';
    if (order.status === 'held') order.refused = true;
    this.#release(order);
    return 'ok';
  }

  /** Cancels the booked place of a person. */
  cancel(id: string, person: string): string {
    const session = this.session(id);
    session.seats.delete(person);
    this.days.get(person)?.delete(id);
    return 'ok';
  }

  /** A room for somebody, maybe with what comes with it: all of it, or the code of the refusal. */
  bookRoom(person: string, from: number, to: number, kind: UseKind, resources: readonly string[]): string {
    const own = [...(this.days.get(person)?.values() ?? [])];
    if (own.some((other) => other.from < to && from < other.to)) return 'person-busy';
    const inRooms = own.filter(({ inRoom }) => inRoom).reduce((sum, other) => sum + other.to - other.from, 0);
    if (inRooms + to - from > ROOM_MINUTES_A_DAY) return 'daily-limit';
    const { pre, post } = uses[kind];
    const use: ModelUse = { from, to, pre, post, person, resources };
    for (let blocked = this.#blocked(use); blocked; blocked = this.#blocked(use)) {
      const over = this.#standing(blocked).filter(this.#isOver);
      if (over.length === 0) return 'slot-taken';
      for (const order of over) this.#release(order);
    }
    this.#orders += 1;
    const id = `order-${this.#orders}`;
    const held =
      kind === 'banquet' ? ({ for: 'approval', until: this.now + uses.banquet.approvalMinutes } as const) : {};
    const status = kind === 'banquet' ? 'held' : 'booked';
    this.orders.set(id, { id, status, until: 0, session: id, party: [person], use, ...held });
    this.#takeDay(person, id, from, to, true);
    return `${status} ${id}`;
  }

  /** Cancels a use of a room, or gives up one that is held. */
  cancelRoom(orderId: string): string {
    const order = this.orders.get(orderId);
    if (!order?.use) throw new Error(`no use ${orderId}`);
    order.status = 'released';
    this.days.get(order.use.person)?.delete(orderId);
    return 'ok';
  }

  approve(orderId: string): string {
    const order = this.orders.get(orderId);
    if (order?.status === 'booked' || order?.refused) return 'already-decided';
    if (order?.status !== 'held' || this.now >= order.until) return 'hold-expired';
    order.status = 'booked';
    return 'ok';
  }

  /** Orders that stand on a resource: booked, or held, whether or not their time is over. */
  #standing(resource: string): ModelOrder[] {
    return [...this.orders.values()].filter(
      ({ use, status }) => use?.resources.includes(resource) && status !== 'released',
    );
  }

  /** The first resource that is not free for this use; buffers count in the room, the first of them. */
  #blocked(use: ModelUse): string | undefined {
    return use.resources.find((resource, index) =>
      this.#standing(resource).some(({ use: other }) => {
        if (!other) return false;
        const inRoom = index === 0;
        const [pre, post] = inRoom ? [use.pre, use.post] : [0, 0];
        const [theirPre, theirPost] = inRoom ? [other.pre, other.post] : [0, 0];
        const clash = (a: number, b: number, c: number, d: number) => a < d && c < b;
        return (
          clash(use.from, use.to, other.from - theirPre, other.to + theirPost) ||
          clash(use.from - pre, use.to + post, other.from, other.to)
        );
      }),
    );
  }

  leave(id: string, lead: string): string {
    const session = this.session(id);
    if (!this.waited.has(`${id} ${lead}`)) return 'not-waiting';
    session.queue = session.queue.filter((entry) => entry.lead !== lead);
    return 'ok';
  }

  /** What the sweep does: holds whose time is over are gone. */
  sweep(): void {
    for (const order of this.orders.values()) if (this.#isOver(order)) this.#release(order);
  }

  /** What the stream brings about, when it has brought everything: free places are offered, in order, by the rule. */
  deliver(): ModelOrder[] {
    const offers: ModelOrder[] = [];
    for (const session of this.sessions.values()) {
      for (let next = this.#next(session); next; next = this.#next(session)) {
        session.queue.splice(next.index, 1);
        session.decisions += 1;
        if (next.what === 'dropped') continue;
        offers.push(this.#order(session, next.party, { for: 'offer', until: this.now + OFFER_MINUTES }));
      }
    }
    return offers;
  }

  #next(session: ModelSession) {
    const free = session.capacity - session.seats.size;
    if (free <= 0) return undefined;
    for (const [index, { party }] of session.queue.entries()) {
      if (party.some((person) => session.seats.has(person))) return { index, party, what: 'dropped' as const };
      if (party.length > free || party.some((person) => this.#isBusy(person, session))) continue;
      return { index, party, what: 'offered' as const };
    }
    return undefined;
  }

  #join(session: ModelSession, party: readonly string[]): string {
    const sorted = [...party].sort();
    const [lead = ''] = sorted;
    const standing = session.queue.find((entry) => entry.lead === lead);
    if (standing && standing.party.join() !== sorted.join()) return 'already-waiting';
    if (!standing) {
      session.queue.push({ lead, party: sorted });
      session.number += 1;
      this.waited.add(`${session.id} ${lead}`);
    }
    return `waiting ${session.queue.findIndex((entry) => entry.lead === lead) + 1}`;
  }

  #order(
    session: ModelSession,
    party: readonly string[],
    hold: Partial<Pick<ModelOrder, 'for' | 'until'>>,
  ): ModelOrder {
    this.#orders += 1;
    const id = `order-${this.#orders}`;
    const status = hold.for ? 'held' : 'booked';
    const order: ModelOrder = { id, status, until: 0, session: session.id, party, ...hold };
    this.orders.set(id, order);
    for (const person of party) session.seats.set(person, id);
    return order;
  }

  #orderOf(session: ModelSession, person: string): ModelOrder | undefined {
    return this.orders.get(session.seats.get(person) ?? '');
  }

  #isOver = (order: ModelOrder): boolean => order.status === 'held' && this.now >= order.until;

  #releaseOver(session: ModelSession): void {
    for (const id of new Set(session.seats.values())) {
      const order = this.orders.get(id);
      if (order && this.#isOver(order)) this.#release(order);
    }
  }

  #release(order: ModelOrder): void {
    if (order.status !== 'held') return;
    order.status = 'released';
    if (order.use) {
      this.days.get(order.use.person)?.delete(order.id);
      return;
    }
    const session = this.session(order.session);
    for (const person of order.party) {
      if (session.seats.get(person) !== order.id) continue;
      session.seats.delete(person);
      this.days.get(person)?.delete(order.session);
    }
  }

  #claimDay(person: string, id: string): void {
    const { from, to } = this.session(id);
    this.#takeDay(person, id, from, to, false);
  }

  #takeDay(person: string, key: string, from: number, to: number, inRoom: boolean): void {
    this.days.set(person, (this.days.get(person) ?? new Map()).set(key, { from, to, inRoom }));
  }

  #isBusy(person: string, { from, to }: ModelSession): boolean {
    return [...(this.days.get(person)?.values() ?? [])].some((other) => other.from < to && from < other.to);
  }
}
