/**
 * Every environment variable that the local runtime changes or adds to what the template says, with the reason. Whatever else a
 * function sees is what it would see in the cloud.
 */
export type LocalPlaces = {
  readonly tableEndpoint: string;
  readonly emulatorEndpoint: string;
  readonly smsEndpoint: string;
  readonly region: string;
  /** `<ISO instant>@<epoch ms when it was set>`, when the clock is moved. */
  readonly clock: string | undefined;
};

export function localVariables(places: LocalPlaces, accessKeyId: string): Record<string, string> {
  return {
    // Lets shared/kernel honor the test clock and the pipeline show what a request cost.
    LINLI_LOCAL: '1',
    ...(places.clock ? { LINLI_CLOCK: places.clock } : {}),
    // The SDK honors these; without them it would call the cloud.
    AWS_ENDPOINT_URL_DYNAMODB: places.tableEndpoint,
    AWS_ENDPOINT_URL_SQS: places.emulatorEndpoint,
    AWS_ENDPOINT_URL_S3: places.emulatorEndpoint,
    // Who the caller is: the table proxy knows the function by this key and checks its rights.
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: places.region,
    // The fake gateway answers like the real one and shows what was sent on /_local/messages.
    SMS_ENDPOINT: places.smsEndpoint,
    // Nothing stands in front of this machine's gateway: its own word on who called is the only one taken.
    EDGE_SECRET: '',
    // As in Lambda.
    TZ: 'UTC',
  };
}
