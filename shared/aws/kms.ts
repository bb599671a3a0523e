import type {
  DecryptCommandInput,
  DecryptCommandOutput,
  EncryptCommandInput,
  EncryptCommandOutput,
  GenerateMacCommandInput,
  GenerateMacCommandOutput,
  GetPublicKeyCommandInput,
  GetPublicKeyCommandOutput,
  SignCommandInput,
  SignCommandOutput,
} from '@aws-sdk/client-kms';
import { type ClientConfig, Command, JsonClient } from './json-client.ts';

/** Fields of answers that are bytes, which JSON carries in base 64. */
const bytesOfAnswers = new Set(['CiphertextBlob', 'Mac', 'Plaintext', 'PublicKey', 'Signature']);

/** Stands for `@aws-sdk/client-kms` in a function's bundle: what the source takes from there, under the same names. */
export class KMSClient extends JsonClient {
  constructor(config: ClientConfig) {
    const service = {
      name: 'kms',
      target: 'TrentService',
      contentType: 'application/x-amz-json-1.1',
      endpointVariable: 'AWS_ENDPOINT_URL_KMS',
    } as const;
    super(service, config);
  }
}

abstract class KeyCommand<Input extends object, Output> extends Command<Input, Output> {
  override body(): object {
    const fields = Object.entries(this.input).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]);
    return Object.fromEntries(fields);
  }

  override answer(body: object): object {
    const fields = Object.entries(body).map(([name, value]) => [
      name,
      bytesOfAnswers.has(name) ? new Uint8Array(Buffer.from(String(value), 'base64')) : value,
    ]);
    return Object.fromEntries(fields);
  }
}

export class SignCommand extends KeyCommand<SignCommandInput, SignCommandOutput> {
  readonly operation = 'Sign';
}

export class GetPublicKeyCommand extends KeyCommand<GetPublicKeyCommandInput, GetPublicKeyCommandOutput> {
  readonly operation = 'GetPublicKey';
}

export class EncryptCommand extends KeyCommand<EncryptCommandInput, EncryptCommandOutput> {
  readonly operation = 'Encrypt';
}

export class DecryptCommand extends KeyCommand<DecryptCommandInput, DecryptCommandOutput> {
  readonly operation = 'Decrypt';
}

export class GenerateMacCommand extends KeyCommand<GenerateMacCommandInput, GenerateMacCommandOutput> {
  readonly operation = 'GenerateMac';
}
