/** What a refusal says by its code: the HTTP status and what a person reads. */
export type Problem = { readonly status: number; readonly zh: string; readonly en: string };
export type Problems = Readonly<Record<string, Problem>>;
