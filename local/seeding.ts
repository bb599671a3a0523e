import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from './city.ts';
import { repositoryRoot } from './synthesis.ts';

export type SignIn = { readonly label: string; readonly phone: string };

type SeedModule = {
  seedIfEmpty(options: {
    tableName: string;
    endpoint: string;
    env: Readonly<Record<string, string>>;
    report: (line: string) => void;
  }): Promise<readonly SignIn[]>;
};

/** Fills a new table with the sample city and answers who can sign in there; a table with data only answers who can. */
export async function seed(city: City, report: (line: string) => void): Promise<readonly SignIn[]> {
  const file = join(repositoryRoot, 'local', 'import', 'seed.ts');
  if (!existsSync(file)) {
    report('Seed: none yet (local/import/seed.ts is missing)');
    return [];
  }
  const { seedIfEmpty } = (await import(file)) as SeedModule;
  return seedIfEmpty({
    tableName: city.tableName,
    endpoint: city.tableEndpoint,
    env: city.environment,
    report,
  });
}
