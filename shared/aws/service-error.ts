/** What is known of a call, under the names that the SDK gives it. */
export type CallMetadata = { httpStatusCode?: number; requestId?: string; attempts: number; totalRetryDelay: number };

type ErrorBody = Readonly<Record<string, unknown>> & { readonly message?: unknown; readonly Message?: unknown };

/** What a service refused, with the name, the message and the fields that the SDK's error of that name has. */
export class ServiceError extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: CallMetadata;

  constructor(name: string, body: ErrorBody, metadata: CallMetadata) {
    super(String(body.message ?? body.Message ?? name));
    this.name = name;
    this.$metadata = metadata;
    this.$fault = (metadata.httpStatusCode ?? 500) < 500 ? 'client' : 'server';
    const { message: _, Message: __, __type: ___, ...fields } = body;
    Object.assign(this, fields);
  }
}

/** Errors that the source tells apart by their class, by name. */
export type ErrorClasses = Readonly<
  Record<string, new (name: string, body: ErrorBody, metadata: CallMetadata) => ServiceError>
>;

/** The name alone: services put a namespace before it (`com.amazonaws.dynamodb.v20120810#`) and sometimes an address after it. */
const bareName = (type: unknown): string =>
  String(type)
    .replace(/^[^#:,]*#/, '')
    .replace(/[:,].*$/, '');

/** The error of a refusal: `type` as the header says it, else as the body does. */
export function serviceError(
  type: string | undefined,
  body: ErrorBody,
  metadata: CallMetadata,
  classes: ErrorClasses,
): ServiceError {
  const name = bareName(type ?? body['__type'] ?? body['code'] ?? 'UnknownError');
  return new (classes[name] ?? ServiceError)(name, body, metadata);
}
