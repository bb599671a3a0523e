/**
 * Matches a record against an event filter pattern of Lambda: every field of the pattern must be there and match one of its
 * alternatives. A comparison that is not listed here is an error that names it.
 */
export function matchesPattern(pattern: unknown, record: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesValue(alternative, record));
  if (pattern === null || typeof pattern !== 'object')
    throw new Error('a filter pattern ends in lists of alternatives');
  return Object.entries(pattern).every(([name, inner]) => {
    if (name === '$or') return (inner as unknown[]).some((part) => matchesPattern(part, record));
    const value = record !== null && typeof record === 'object' ? (record as Record<string, unknown>)[name] : undefined;
    return matchesPattern(inner, value);
  });
}

function matchesValue(alternative: unknown, value: unknown): boolean {
  if (alternative === null || typeof alternative !== 'object') return alternative === value;
  const [name, operand] = Object.entries(alternative)[0] ?? [];
  switch (name) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(operand));
    case 'exists':
      return (value !== undefined) === operand;
    case 'anything-but':
      return value !== undefined && !(Array.isArray(operand) ? operand : [operand]).includes(value);
    default:
      throw new Error(`the local runtime knows no filter comparison ${name}`);
  }
}
