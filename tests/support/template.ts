import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAssembly } from '../../local/cloudformation/assembly.ts';
import { TemplateReader } from '../../local/cloudformation/reader.ts';
import { type CityPlan, resourceMaker } from '../../local/cloudformation/resources.ts';
import { createTable } from '../../local/table/create-table.ts';
import { testAssembly } from './city.ts';

export type TemplateTable = {
  readonly tableName: string;
  readonly streamArn: string;
  /** What reads its stream: under these names a city keeps how far it has read. */
  readonly readers: readonly string[];
};

/** Makes the table of the synthesized templates, as a city that starts does, and nothing else of them. */
export async function createTemplateTable(client: DynamoDBClient): Promise<TemplateTable> {
  const plan: CityPlan = {
    functions: new Map(),
    routes: [],
    mappings: [],
    schedules: [],
    rights: new Map(),
    tableName: undefined,
  };
  let streamArn = '';
  const services = {
    async createTable(name: string, properties: Readonly<Record<string, unknown>>) {
      const made = await createTable(client, name, properties);
      streamArn = made.streamArn;
      return made;
    },
    createQueue: async (name: string) => ({ url: name, arn: name }),
    createBucket: async () => undefined,
    createKey: async (name: string) => name,
    createSecret: async (name: string) => name,
  };
  await new TemplateReader(readAssembly(await testAssembly()), resourceMaker(services, plan)).makeAll();
  const readers = plan.mappings.filter(({ properties }) => properties['EventSourceArn'] === streamArn);
  return { tableName: plan.tableName ?? '', streamArn, readers: readers.map(({ id }) => id) };
}
