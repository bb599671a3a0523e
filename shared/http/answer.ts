/** What a route's function gives back; the pipeline parses `body` by the schema of `status` and serializes it. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  /** For answers that are not JSON (a calendar file, a page): sent as it is under `contentType`. */
  readonly text?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** 201, or 200-like replay of it: the same body with `Idempotency-Replayed: true`. */
export const created = (body: unknown, { replayed = false } = {}): Answer => ({
  status: 201,
  body,
  ...(replayed ? { headers: { 'idempotency-replayed': 'true' } } : {}),
});

export const noContent = (): Answer => ({ status: 204 });

export const file = (text: string, contentType: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  text,
  contentType,
  headers,
});
