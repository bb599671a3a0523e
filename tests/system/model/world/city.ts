import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { auditCenter, releaseOverdueOrders } from '../../../../functions/bookings/schedule.ts';
import { handler as follow } from '../../../../functions/stream/handler.ts';
import { asSystem } from '../../../../shared/access/authorize.ts';
import { clockNow } from '../../../../shared/kernel/clock.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { isRefusal } from '../../../../shared/kernel/refusal.ts';
import { center, type Someone, signedInAgain, someone } from '../../../support/builders.ts';
import { storedAgendaDays } from '../../../support/claims.ts';
import { type Answer, type Call, setClock, tenants } from '../../../support/invoke.ts';
import type { StreamReader } from '../../../support/stream.ts';
import { dyingAfter, settled } from '../faults.ts';
import { shuffled } from '../random.ts';

const START = Date.parse('2026-03-02T01:00:00Z');

export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

type Household = { readonly householdId: string; readonly parent: Someone; readonly child: Someone };
type Send = (as: Someone) => Promise<Answer>;

/** The real engine with a center of its own and a few households, driven by the names of the model. */
export class World {
  readonly centerId: string;
  readonly staff: Someone;
  readonly #stream: StreamReader;
  readonly #random: () => number;
  readonly #homes: readonly Household[];
  /** Model's order → the stored one. */
  readonly #orders = new Map<string, string>();
  /** Whether functions die on the way, and whether one has. */
  #mortal = false;
  #died = false;
  #now = START;
  #past: DynamoDBRecord[] = [];

  private constructor(
    centerId: string,
    staff: Someone,
    homes: readonly Household[],
    stream: StreamReader,
    random: () => number,
  ) {
    this.centerId = centerId;
    this.staff = staff;
    this.#homes = homes;
    this.#stream = stream;
    this.#random = random;
  }

  static async make(random: () => number, stream: StreamReader, families: number): Promise<World> {
    setClock(new Date(START));
    const own = randomUUID().slice(0, 8);
    const centerId = await center(`c${own}`, { district: `d${own}` });
    const homes = await Promise.all(
      Array.from({ length: families }, async () => {
        const householdId = randomId('h');
        const child = await someone({ birthDate: '2018-01-01', profile: { householdId } });
        const parent = await someone({ birthDate: '1985-01-01', guardianOf: [child], profile: { householdId } });
        return { householdId, child, parent };
      }),
    );
    const staff = await someone({ posts: [{ kind: 'center-staff', centerId }] });
    return new World(centerId, staff, homes, stream, random);
  }

  /** From now on functions of residents die on the way, now and then; or no more. */
  die(mortal: boolean): void {
    this.#mortal = mortal;
  }

  /** Whether one has died since this was asked. */
  hasDied(): boolean {
    const died = this.#died;
    this.#died = false;
    return died;
  }

  /** The members of each household, the eldest first. */
  get households(): string[][] {
    return this.#homes.map(({ parent, child }) => [parent.personId, child.personId]);
  }

  get people(): string[] {
    return this.households.flat();
  }

  /** The parties that can ask: a parent alone, a child alone, both together. */
  get parties(): string[][] {
    return this.households.flatMap(([one = '', other = '']) => [[one], [other], [one, other]]);
  }

  homeOf(personId: string): Household {
    const home = this.#homes.find(({ parent, child }) => [parent.personId, child.personId].includes(personId));
    if (!home) throw new Error(`nobody ${personId}`);
    return home;
  }

  named(order: string, orderId: string): void {
    this.#orders.set(order, orderId);
  }

  orderId(order: string): string {
    const found = this.#orders.get(order);
    if (!found) throw new Error(`no order ${order}`);
    return found;
  }

  tick(minutes: number): void {
    this.#now += minutes * 60_000;
  }

  /** Asks, as the parent of whose household the person is, until there is an answer: under its key a request is sent again. */
  asParentOf(personId: string, send: Send): Promise<Answer> {
    this.#now += 1_000;
    const dies = this.#mortal && this.#random() < 0.15 ? Math.floor(this.#random() * 6) : undefined;
    return this.#settled(this.homeOf(personId).parent, send, dies);
  }

  /** Each command is a second later than the one before, so that it is told who was first; all its tries are of the same second. */
  asStaff(send: Send): Promise<Answer> {
    this.#now += 1_000;
    return this.#settled(this.staff, send);
  }

  /** What is only looked at takes no time. */
  lookAsParentOf = (personId: string, send: Send): Promise<Answer> => this.#settled(this.homeOf(personId).parent, send);
  lookAsStaff = (send: Send): Promise<Answer> => this.#settled(this.staff, send);

  /** A function that is to die does so after so many writes; then the client asks again. */
  #settled(who: Someone, send: Send, diesAfter?: number): Promise<Answer> {
    let writes = diesAfter;
    return settled(async () => {
      setClock(new Date(this.#now));
      const as = await signedInAgain(who);
      const first = writes;
      writes = undefined;
      if (first === undefined) return send(as);
      const answer = await dyingAfter(first, () => send(as));
      this.#died ||= answer.status === 503;
      return answer;
    });
  }

  async confirm(order: string, person: string, city: Poster, amountFen?: number): Promise<Answer> {
    const body = amountFen === undefined ? {} : { amountFen };
    return this.asParentOf(person, (as) => city.post(`/v1/orders/${this.orderId(order)}/confirm`, { as, body }));
  }

  async decline(order: string, person: string, city: Poster): Promise<Answer> {
    return this.asParentOf(person, (as) => city.post(`/v1/orders/${this.orderId(order)}/decline`, { as }));
  }

  async sweep(): Promise<void> {
    await this.untilDone(() => releaseOverdueOrders(asSystem(tenants()[0], clockNow())));
  }

  /** What is done for the city itself is done again until it is: as the next minute, or the stream's next try, would. */
  async untilDone<T>(work: () => Promise<T>, laterSeconds = 0): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      setClock(new Date(this.#now + laterSeconds * 1_000));
      try {
        return await work();
      } catch (error) {
        if (!isRefusal(error, 'try-again') || tries === 60) throw error;
      }
    }
  }

  /**
   * Everything the stream has, in any order, some of it twice, some of it again from long ago, until nothing follows from it; then the
   * audit, which gives what it had to mend: nothing, for no record was lost.
   */
  async deliver(): Promise<string[]> {
    await this.#follow();
    const mended = await this.untilDone(() => auditCenter(asSystem(tenants()[0], clockNow()), this.centerId), 120);
    await this.#follow();
    return mended;
  }

  async #follow(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      const fresh = await this.#stream.next();
      if (fresh.length === 0) return;
      const again = [...fresh, ...this.#past].filter(() => this.#random() < 0.3);
      await this.#deliverAll(shuffled([...fresh, ...again], this.#random));
      this.#past = [...this.#past, ...fresh].slice(-40);
    }
    throw new Error('the stream never came to rest');
  }

  /** In batches of any size; what is given back of one comes again, with all after it. */
  async #deliverAll(records: readonly DynamoDBRecord[]): Promise<void> {
    let left = [...records];
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === 60 * records.length) throw new Error('a record never settled');
      setClock(new Date(this.#now));
      const batch = left.slice(0, 1 + Math.floor(this.#random() * 12));
      const answer = await follow({ Records: batch } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
      const [failed] = answer?.batchItemFailures ?? [];
      const at = batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed?.itemIdentifier);
      left = left.slice(failed ? at : batch.length);
    }
  }

  /** What is looked at by the test itself is looked at in calm. */
  calm<T>(look: () => Promise<T>): Promise<T> {
    return this.untilDone(look);
  }

  /** What takes a person's day: from when, and where, by date. */
  async dayOf(personId: string, dates: readonly string[]): Promise<string[]> {
    const days = await this.calm(() => storedAgendaDays(personId, dates));
    return days
      .flatMap(({ entries }, index) =>
        Object.values(entries).map(({ startsAt, endsAt }) => `${dates[index]} ${startsAt}-${endsAt}`),
      )
      .sort();
  }
}

export type Poster = { readonly post: (path: string, call?: Call) => Promise<Answer> };
