import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import type { CityUnderTest } from '../city.ts';
import type { Answer } from '../invoke.ts';

/** The small city's people by the code of its sheet (`tests/fixtures/small-city/people.csv`), and those who came later. */
export type Cast = Record<string, string>;

const TENANT = 'putian';

/** Who asks: a code of the cast, or nobody. */
export type Who = string | undefined;

/** Sends requests as people of the cast; each name stands for who has it in the sheets. */
export class Hands {
  readonly #city: CityUnderTest;
  readonly #cast: Cast;
  /** Every route that has done what was asked, as `POST /v1/grants/…` with the ids it was asked about. */
  readonly done: { readonly method: string; readonly path: string }[] = [];

  readonly #day: number;

  /** `day` keeps the idempotency keys of one day apart from those of another. */
  constructor(city: CityUnderTest, cast: Cast, day: number) {
    this.#city = city;
    this.#cast = cast;
    this.#day = day;
  }

  /** The id of somebody of the cast. */
  id = (code: string): string => {
    const personId = this.#cast[code];
    if (!personId) throw new Error(`nobody here is called ${code}`);
    return personId;
  };

  meet(code: string, personId: string): void {
    this.#cast[code] = personId;
  }

  /** Whatever comes of it. */
  async ask(
    who: Who,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const token =
      who && (await signAccessToken({ tenantId: TENANT, personId: this.id(who), signInId: 's' }, clockNow()));
    return this.#city.call(method, path, {
      ...(token ? { as: { token } } : {}),
      ...(body === undefined ? {} : { body }),
      headers,
    });
  }

  /** Done, or an error that says what came instead. Gives the body. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows the answer's contract; a wrong path fails at once
  async do(who: Who, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const key = `day-${this.#day}-${this.done.length}`;
    const answer = await this.ask(who, method, path, body, {
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      ...headers,
    });
    if (answer.status >= 300) throw new Error(`${who}: ${method} ${path} ${JSON.stringify(body)}: ${answer.text}`);
    this.done.push({ method, path: path.split('?')[0] ?? '' });
    return answer.body;
  }

  get = (who: Who, path: string) => this.do(who, 'GET', path);
  post = (who: Who, path: string, body?: unknown) => this.do(who, 'POST', path, body);
  /** Changes what is there in the version that it has now. */
  async change(who: Who, method: 'PATCH' | 'PUT', path: string, body: unknown, readAt = path) {
    const { headers } = await this.ask(who, 'GET', readAt);
    return this.do(who, method, path, body, headers['etag'] ? { 'if-match': headers['etag'] } : {});
  }
}
