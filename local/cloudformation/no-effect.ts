/** Resource types that have nothing to do on one machine, each with the reason. Any type that is neither here nor run is an error. */
export const withoutEffect: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Stage': 'one stage, no throttling: the developer is the only caller',
  'AWS::CDK::Metadata': 'describes the CDK app, not the city',
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': 'pages are read from the folder of the build',
  'AWS::CloudFront::Distribution':
    'the local router sends /v1 and /.well-known to the API and the rest to the web build',
  'AWS::CloudFront::Function': 'the local router falls back to index.html by the same rule',
  'AWS::CloudWatch::Alarm': 'errors are printed at once',
  'AWS::Lambda::Permission': 'the local runtime is the only invoker',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::S3::BucketPolicy': 'the emulator does not read policies',
  'AWS::SNS::Subscription': 'nobody is told by mail',
  'AWS::SNS::Topic': 'carries alarms only',
  'AWS::SNS::TopicPolicy': 'carries alarms only',
  'AWS::SQS::QueuePolicy': 'the emulator does not read policies',
};
