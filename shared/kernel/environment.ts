/** A required environment variable. A missing one is a defect of the deployment and fails the request loudly. */
export function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** True on a developer's machine and in tests, where the city runs without a cloud account. */
export const isLocal = (): boolean => process.env['LINLI_LOCAL'] === '1';
