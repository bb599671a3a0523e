import { withoutEffect } from './no-effect.ts';
import { ACCOUNT_ID, type Made, type ResourceToMake } from './reader.ts';

export type Statement = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
};

export type FunctionSpec = {
  readonly arn: string;
  /** `platform`, `bookings-schedule`: its construct's name, for people and tests. */
  readonly name: string;
  readonly folder: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly roleArn: string;
};

export type MappingSpec = {
  readonly id: string;
  readonly functionArn: string;
  readonly properties: Readonly<Record<string, unknown>>;
};
export type RouteSpec = { readonly routeKey: string; readonly functionArn: string };
export type ScheduleSpec = { readonly id: string; readonly expression: string; readonly functionArn: string };

/** What the templates ask for, ready to be run. */
export type CityPlan = {
  readonly functions: Map<string, FunctionSpec>;
  readonly routes: RouteSpec[];
  readonly mappings: MappingSpec[];
  readonly schedules: ScheduleSpec[];
  /** Statements by role ARN. */
  readonly rights: Map<string, Statement[]>;
  tableName: string | undefined;
};

/** The services that resources are made in. Each answers with what the resource is called there. */
export type Services = {
  createTable(name: string, properties: Readonly<Record<string, unknown>>): Promise<{ arn: string; streamArn: string }>;
  createQueue(name: string, properties: Readonly<Record<string, unknown>>): Promise<{ url: string; arn: string }>;
  createBucket(name: string): Promise<void>;
  createKey(name: string, properties: Readonly<Record<string, unknown>>): Promise<string>;
  createSecret(name: string, properties: Readonly<Record<string, unknown>>): Promise<string>;
};

type Handler = (resource: ResourceToMake) => Promise<Made>;

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const object = (value: unknown): Record<string, unknown> => (value ?? {}) as Record<string, unknown>;
const texts = (value: unknown): string[] => list(value).map(String);
const shortName = ({ logicalId, stack }: ResourceToMake): string => `${stack.name}-${logicalId}`.toLowerCase();

/** Makes each resource by its type. A type that cannot be run here is refused by name. */
export function resourceMaker(services: Services, plan: CityPlan): Handler {
  const arnOf = (resource: ResourceToMake, service: string, rest: string) =>
    `arn:aws:${service}:${resource.stack.region}:${ACCOUNT_ID}:${rest}`;
  const integrations = new Map<string, string>();

  const handlers: Readonly<Record<string, Handler>> = {
    'AWS::DynamoDB::Table': async (resource) => {
      const name = `${resource.stack.name}-${resource.logicalId}`;
      const { arn, streamArn } = await services.createTable(name, resource.properties);
      plan.tableName ??= name;
      return { ref: name, attributes: { Arn: arn, StreamArn: streamArn } };
    },
    'AWS::SQS::Queue': async (resource) => {
      const name = `${resource.stack.name}-${resource.logicalId}`;
      const { url, arn } = await services.createQueue(name, resource.properties);
      return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
    'AWS::S3::Bucket': async (resource) => {
      const name = shortName(resource);
      await services.createBucket(name);
      const host = `${name}.s3.localhost`;
      return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: host, RegionalDomainName: host } };
    },
    'AWS::KMS::Key': async ({ logicalId, properties }) => {
      const path = `file:${await services.createKey(logicalId, properties)}`;
      return { ref: path, attributes: { Arn: path, KeyId: path } };
    },
    'AWS::SecretsManager::Secret': async ({ logicalId, properties }) => {
      const path = `file:${await services.createSecret(logicalId, properties)}`;
      return { ref: path, attributes: { Id: path } };
    },
    'AWS::IAM::Role': async (resource) => {
      const arn = arnOf(resource, 'iam', `role/${resource.stack.name}-${resource.logicalId}`);
      plan.rights.set(arn, []);
      return { ref: arn, attributes: { Arn: arn, RoleId: resource.logicalId } };
    },
    'AWS::IAM::Policy': async ({ logicalId, properties }) => {
      const statements = list(object(properties['PolicyDocument'])['Statement']).map((raw): Statement => {
        const { Effect, Action, Resource, Condition } = object(raw);
        if (Effect !== 'Allow' || Action === undefined || Resource === undefined) {
          throw new Error(
            `policy ${logicalId}: the local runtime reads statements that allow actions on resources, no others`,
          );
        }
        return {
          actions: texts(Action),
          resources: texts(Resource),
          condition: Condition as Statement['condition'],
        };
      });
      for (const role of texts(properties['Roles'])) plan.rights.get(role)?.push(...statements);
      return { ref: logicalId, attributes: {} };
    },
    'AWS::Lambda::Function': async (resource) => {
      const { properties, stack, logicalId } = resource;
      const folder = stack.assets.get(String(object(properties['Code'])['S3Key']));
      const runtime = String(properties['Runtime']);
      if (!folder || !runtime.startsWith('nodejs')) {
        throw new Error(`function ${logicalId}: the local runtime runs bundled Node.js functions, not ${runtime}`);
      }
      const arn = arnOf(resource, 'lambda', `function:${stack.name}-${logicalId}`);
      plan.functions.set(arn, {
        arn,
        name: String(object(object(properties['Environment'])['Variables'])['LINLI_MODULE'] ?? logicalId),
        folder,
        handler: String(properties['Handler']),
        environment: object(object(properties['Environment'])['Variables']) as Record<string, string>,
        timeoutSeconds: Number(properties['Timeout'] ?? 3),
        memoryMb: Number(properties['MemorySize'] ?? 128),
        roleArn: String(properties['Role']),
      });
      return { ref: arn, attributes: { Arn: arn } };
    },
    'AWS::Lambda::EventSourceMapping': async ({ logicalId, properties }) => {
      plan.mappings.push({ id: logicalId, functionArn: String(properties['FunctionName']), properties });
      return { ref: logicalId, attributes: { Id: logicalId } };
    },
    'AWS::ApiGatewayV2::Api': async ({ logicalId }) => ({
      ref: logicalId,
      attributes: { ApiId: logicalId, ApiEndpoint: 'http://localhost' },
    }),
    'AWS::ApiGatewayV2::Integration': async ({ stack, logicalId, properties }) => {
      if (properties['IntegrationType'] !== 'AWS_PROXY' || properties['PayloadFormatVersion'] !== '2.0') {
        throw new Error(`integration ${logicalId}: only AWS_PROXY with payload format 2.0 runs locally`);
      }
      const id = `${stack.name}-${logicalId}`;
      integrations.set(id, String(properties['IntegrationUri']));
      return { ref: id, attributes: { IntegrationId: id } };
    },
    'AWS::ApiGatewayV2::Route': async ({ logicalId, properties }) => {
      const functionArn = integrations.get(String(properties['Target']).replace(/^integrations\//, ''));
      if (!functionArn) throw new Error(`route ${logicalId}: its target is no integration of these templates`);
      plan.routes.push({ routeKey: String(properties['RouteKey']), functionArn });
      return { ref: logicalId, attributes: { RouteId: logicalId } };
    },
    'AWS::Events::Rule': async (resource) => {
      const { logicalId, properties } = resource;
      if (properties['EventPattern'])
        throw new Error(`rule ${logicalId}: event patterns do not run locally, schedules do`);
      for (const target of list(properties['Targets'])) {
        plan.schedules.push({
          id: logicalId,
          expression: String(properties['ScheduleExpression']),
          functionArn: String(object(target)['Arn']),
        });
      }
      return { ref: logicalId, attributes: { Arn: arnOf(resource, 'events', `rule/${logicalId}`) } };
    },
  };

  return async (resource) => {
    const handler = handlers[resource.type];
    if (handler) return handler(resource);
    if (resource.type in withoutEffect) return inert(resource);
    throw new Error(
      `${resource.stack.name}/${resource.logicalId} is a ${resource.type}, which the local runtime cannot run; ` +
        'teach it in local/cloudformation/resources.ts, or list it in no-effect.ts with the reason',
    );
  };
}

/** A resource without effect still has names that others may mention. */
function inert({ logicalId, stack }: ResourceToMake): Made {
  const attributes = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? `${stack.name}/${logicalId}/${name}` : undefined),
    },
  );
  return { ref: logicalId, attributes };
}
