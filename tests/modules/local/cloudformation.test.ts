import { describe, expect, it } from 'vitest';
import type { Stack, Template } from '../../../local/cloudformation/assembly.ts';
import { type Made, type ResourceToMake, TemplateReader } from '../../../local/cloudformation/reader.ts';
import { type CityPlan, resourceMaker, type Services } from '../../../local/cloudformation/resources.ts';

const stackOf = (name: string, template: Partial<Template>): Stack => ({
  name,
  region: 'cn-test-1',
  template: { Resources: {}, ...template },
  assets: new Map([['code.zip', '/bundles/code']]),
});

/** Makes everything of these stacks with resources that only remember their properties. */
async function made(...stacks: Stack[]) {
  const properties = new Map<string, unknown>();
  const order: string[] = [];
  const reader = new TemplateReader(stacks, async ({ logicalId, properties: own }): Promise<Made> => {
    properties.set(logicalId, own);
    order.push(logicalId);
    return { ref: `ref-of-${logicalId}`, attributes: { Arn: `arn-of-${logicalId}` } };
  });
  await reader.makeAll();
  return { properties, order };
}

const thing = (Properties: Record<string, unknown>) => ({ Type: 'Test::Thing', Properties });

describe('the CloudFormation reader', () => {
  it('resolves references inside a stack and makes what is referred to first', async () => {
    const { properties, order } = await made(
      stackOf('one', {
        Resources: {
          Second: thing({ arn: { 'Fn::GetAtt': ['First', 'Arn'] }, name: { Ref: 'First' } }),
          First: thing({}),
        },
      }),
    );
    expect(properties.get('Second')).toEqual({ arn: 'arn-of-First', name: 'ref-of-First' });
    expect(order).toEqual(['First', 'Second']);
  });

  it('resolves Join, Sub, Select, Split, parameters and pseudo parameters', async () => {
    const { properties } = await made(
      stackOf('one', {
        Parameters: { Version: { Default: '7' } },
        Resources: {
          First: thing({}),
          Second: thing({
            joined: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { Ref: 'Version' }]] },
            substituted: { 'Fn::Sub': `\${AWS::Partition}/\${First}/\${First.Arn}/\${!kept}` },
            given: { 'Fn::Sub': [`\${x}!`, { x: { Ref: 'AWS::AccountId' } }] },
            selected: { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] },
            nothing: { Ref: 'AWS::NoValue' },
          }),
        },
      }),
    );
    expect(properties.get('Second')).toEqual({
      joined: 'a-cn-test-1-7',
      substituted: `aws/ref-of-First/arn-of-First/\${kept}`,
      given: '000000000000!',
      selected: 'b',
    });
  });

  it('imports what another stack exports', async () => {
    const { properties } = await made(
      stackOf('user', { Resources: { User: thing({ table: { 'Fn::ImportValue': 'data:Table' } }) } }),
      stackOf('data', {
        Resources: { Table: thing({}) },
        Outputs: { Out: { Value: { Ref: 'Table' }, Export: { Name: { 'Fn::Sub': `\${AWS::StackName}:Table` } } } },
      }),
    );
    expect(properties.get('User')).toEqual({ table: 'ref-of-Table' });
  });

  it('names an intrinsic function, an attribute and an export that it does not know', async () => {
    const one = (properties: Record<string, unknown>) => made(stackOf('one', { Resources: { A: thing(properties) } }));
    await expect(one({ x: { 'Fn::Cidr': [] } })).rejects.toThrow('Fn::Cidr');
    await expect(one({ x: { 'Fn::ImportValue': 'nowhere' } })).rejects.toThrow('no stack exports nowhere');
    await expect(
      made(stackOf('one', { Resources: { A: thing({ x: { 'Fn::GetAtt': ['B', 'Color'] } }), B: thing({}) } })),
    ).rejects.toThrow('one/B (Test::Thing) has no attribute Color');
  });

  it('refuses a circle instead of waiting forever', async () => {
    const circle = stackOf('one', { Resources: { A: thing({ b: { Ref: 'B' } }), B: thing({ a: { Ref: 'A' } }) } });
    await expect(made(circle)).rejects.toThrow('refers to itself');
  });
});

const emptyPlan = (): CityPlan => ({
  functions: new Map(),
  routes: [],
  mappings: [],
  schedules: [],
  rights: new Map(),
  tableName: undefined,
});

const services: Services = {
  createTable: async () => ({ arn: 'table-arn', streamArn: 'stream-arn' }),
  createQueue: async (name) => ({ url: `http://queue/${name}`, arn: `arn-of-${name}` }),
  createBucket: async () => undefined,
  createKey: async (name) => `/keys/${name}.json`,
  createSecret: async (name) => `/keys/${name}.json`,
};

const make = (type: string, properties: Record<string, unknown>, plan = emptyPlan()) => {
  const resource: ResourceToMake = { stack: stackOf('one', {}), logicalId: 'Thing', type, properties };
  return resourceMaker(services, plan)(resource);
};

describe('resources of the template', () => {
  it('refuses a type that it cannot run, by its name', async () => {
    await expect(make('AWS::Kinesis::Stream', {})).rejects.toThrow(
      /AWS::Kinesis::Stream, which the local runtime cannot run/,
    );
  });

  it('lets types without effect be, under a name that others may mention', async () => {
    const { attributes } = await make('AWS::Logs::LogGroup', {});
    expect(attributes['Arn']).toBe('one/Thing/Arn');
  });

  it('reads a function with its bundle, variables and limits', async () => {
    const plan = emptyPlan();
    const properties = {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Key: 'code.zip' },
      Timeout: 10,
      MemorySize: 512,
      Role: 'role',
      Environment: { Variables: { LINLI_MODULE: 'rooms', STAGE: 'dev' } },
    };
    const { ref } = await make('AWS::Lambda::Function', properties, plan);
    expect(plan.functions.get(ref)).toMatchObject({ name: 'rooms', folder: '/bundles/code', timeoutSeconds: 10 });
    await expect(make('AWS::Lambda::Function', { ...properties, Runtime: 'python3.13' })).rejects.toThrow('python3.13');
  });

  it('refuses a policy that it would read wrongly', async () => {
    const policy = (statement: object) => make('AWS::IAM::Policy', { PolicyDocument: { Statement: [statement] } });
    await expect(policy({ Effect: 'Deny', Action: 'a:*', Resource: '*' })).rejects.toThrow('statements that allow');
    await expect(policy({ Effect: 'Allow', NotAction: 'a:*', Resource: '*' })).rejects.toThrow('statements that allow');
  });
});
