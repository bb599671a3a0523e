import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { addChecks } from '../../../infra/app.ts';
import { functionPlans } from '../../../infra/plans.ts';
import { areas } from '../../../shared/plan/plan.ts';
import { leadingKeyPatterns } from '../../../shared/table/keys.ts';
import { at, type Resource, type Synthesized, synthesized } from './synthesized.ts';

const tableActions = (action: unknown): string[] =>
  [action]
    .flat()
    .map(String)
    .filter((name) => name.startsWith('dynamodb:'));

describe.each(['aws', 'aws-cn'] as const)('the templates of %s', (partition) => {
  let cloud: Synthesized;
  const only = (type: string) => {
    const found = cloud.ofType(type);
    expect(found).toHaveLength(1);
    return found[0]?.[1].Properties ?? {};
  };
  beforeAll(async () => {
    cloud = await synthesized(partition);
  }, 120_000);

  it('let the functions know what came through the distribution, by a secret that neither template spells out', () => {
    const distribution = JSON.stringify(only('AWS::CloudFront::Distribution'));
    const sent = /"HeaderName":"x-linli-edge","HeaderValue":(\{.*?\]\]\})/.exec(distribution)?.[1] ?? '';
    expect(sent).toContain('{{resolve:secretsmanager:');
    const api = functionPlans.filter(({ trigger }) => trigger.on === 'http').length;
    const functions = cloud.ofType('AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties));
    expect(functions.filter((text) => /"EDGE_SECRET":.*resolve:secretsmanager/.test(text))).toHaveLength(api);
  });

  it('hold one table that cannot be lost by mistake', () => {
    const [table, ...others] = cloud.ofType('AWS::DynamoDB::Table').map(([, resource]) => resource);
    expect(others).toEqual([]);
    expect(table?.DeletionPolicy).toBe('Retain');
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttlEpochSeconds', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'duePk', KeyType: 'HASH' },
            { AttributeName: 'dueAtEpochSeconds', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });

  it('run every function on arm64 and Node 24 with limits, a log that ends, a role of its own and an alarm', () => {
    // CDK's helper that uploads the pages is the one function that is not ours.
    const moduleOf = (properties: unknown) => at(properties, 'Environment.Variables.LINLI_MODULE');
    const functions = cloud.ofType('AWS::Lambda::Function').filter(([, { Properties }]) => moduleOf(Properties));
    expect(functions.map(([, { Properties }]) => moduleOf(Properties)).sort()).toEqual(
      functionPlans.map(({ module, entry }) => (entry === 'handler' ? module : `${module}-${entry}`)).sort(),
    );
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' });
      expect(Properties['Timeout']).toBeTypeOf('number');
      expect(Properties['MemorySize']).toBeTypeOf('number');
      expect(at(Properties, 'LoggingConfig.LogGroup')).toBeDefined();
    }
    const roles = functions.map(([, { Properties }]) => JSON.stringify(Properties['Role']));
    expect(new Set(roles).size).toBe(functions.length);
    expect(cloud.ofType('AWS::CloudWatch::Alarm')).toHaveLength(functions.length);
    for (const [, { Properties }] of cloud.ofType('AWS::Logs::LogGroup')) {
      expect(Properties['RetentionInDays']).toBe(180);
    }
  });

  it('grant table actions by key prefix only, and scans to nobody', () => {
    const policies = cloud.ofType('AWS::IAM::Policy');
    let granted = 0;
    for (const [id, { Properties }] of policies) {
      for (const statement of at(Properties, 'PolicyDocument.Statement') as Record<string, unknown>[]) {
        const actions = tableActions(statement['Action']).filter((name) => !/Stream|Shard|Records/.test(name));
        if (actions.length === 0) continue;
        granted += 1;
        expect(actions, id).not.toContain('dynamodb:Scan');
        expect(actions.join(), id).not.toContain('*');
        const keys = at(statement, 'Condition.ForAllValues:StringLike') as Record<string, string[]>;
        expect(
          keys['dynamodb:LeadingKeys']?.every((pattern) => /^\*#[A-Z]+(#\*)?$/.test(pattern)),
          id,
        ).toBe(true);
      }
    }
    expect(granted).toBeGreaterThan(functionPlans.length);
  });

  it('give a function exactly the namespaces of its plan', () => {
    const policy = cloud.ofType('AWS::IAM::Policy').find(([id]) => id.startsWith('centersRole'))?.[1].Properties;
    const statements = at(policy, 'PolicyDocument.Statement') as Record<string, unknown>[];
    const onTable = statements.filter(({ Action }) => tableActions(Action).length > 0);
    expect(onTable).toHaveLength(1);
    expect(onTable[0]).toMatchObject({
      Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'],
      Condition: {
        'ForAllValues:StringLike': {
          'dynamodb:LeadingKeys': leadingKeyPatterns(['CENTERS', 'CENTER', 'CALENDAR', 'OPERATOR', 'OPERATORS']),
        },
      },
    });
  });

  it('let nobody but identity sign tokens, and nobody name a key that they may not use', () => {
    const signers = cloud
      .ofType('AWS::IAM::Policy')
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('kms:Sign'))
      .map(([id]) => id);
    expect(signers).toHaveLength(1);
    expect(signers[0]).toMatch(/^identityRole/);
    expect(
      cloud.ofType('AWS::KMS::Key').map(([, { Properties }]) => [Properties['KeySpec'], Properties['KeyUsage']]),
    ).toEqual([
      ['ECC_NIST_P256', 'SIGN_VERIFY'],
      ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
      ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ]);
  });

  it('follow the stream with filters, partial failures, bisection, a limit of tries and dead letters', () => {
    const mapping = cloud
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties)
      .find((properties) => properties['StartingPosition'] !== undefined);
    expect(mapping).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 8,
      MaximumRecordAgeInSeconds: 3_600,
    });
    expect(at(mapping, 'DestinationConfig.OnFailure.Destination')).toBeDefined();
    expect(at(mapping, 'FilterCriteria.Filters')).not.toHaveLength(0);
  });

  it('feed the messages function from a queue with dead letters, and give it six timeouts of time', () => {
    const [queue] = cloud.ofType('AWS::SQS::Queue').filter(([, { Properties }]) => Properties?.['RedrivePolicy']);
    const messages = functionPlans.find(({ module }) => module === 'messages');
    expect(queue?.[1].Properties['VisibilityTimeout']).toBe(6 * (messages?.timeoutSeconds ?? 0));
    expect(at(queue?.[1].Properties, 'RedrivePolicy.maxReceiveCount')).toBe(4);
  });

  it('log and throttle the API', () => {
    const stage = only('AWS::ApiGatewayV2::Stage');
    expect(at(stage, 'AccessLogSettings.Format')).not.toMatch(/sourceIp|querystring|header/i);
    expect(at(stage, 'DefaultRouteSettings.ThrottlingRateLimit')).toBeGreaterThan(0);
    expect(at(stage, 'DefaultRouteSettings.ThrottlingBurstLimit')).toBeGreaterThan(0);
  });

  it('serve the pages from a private bucket and the API under the same name', () => {
    const distribution = only('AWS::CloudFront::Distribution');
    const behaviors = at(distribution, 'DistributionConfig.CacheBehaviors') as { PathPattern: string }[];
    expect(behaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/v1/*', '/.well-known/*']);
    for (const [, { Properties }] of cloud.ofType('AWS::S3::Bucket')) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it('keep no answer of the API at the edge, pass on what the caller takes, and compress the pages there', () => {
    const distribution = only('AWS::CloudFront::Distribution');
    const managed = {
      cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      allViewerExceptHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    };
    for (const behavior of at(distribution, 'DistributionConfig.CacheBehaviors') as object[]) {
      expect(behavior).toMatchObject({
        CachePolicyId: managed.cachingDisabled,
        OriginRequestPolicyId: managed.allViewerExceptHost,
      });
    }
    expect(at(distribution, 'DistributionConfig.DefaultCacheBehavior')).toMatchObject({
      Compress: true,
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    });
    expect(cloud.ofType('AWS::CloudFront::CachePolicy')).toEqual([]);
  });

  it('stay far from the 500 resources that one stack may have, so that an area is split in calm', () => {
    const counts = Object.fromEntries(
      cloud.assembly.stacks.map(({ stackName, template }) => [stackName, Object.keys(template.Resources).length]),
    );
    expect(Object.keys(counts).sort()).toEqual(['data', 'web', ...areas].map((name) => `linli-prod-${name}`).sort());
    // 300 is the most. The largest has 93 today; eleven more modules of 16 resources each bring the four areas to 110 on average.
    expect(Object.entries(counts).filter(([, count]) => count > 200)).toEqual([]);
  });

  it('have one HTTP API, and every route of any stack on it', () => {
    only('AWS::ApiGatewayV2::Api');
    const apis = cloud.assembly.stacks.flatMap(({ template }) =>
      Object.values(template.Resources as Record<string, Resource>)
        .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
        .map(({ Properties }) => JSON.stringify(Properties['ApiId'])),
    );
    expect(new Set(apis).size).toBe(2); // a reference inside its own stack, and its export
  });

  it('name no partition and nothing that China lacks', () => {
    expect(cloud.text).not.toMatch(/arn:aws(-cn)?:/);
    if (partition === 'aws-cn') expect(cloud.ofType('AWS::CloudFront::Function')).toEqual([]);
    expect(cloud.text).not.toMatch(/Cognito|XRay|X-Ray|TracingConfig|OriginAccessControl"|AWS::Lambda::Url/);
  });
});

it('are refused when cdk-nag finds what nobody gave a reason for', async () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'linli-nag-')), analyticsReporting: false });
  new Queue(new Stack(app, 'careless'), 'Queue');
  await addChecks(app);
  expect(() => app.synth()).toThrow(/AwsSolutions-SQS/);
});
