import { existsSync } from 'node:fs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/nag.ts';
import type { Settings } from '../settings.ts';
import { type CityData, privateBucket } from './data.ts';

/** Files lie in `assets/` or at the top; every other address, dots or not, gets the one page, which routes by itself. */
const pageRouter = `function handler(event) {
  var request = event.request;
  if (!/^\\/assets\\/|^\\/[^/]+\\.[a-z0-9]+$/i.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/** The gateway must see its own name as the host, so the one the browser asked for, which names the city, goes beside it. */
const hostBearer = `function handler(event) {
  var request = event.request;
  request.headers['x-linli-host'] = { value: request.headers.host.value };
  return request;
}`;

type WebProps = StackProps & {
  readonly settings: Settings;
  readonly data: CityData;
  readonly apiHost: string;
  /** Folder of the web build; nothing is uploaded without one, or when it is not built. */
  readonly build: string | undefined;
};

/** The pages: a private bucket behind CloudFront, with the API under the same name so that no request crosses origins. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { settings, data, apiHost, build, ...props }: WebProps) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Pages', {
      ...privateBucket,
      serverAccessLogsBucket: data.accessLogs,
      serverAccessLogsPrefix: 'pages/',
    }) as IBucket;
    const api = {
      origin: new HttpOrigin(apiHost, {
        customHeaders: { 'x-linli-edge': data.edgeSecret.secretValue.unsafeUnwrap() },
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Keeps nothing, so that nobody is ever given another's answer, and therefore compresses nothing: the functions do.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // Passes `Accept-Encoding` on with all other headers.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      ...this.#before('HostBearer', hostBearer, settings.partition),
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Linli ${settings.stage}`,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        // Origin access identity, not the newer access control: CloudFront in China knows only the former.
        origin: S3BucketOrigin.withOriginAccessIdentity(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        ...this.#before('PageRouter', pageRouter, settings.partition),
      },
      additionalBehaviors: { '/v1/*': api, '/.well-known/*': api },
      enableIpv6: settings.partition === 'aws',
      logBucket: data.accessLogs,
      logFilePrefix: 'cloudfront/',
    });
    if (settings.domain) {
      // Certificates for CloudFront in China live in IAM, not in ACM, so both partitions use IAM.
      const raw = distribution.node.defaultChild as CfnDistribution;
      raw.addPropertyOverride('DistributionConfig.Aliases', [settings.domain.name]);
      raw.addPropertyOverride('DistributionConfig.ViewerCertificate', {
        IamCertificateId: settings.domain.certificateId,
        SslSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      });
    }
    acknowledge(distribution, 'AwsSolutions-CFR1', 'Families abroad book for their parents: no country is shut out.');
    acknowledge(
      distribution,
      'AwsSolutions-CFR2',
      'The gateway throttles and every input is parsed; WAF for CloudFront does not exist in China.',
    );
    acknowledge(
      distribution,
      'AwsSolutions-CFR4',
      'The default certificate fixes TLSv1; a stage with a domain of its own gets TLS 1.2.',
    );
    acknowledge(
      distribution,
      'AwsSolutions-CFR7',
      'CloudFront in China has no origin access control; the identity does the same work.',
    );
    if (build && existsSync(`${build}/index.html`)) this.#upload(build, bucket, distribution);
    new CfnOutput(this, 'WebUrl', { value: `https://${distribution.distributionDomainName}` });
  }

  /** Copies the build into the bucket with CDK's own helper function, whose rights we can only look at and accept. */
  #upload(build: string, bucket: IBucket, distribution: Distribution): void {
    new BucketDeployment(this, 'Upload', {
      // What CloudFront compresses by itself, and keeps compressed, is not uploaded a second and a third time.
      sources: [Source.asset(build, { exclude: ['**/*.br', '**/*.gz'] })],
      destinationBucket: bucket,
      distribution,
      distributionPaths: ['/index.html'],
    });
    const helper = this.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    if (!helper) throw new Error('the helper function of the upload is not where CDK used to put it');
    const pages = this.getLogicalId(bucket.node.defaultChild as CfnBucket);
    const assets = `arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${this.region}/*`;
    const wildcards = [
      ...['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*'].map((name) => `Action::s3:${name}`),
      ...[assets, `<${pages}.Arn>/*`, '*'].map((name) => `Resource::${name}`),
    ];
    const reason = 'CDK writes this helper; it runs at deployment only, on the bucket of the pages.';
    for (const wildcard of wildcards) acknowledge(helper, `AwsSolutions-IAM5[${wildcard}]`, reason);
    const logs = 'arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    acknowledge(helper, `AwsSolutions-IAM4[Policy::${logs}]`, reason);
    acknowledge(helper, 'AwsSolutions-L1', reason);
  }

  /**
   * Code that CloudFront runs before a request goes on. In China it has none: a page's own address, typed or reloaded, is answered only
   * at `/` there (links inside the pages work, they never reach the server), and a distribution serves one city.
   */
  #before(
    name: string,
    source: string,
    partition: Settings['partition'],
  ): { functionAssociations?: FunctionAssociation[] } {
    if (partition !== 'aws') return {};
    const edge = new EdgeFunction(this, name, { code: FunctionCode.fromInline(source) });
    return { functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: edge }] };
  }
}
