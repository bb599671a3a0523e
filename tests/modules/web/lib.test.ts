import { describe, expect, it } from 'vitest';
import { dateTyped } from '../../../web/src/lib/date-typed.ts';
import { agesText, dayText, durationText, instantText, nearDayText, priceText } from '../../../web/src/lib/format.ts';

describe('what people read', () => {
  it('shows a price in yuan, without needless cents, and says when there is none', () => {
    expect(priceText(0, 'zh')).toBe('免费');
    expect(priceText(0, 'en')).toBe('Free');
    expect(priceText(1200, 'zh')).toBe('¥12');
    expect(priceText(1250, 'en')).toBe('¥12.50');
  });

  it('shows civil dates as they are, whatever the zone of the device', () => {
    expect(dayText('2026-02-14', 'zh')).toBe('2月14日 周六');
    expect(dayText('2026-02-14', 'en')).toBe('Sat 14 Feb');
    expect(dayText('2027-01-01', 'zh', '2026-12-31')).toBe('2027年1月1日 周五');
  });

  it('calls the next days by their names', () => {
    expect(nearDayText('2026-03-01', 'zh', '2026-02-28')).toBe('明天');
    expect(nearDayText('2026-03-02', 'zh', '2026-02-28')).toBe('后天');
    expect(nearDayText('2026-03-02', 'en', '2026-02-28')).toBeUndefined();
    expect(nearDayText('2026-02-28', 'en', '2026-02-28')).toBe('Today');
  });

  it('shows an instant on the wall clock of the city', () => {
    expect(instantText('2026-02-14T16:30:00Z', 'zh')).toContain('00:30');
  });

  it('says whom a class is for', () => {
    expect(agesText({ minAgeYears: 6, maxAgeYears: 12 }, 'zh')).toBe('6–12 岁');
    expect(agesText({ minAgeYears: 60 }, 'en')).toBe('Age 60 and over');
    expect(agesText({}, 'zh')).toBeUndefined();
  });

  it('says how long', () => {
    expect(durationText(90, 'zh')).toBe('1 小时 30 分钟');
    expect(durationText(120, 'en')).toBe('2 h');
    expect(durationText(15, 'en')).toBe('15 min');
  });
});

describe('a date as people type it', () => {
  it.each(['2018-03-09', '2018-3-9', '2018.3.9', '2018/03/09', '20180309', '2018年3月9日', ' 2018 3 9 '])(
    '%s',
    (text) => {
      expect(dateTyped(text)).toBe('2018-03-09');
    },
  );
  it.each(['', '2018', '2018-02-30', '9.3.2018', 'yesterday'])('not %s', (text) => {
    expect(dateTyped(text)).toBeNull();
  });
});
