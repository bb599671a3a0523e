import type { Resource, Stack } from './assembly.ts';

/** What making a resource gives to the others: the value of `Ref` and of `Fn::GetAtt`. */
export type Made = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

export type ResourceToMake = {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** With every intrinsic function resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
};

export const ACCOUNT_ID = '000000000000';

type Intrinsic = (argument: unknown, stack: Stack) => Promise<unknown>;

/**
 * Makes the resources of several stacks, each once and after those it refers to. Knows the intrinsic functions that CDK writes;
 * another one is an error that names it.
 */
export class TemplateReader {
  readonly #stacks: readonly Stack[];
  readonly #make: (resource: ResourceToMake) => Promise<Made>;
  readonly #made = new Map<string, Promise<Made>>();
  readonly #underway: string[] = [];

  constructor(stacks: readonly Stack[], make: (resource: ResourceToMake) => Promise<Made>) {
    this.#stacks = stacks;
    this.#make = make;
  }

  /** Makes everything, one after the other, in template order. */
  async makeAll(): Promise<void> {
    for (const stack of this.#stacks) {
      for (const logicalId of Object.keys(stack.template.Resources)) await this.#resource(stack, logicalId);
    }
  }

  async #resource(stack: Stack, logicalId: string): Promise<Made> {
    const resource = stack.template.Resources[logicalId];
    if (!resource) throw new Error(`${stack.name}: there is no resource ${logicalId}`);
    const id = `${stack.name}/${logicalId}`;
    if (this.#underway.includes(id)) throw new Error(`${id} refers to itself through ${this.#underway.join(' → ')}`);
    const known = this.#made.get(id);
    if (known) return known;
    const making = this.#makeOne(stack, logicalId, resource, id);
    this.#made.set(id, making);
    return making;
  }

  async #makeOne(stack: Stack, logicalId: string, resource: Resource, id: string): Promise<Made> {
    this.#underway.push(id);
    const properties = (await this.resolve(resource.Properties ?? {}, stack)) as Record<string, unknown>;
    this.#underway.pop();
    return this.#make({ stack, logicalId, type: resource.Type, properties });
  }

  /** The value with its intrinsic functions replaced by what they stand for. `AWS::NoValue` members disappear. */
  async resolve(value: unknown, stack: Stack): Promise<unknown> {
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value) items.push(await this.resolve(item, stack));
      return items.filter((item) => item !== undefined);
    }
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (first && entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
      const intrinsic = this.#intrinsics[first[0]];
      if (!intrinsic)
        throw new Error(`${stack.name}: the intrinsic function ${first[0]} is not known to the local runtime`);
      return intrinsic(first[1], stack);
    }
    const resolved: Record<string, unknown> = {};
    for (const [name, inner] of entries) {
      const result = await this.resolve(inner, stack);
      if (result !== undefined) resolved[name] = result;
    }
    return resolved;
  }

  readonly #intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (name, stack) => this.#ref(String(name), stack),
    'Fn::GetAtt': async (argument, stack) => {
      const [logicalId = '', ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return this.#attribute(logicalId, rest.join('.'), stack);
    },
    'Fn::Join': async (argument, stack) => {
      const [separator, parts] = (await this.resolve(argument, stack)) as [string, unknown[]];
      return parts.map(String).join(separator);
    },
    'Fn::Select': async (argument, stack) => {
      const [index, items] = (await this.resolve(argument, stack)) as [number | string, unknown[]];
      return items[Number(index)];
    },
    'Fn::Split': async (argument, stack) => {
      const [separator, text] = (await this.resolve(argument, stack)) as [string, string];
      return text.split(separator);
    },
    'Fn::Sub': (argument, stack) => this.#sub(argument, stack),
    'Fn::ImportValue': (argument, stack) => this.#importValue(argument, stack),
  };

  async #ref(name: string, stack: Stack): Promise<unknown> {
    const pseudo: Record<string, string | undefined> = {
      'AWS::AccountId': ACCOUNT_ID,
      'AWS::Partition': 'aws',
      'AWS::Region': stack.region,
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.name,
      'AWS::URLSuffix': 'localhost',
      'AWS::NoValue': undefined,
    };
    if (name in pseudo) return pseudo[name];
    const parameter = stack.template.Parameters?.[name];
    if (parameter) {
      if (parameter.Default === undefined) throw new Error(`${stack.name}: the parameter ${name} has no default`);
      return parameter.Default;
    }
    return (await this.#resource(stack, name)).ref;
  }

  async #attribute(logicalId: string, attribute: string, stack: Stack): Promise<string> {
    const { attributes } = await this.#resource(stack, logicalId);
    const value = attributes[attribute];
    if (value === undefined) {
      const type = stack.template.Resources[logicalId]?.Type;
      throw new Error(`${stack.name}/${logicalId} (${type}) has no attribute ${attribute} in the local runtime`);
    }
    return value;
  }

  async #sub(argument: unknown, stack: Stack): Promise<string> {
    const [text, variables = {}] = Array.isArray(argument) ? (argument as [string, object?]) : [String(argument)];
    const given = (await this.resolve(variables, stack)) as Record<string, unknown>;
    let result = '';
    let end = 0;
    for (const match of text.matchAll(/\$\{(!?)([^}]+)\}/g)) {
      const [whole, literal, name = ''] = match;
      result += text.slice(end, match.index);
      end = match.index + whole.length;
      if (literal) result += `\${${name}}`;
      else if (name in given) result += String(given[name]);
      else if (name.includes('.')) result += await this.#intrinsics['Fn::GetAtt']?.(name, stack);
      else result += String(await this.#ref(name, stack));
    }
    return result + text.slice(end);
  }

  async #importValue(argument: unknown, stack: Stack): Promise<unknown> {
    const name = await this.resolve(argument, stack);
    for (const other of this.#stacks) {
      for (const output of Object.values(other.template.Outputs ?? {})) {
        if (output.Export && (await this.resolve(output.Export.Name, other)) === name) {
          return this.resolve(output.Value, other);
        }
      }
    }
    throw new Error(`${stack.name}: no stack exports ${String(name)}`);
  }
}
