type Headers = Readonly<Record<string, string>>;

/** The pipeline parses `body` by the schema of `status` and serializes it. */
export type JsonAnswer<S extends number = number, B = unknown> = {
  readonly status: S;
  readonly body: B;
  readonly headers?: Headers;
};

/** An answer that is not JSON (a calendar file): sent as it is under `contentType`. */
export type FileAnswer = {
  readonly status: 200;
  readonly text: string;
  readonly contentType: string;
  readonly headers?: Headers;
};

/** What an endpoint's function gives back. */
export type Answer = JsonAnswer | FileAnswer;

export const ok = <const B>(body: B): JsonAnswer<200, B> => ({ status: 200, body });

/** 201, or 200-like replay of it: the same body with `Idempotency-Replayed: true`. */
export const created = <const B>(body: B, { replayed = false } = {}): JsonAnswer<201, B> => ({
  status: 201,
  body,
  ...(replayed ? { headers: { 'idempotency-replayed': 'true' } } : {}),
});

/** 202: what was asked for goes on after the answer. */
export const accepted = <const B>(body: B): JsonAnswer<202, B> => ({ status: 202, body });

export const noContent = (): JsonAnswer<204, undefined> => ({ status: 204, body: undefined });

export const file = (text: string, contentType: string, headers: Record<string, string> = {}): FileAnswer => ({
  status: 200,
  text,
  contentType,
  headers,
});
