import type { Localized } from '../../../../shared/contracts/common.ts';
import { type ProblemCode, problemCatalog } from '../../../../shared/kernel/problem-catalog.ts';

type Reference = { readonly $ref: string };
/** What the page reads of a JSON Schema. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
};
export type Schemas = Readonly<Record<string, Schema>>;
type Media = { readonly type: string; readonly schema?: Schema; readonly example?: unknown };
type Content = Readonly<Record<string, Omit<Media, 'type'>>>;
type Answer = { readonly description: string; readonly content?: Content };
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
};
type Written = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly 'x-summary-zh': string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer | Reference>>;
};
/** What the page reads of an OpenAPI 3.1 document, as ours is written. */
type ApiDocument = {
  readonly tags: readonly {
    readonly name: string;
    readonly description: string;
    readonly 'x-description-zh': string;
  }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Written>>>>;
  readonly components: {
    readonly schemas: Schemas;
    readonly responses: Readonly<Record<string, Answer>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
};

/** One operation as it is shown, with nothing left to look up but the schemas. */
export type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly auth: 'public' | 'bearer' | 'ownKey';
  readonly summary: Localized;
  /** What the summary has no room for, in English. */
  readonly more?: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Media & { readonly required: boolean };
  readonly answers: readonly { readonly status: string; readonly media?: Media }[];
  readonly refusals: readonly ProblemCode[];
};
export type Area = { readonly name: string; readonly about: Localized; readonly operations: readonly Operation[] };
export type Reading = { readonly areas: readonly Area[]; readonly schemas: Schemas };

export const nameOf = ($ref: string): string => $ref.slice($ref.lastIndexOf('/') + 1);

function mediaIn(content: Content | undefined): Media | undefined {
  const [entry] = Object.entries(content ?? {});
  return entry && { type: entry[0], ...entry[1] };
}

const isCode = (value: string | number): value is ProblemCode => Object.hasOwn(problemCatalog, value);

/** The codes that a refusal names: its last part narrows `code` to them. */
const codesIn = ({ content }: Answer): ProblemCode[] =>
  mediaIn(content)?.schema?.allOf?.at(-1)?.properties?.['code']?.enum?.filter(isCode) ?? [];

const isDocument = (value: object): value is ApiDocument =>
  'tags' in value && 'paths' in value && 'components' in value;

/** The areas of our own document and their operations, in its order; throws when it is something else. */
export function readDocument(document: object): Reading {
  if (!isDocument(document)) throw new Error('not an OpenAPI document');
  const { tags, paths, components } = document;
  const answerOf = (it: Answer | Reference) => ('$ref' in it ? components.responses[nameOf(it.$ref)] : it);
  const parameterOf = (it: Parameter | Reference) => ('$ref' in it ? components.parameters[nameOf(it.$ref)] : it);
  function operationOf(path: string, method: string, written: Written): Operation {
    const body = mediaIn(written.requestBody?.content);
    const [more] = written.description.split('\n\n');
    const answers = Object.entries(written.responses).flatMap(([status, it]) => {
      const answer = answerOf(it);
      return answer ? [{ status, answer }] : [];
    });
    const [scheme] = Object.keys(written.security[0] ?? {});
    return {
      id: written.operationId,
      method: method.toUpperCase(),
      path,
      auth: scheme === 'bearer' || scheme === 'ownKey' ? scheme : 'public',
      summary: { zh: written['x-summary-zh'], en: written.summary },
      ...(more && more !== written.summary ? { more } : {}),
      parameters: written.parameters.flatMap((it) => parameterOf(it) ?? []),
      ...(body ? { body: { ...body, required: written.requestBody?.required === true } } : {}),
      answers: answers
        .filter(({ status }) => status < '300')
        .map(({ status, answer }) => {
          const media = mediaIn(answer.content);
          return { status, ...(media ? { media } : {}) };
        }),
      refusals: [...new Set(answers.filter(({ status }) => status >= '400').flatMap(({ answer }) => codesIn(answer)))],
    };
  }
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => ({ tag: it.tags[0], operation: operationOf(path, method, it) })),
  );
  return {
    areas: tags.map(({ name, description, 'x-description-zh': zh }) => ({
      name,
      about: { zh, en: description },
      operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
    })),
    schemas: components.schemas,
  };
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The areas with those of their operations in which each word occurs: in path, name, summary, area or codes, Chinese or English. */
export function findOperations(areas: readonly Area[], typed: string): Area[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return areas.flatMap((area) => {
    const operations = area.operations.filter(({ id, method, path, summary, refusals }) => {
      const about = [area.name, area.about.zh, area.about.en, summary.zh, summary.en];
      const text = plain([method, path, id, ...about, ...refusals].join('\n'));
      return words.every((word) => text.includes(word));
    });
    return operations.length > 0 ? [{ ...area, operations }] : [];
  });
}
