import type { Statement } from '../cloudformation/resources.ts';
import type { TableAction } from './leading-keys.ts';

/** IAM's wildcards: `*` is any run of characters, `?` is one. */
function matcher(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}

const anyOf = (patterns: readonly string[]): ((text: string) => boolean) => {
  const matchers = patterns.map(matcher);
  return (text) => matchers.some((matches) => matches(text));
};

const LEADING_KEYS = 'dynamodb:LeadingKeys';

type Rule = {
  readonly action: (text: string) => boolean;
  readonly resource: (text: string) => boolean;
  readonly key: (text: string) => boolean;
};

function ruleOf({ actions, resources, condition = {} }: Statement): Rule {
  let key: Rule['key'] = () => true;
  for (const [operator, operands] of Object.entries(condition)) {
    const patterns = operands[LEADING_KEYS];
    if (operator !== 'ForAllValues:StringLike' || !Array.isArray(patterns) || Object.keys(operands).length !== 1) {
      throw new Error(
        `the local runtime reads no condition ${operator} ${Object.keys(operands).join()} on table rights`,
      );
    }
    key = anyOf(patterns);
  }
  return { action: anyOf(actions), resource: anyOf(resources), key };
}

/**
 * Decides, as IAM would from these statements, whether a role may do something to the table. All keys of one action must lie within
 * one statement (`ForAllValues`).
 */
export function rightsOf(statements: readonly Statement[], tableArn: (tableName: string) => string) {
  const rules = statements
    .filter(({ actions }) => actions.some((action) => /^(dynamodb:|\*)/.test(action)))
    .map(ruleOf);
  return ({ action, tableName, indexName, leadingKeys }: TableAction): boolean => {
    const arn = tableArn(tableName) + (indexName === undefined ? '' : `/index/${indexName}`);
    return rules.some((rule) => rule.action(action) && rule.resource(arn) && leadingKeys.every(rule.key));
  };
}

export type MayDo = ReturnType<typeof rightsOf>;
