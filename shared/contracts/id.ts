import type * as z from 'zod';

declare const kind: unique symbol;

/**
 * A text that names one kind of thing. Any text may become one, since it comes from a path, a key or a test; but the id of a person is no
 * id of a session, which the compiler says wherever two were swapped.
 */
export type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** The schema of such an id. */
export const id = <Kind extends string>(schema: z.ZodType<string, string>) => schema as z.ZodType<Id<Kind>, Id<Kind>>;

/** A city: it comes from the token or the host, never from a body. */
export type TenantId = Id<'Tenant'>;
