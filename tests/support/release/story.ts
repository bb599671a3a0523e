import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importFolder } from '../../../import/import-folder.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { type CityUnderTest, eventually } from '../city.ts';
import type { Hands } from './hands.ts';

/** Ids that the story came upon, by what they are of. */
export type Scene = Record<string, string>;

export const sheets = fileURLToPath(new URL('../../fixtures/small-city', import.meta.url));
export const reason = '电话核实';
export const both = (text: string) => ({ zh: text, en: text });

export type Story = { readonly city: CityUnderTest; readonly hands: Hands; readonly scene: Scene };

/** Everybody of the sheets, with their phone if they have one. */
export async function listed(): Promise<{ code: string; name: string; phone: string }[]> {
  const lines = (await readFile(`${sheets}/people.csv`, 'utf8')).trim().split('\n').slice(2);
  return lines.map((line) => {
    const [code = '', name = '', , phone = ''] = line.split(',');
    return { code, name, phone };
  });
}

/** The sheets go in, and everybody who has a phone signs in with a code from it. */
export async function arrive({ city, hands, scene }: Story): Promise<void> {
  const report = await importFolder(sheets, { tenantId: 'putian', now: clockNow(), strict: true, progress: () => {} });
  if (!report.written) throw new Error(`the sheets of the small city are wrong: ${JSON.stringify(report.problems)}`);
  const everybody = await listed();
  for (const { code: who, phone } of everybody.filter((one) => one.phone !== '')) {
    const signedIn = await signIn({ city, hands, scene }, phone);
    hands.meet(who, signedIn.personId);
    for (const { personId, name } of (await hands.get(who, '/v1/me')).actsFor)
      hands.meet(everybody.find((one) => one.name === name)?.code ?? '', personId);
    if (who === 'lin') await hands.post(undefined, '/v1/sign-in/refresh', { refreshToken: signedIn.refreshToken });
  }
}

/** Tokens of the same second end with this: it comes last. */
export async function signOut({ hands }: Story): Promise<void> {
  await hands.post('operator', '/v1/sign-out', { everywhere: true });
}

/** A code by SMS, and in with it. */
export async function signIn({ city, hands }: Story, phone: string) {
  const before = city.messages(`+86${phone}`).length;
  await hands.post(undefined, '/v1/sign-in/codes', { phone });
  const { text } = await eventually('a sign-in code', 20_000, async () => {
    const all = city.messages(`+86${phone}`);
    return all.length > before ? all[0] : undefined;
  });
  return hands.post(undefined, '/v1/sign-in', { phone, code: /\d{6}/.exec(text)?.[0] });
}

/** The session of an offering at a date and time of its center. */
export const sessionAt = (offeringId: string, date: string, startsAt: string): string =>
  `${offeringId}.${date.replaceAll('-', '')}t${startsAt.replace(':', '')}`;
