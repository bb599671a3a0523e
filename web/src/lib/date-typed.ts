import { isIsoDate } from '../../../shared/kernel/days.ts';

/** People type dates in many ways: `2018-3-9`, `2018.3.9`, `20180309`, `2018年3月9日`. `null` when it is no date. */
export function dateTyped(text: string): string | null {
  const parts = /^\s*(\d{4})\D*(\d{1,2})\D*(\d{1,2})\D*$/.exec(text);
  const date =
    parts
      ?.slice(1)
      .map((part) => part.padStart(2, '0'))
      .join('-') ?? '';
  return isIsoDate(date) ? date : null;
}
