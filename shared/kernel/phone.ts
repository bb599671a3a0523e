/**
 * Brings a phone number to E.164, or answers `undefined` when it is none. A Chinese mobile number may come bare
 * (`138 0000 0000`); every other country needs its `+`.
 */
export function normalizedPhone(text: string): string | undefined {
  const compact = text.replace(/[\s()-]/g, '');
  if (/^1[3-9]\d{9}$/.test(compact)) return `+86${compact}`;
  if (/^\+86/.test(compact)) return /^\+861[3-9]\d{9}$/.test(compact) ? compact : undefined;
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : undefined;
}

/** What may be shown of a number: `+86138****0000`. */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, -8)}****${phone.slice(-4)}`;
}
