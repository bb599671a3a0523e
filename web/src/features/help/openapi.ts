import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api.ts';

export type Schema = {
  type?: string | string[];
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: (string | number)[];
  const?: string | number | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
  pattern?: string;
  format?: string;
};
type Content = Record<string, { schema?: Schema }>;
export type Operation = {
  operationId: string;
  tags?: string[];
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Document = { info: { title: string; version: string }; paths: Record<string, Record<string, Operation>> };

export type OperationRow = { method: string; path: string; operation: Operation };

const isDocument = (value: object): value is Document => 'paths' in value && 'info' in value;

/** The operations of the running API by module, in the order of its document. */
export const useOperations = () =>
  useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => {
      const document = await callApi('GET /v1/openapi.json', { signal });
      if (!isDocument(document)) throw new Error('not an OpenAPI document');
      const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(
          ([method, operation]): OperationRow => ({ method: method.toUpperCase(), path, operation }),
        ),
      );
      return [...Map.groupBy(lines, ({ operation }) => operation.tags?.[0] ?? '')];
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A schema as one would write it down by hand: `{ date: string, days?: integer }`. */
export function schemaText(schema: Schema | undefined, indent = ''): string {
  if (!schema) return 'any';
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? schema.$ref;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((option) => schemaText(option, indent)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => schemaText(part, indent)).join(' & ');
  if (schema.items) return `${schemaText(schema.items, indent)}[]`;
  if (schema.properties) {
    const inner = `${indent}  `;
    const fields = Object.entries(schema.properties).map(
      ([name, field]) => `${inner}${name}${schema.required?.includes(name) ? '' : '?'}: ${schemaText(field, inner)}`,
    );
    return fields.length > 0 ? `{\n${fields.join('\n')}\n${indent}}` : '{}';
  }
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return schema.format ? `${type} (${schema.format})` : type;
}
